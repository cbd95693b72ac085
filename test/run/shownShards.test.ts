import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {artefacts} from "../../lib/run/artefacts.js";
import {writeShards} from "../../lib/run/shownShards.js";
import {writeDataset} from "../pages/fixture.js";

let folder: string;
let shards: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ballast-shown-"));
  await writeDataset(folder, {n: 50});
  ({shards} = await artefacts({data: folder}));
});

afterAll(() => rm(folder, {recursive: true, force: true}));

const query = (path: string, sql: string) =>
  withDuckDB((connection) => rows(connection, sql.replace("$", `read_parquet(${literal(path)})`)));

test("what fits is shown whole", async () => {
  const path = join(folder, "whole.parquet");
  expect(await writeShards(path, shards, {text: true})).toEqual({rows: 200, of: 200});
  const [first] = await query(path, "SELECT * FROM $ WHERE tier = 'T2' LIMIT 1");
  expect(first).toMatchObject({domain: "prose", generator: "teacher-3", passed: "quality"});
});

test("what does not fit is a sample with the same share of every stratum, the same one each time", async () => {
  const limits = {rows: 100, bytes: 50_000_000};
  const [a, b] = [join(folder, "a.parquet"), join(folder, "b.parquet")];
  expect(await writeShards(a, shards, {text: true, limits})).toEqual({rows: 100, of: 200});
  expect(await query(a, "SELECT tier, count(*) AS n FROM $ GROUP BY tier ORDER BY tier")).toEqual(
    ["T0", "T1", "T2", "T3"].map((tier) => ({tier, n: 25}))
  );
  await writeShards(b, shards, {text: true, limits});
  expect(await readFile(b)).toEqual(await readFile(a));
  await writeShards(b, shards, {text: true, limits, seed: 2});
  expect(await query(b, "SELECT id FROM $ ORDER BY id")).not.toEqual(await query(a, "SELECT id FROM $ ORDER BY id"));
});

test("a file that is too large is sampled until it fits", async () => {
  const path = join(folder, "small.parquet");
  const shown = await writeShards(path, shards, {text: true, limits: {rows: 1000, bytes: 6000}});
  expect(shown.of).toBe(200);
  expect(shown.rows).toBeLessThan(200);
  expect((await readFile(path)).length).toBeLessThanOrEqual(6000);
});

test("text stays at home unless it may be published", async () => {
  const path = join(folder, "silent.parquet");
  await writeShards(path, shards, {text: false});
  expect(await query(path, "SELECT count(text) AS n FROM $")).toEqual([{n: 0}]);
  expect((await readFile(path)).includes("window.broken")).toBe(false);
});

test("no shards make an empty table of the same columns", async () => {
  const path = join(folder, "none.parquet");
  expect(await writeShards(path, [], {text: true})).toEqual({rows: 0, of: 0});
  expect(await query(path, "SELECT count(*) AS n, count(text) AS t FROM $")).toEqual([{n: 0, t: 0}]);
});
