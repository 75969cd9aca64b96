// A registry and its scores in DuckDB: one job a run, so that memory is measured for each.
// usage: node duckdb_score.mjs load DATABASE FOLDER     (enterprise.csv, fact.csv, relation.csv, before.csv)
//        node duckdb_score.mjs score DATABASE SCRIPT    (prints seconds; enterprises, sum of totals, classes)
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.DUCKDB_MODULES + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [job, path, given] = process.argv.slice(2);
const tables = {
  enterprise: `id BIGINT, kind VARCHAR, status VARCHAR, industry VARCHAR, established_on INTEGER, capital BIGINT,
    insured_staff BIGINT, paid_in_percent BIGINT, key_field BIGINT, address VARCHAR, phone VARCHAR, legal_person VARCHAR`,
  fact: "enterprise BIGINT, type UTINYINT, status UTINYINT, occurred_on INTEGER, ended_on INTEGER, amount BIGINT, level INTEGER",
  relation: "enterprise BIGINT, type VARCHAR, party VARCHAR, other BIGINT, from_day INTEGER, to_day INTEGER",
  before: "enterprise BIGINT, final_class VARCHAR",
};

const instance = await DuckDBInstance.create(path, { threads: "2" });
const database = await instance.connect();
if (job === "load") {
  for (const [name, columns] of Object.entries(tables)) {
    await database.run(`CREATE TABLE ${name} (${columns})`);
    await database.run(`COPY ${name} FROM '${given}/${name}.csv' (HEADER)`);
  }
  await database.run("UPDATE enterprise SET capital = capital // 1000000");
  await database.run("CHECKPOINT");
} else {
  const script = readFileSync(given, "utf8");
  const start = performance.now();
  await database.run(script);
  await database.run("CHECKPOINT");
  const seconds = (performance.now() - start) / 1000;
  const reader = await database.runAndReadAll(`SELECT count(*), sum(total), count(*) FILTER (final_class = 'A'),
    count(*) FILTER (final_class = 'B'), count(*) FILTER (final_class = 'C'), count(*) FILTER (final_class = 'D') FROM result`);
  console.log(seconds.toFixed(3), reader.getRows()[0].join(" "));
}
database.closeSync();
