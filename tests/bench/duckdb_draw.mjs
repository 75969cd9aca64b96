// A whole draw in DuckDB: frame and its digest, tickets, the smallest of each stratum, a record as JSON.
// usage: node duckdb_draw.mjs UNITS KEY FILE ROUND...   (ROUND: "6523.../A=n": how many of each stratum) -> seconds, digest
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.DUCKDB_MODULES + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [units, key, file, wanted] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
const database = await instance.connect();
await database.run(`CREATE TABLE unit AS SELECT format('9133{:014d}', i) AS id, format('6523{:05d}', i % 31) AS region,
  CASE WHEN i % 50 = 49 THEN 'D' ELSE substr('AAAAAABBBC', (i % 10)::INT + 1, 1) END AS class FROM range(${units}) t(i)`);
await database.run("CREATE TABLE wanted (code VARCHAR, n BIGINT)");
const rows = readFileSync(wanted, "utf8").trim().split("\n").map((line) => line.split("="));
await database.run(`INSERT INTO wanted VALUES ${rows.map(([code, n]) => `('${code}', ${n})`).join(",")}`);
const start = performance.now();
const digest = await database.runAndReadAll(
  "SELECT sha256(string_agg(id || chr(9) || region || chr(9) || class || chr(9) || chr(9) || chr(10), '' ORDER BY id)) FROM unit");
await database.run(`COPY (SELECT id, class, code, rank, ticket FROM (SELECT id, class, region || '/' || class AS code, ticket,
  row_number() OVER (PARTITION BY region, class ORDER BY ticket) AS rank FROM (SELECT *, sha256('${key}' || id) AS ticket FROM unit))
  JOIN wanted USING (code) WHERE rank <= n ORDER BY code, rank) TO '${file}' (FORMAT json, ARRAY true)`);
console.log(((performance.now() - start) / 1000).toFixed(3), digest.getRows()[0][0]);
database.closeSync();
