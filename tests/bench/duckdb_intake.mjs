// The same files taken in by DuckDB: one job a run, so that memory is measured for each.
// usage: node duckdb_intake.mjs enterprises|facts|joined DATABASE ENTERPRISES_CSV [FACTS_CSV]
import { createRequire } from "node:module";
import { existsSync } from "node:fs";

const require = createRequire(process.env.DUCKDB_MODULES + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [job, path, enterprises, facts] = process.argv.slice(2);
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

const enterpriseTable = `CREATE TABLE enterprise (uscc VARCHAR, name VARCHAR, type VARCHAR, status VARCHAR,
  legal_person VARCHAR, capital DECIMAL(18, 2), established_on DATE, authority VARCHAR, industry VARCHAR,
  address VARCHAR)`;
const factTable = `CREATE TABLE fact (uscc VARCHAR, name VARCHAR, type VARCHAR, occurred_on DATE, document VARCHAR,
  title VARCHAR, agency VARCHAR, amount DECIMAL(18, 2))`;

const known = existsSync(path);
const instance = await DuckDBInstance.create(path, { threads: "2" });
const database = await instance.connect();
const start = performance.now();
if (job === "enterprises") {
  await database.run(enterpriseTable);
  await database.run(`COPY enterprise FROM ${quoted(enterprises)} (HEADER)`);
  await database.run("ALTER TABLE enterprise ADD PRIMARY KEY (uscc)");
  await database.run("CREATE UNIQUE INDEX enterprise_name ON enterprise (name, uscc)");
} else if (job === "facts") {
  await database.run(factTable);
  await database.run(`COPY fact FROM ${quoted(facts)} (HEADER)`);
} else {
  if (!known) throw new Error("take the enterprises in first");
  await database.run(factTable.replace("uscc VARCHAR, name VARCHAR", "enterprise BIGINT"));
  await database.run(`INSERT INTO fact SELECT e.rowid, f.type, f.occurred_on, f.document, f.title, f.agency, f.amount
    FROM read_csv(${quoted(facts)}, header = true, columns = {uscc: 'VARCHAR', name: 'VARCHAR', type: 'VARCHAR',
      occurred_on: 'DATE', document: 'VARCHAR', title: 'VARCHAR', agency: 'VARCHAR', amount: 'DECIMAL(18, 2)'}) f
    JOIN enterprise e ON e.uscc = f.uscc`);
}
await database.run("CHECKPOINT");
console.log(((performance.now() - start) / 1000).toFixed(3));
database.closeSync();
