import {mkdtemp, readdir, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, expect, test} from "vitest";
import {stars} from "../../lib/dedup/stars.js";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {sha256} from "../../lib/io/sha256.js";
import {purge} from "../../lib/run/dedupTable.js";
import {tiers} from "../../lib/schema/tier.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "../dedup/perturb.js";

const folder = await mkdtemp(join(tmpdir(), "ballast-table-"));
afterAll(() => rm(folder, {recursive: true, force: true}));

const random = createRandom("dedupTable");
const texts = Array.from({length: 150}, () => randomText(random, 10 + random.int(90)))
  .flatMap((text) => [
    text,
    ...(random() < 0.5 ? [perturb(random, text, 0.03), text] : []),
    perturb(random, text, 0.04)
  ])
  .concat(["...", ",,,", "...", "it's", "x"])
  .map((text, i) => ({
    key: `k${String(i).padStart(4, "0")}`,
    id: sha256(text),
    text,
    ceiling: random.pick(tiers),
    verified: random() < 0.5
  }));

test("the purge of a table finds what stars finds, whatever the order of its rows", async () => {
  const expected = stars(texts, {bands: 20, rows: 8}).sort((a, b) => (a.member < b.member ? -1 : 1));
  expect(expected.length).toBeGreaterThan(100);
  await withDuckDB(async (connection) => {
    const values = random
      .shuffle(texts)
      .map(({key, text, ceiling, verified}) => `(${literal(key)}, ${literal(text)}, ${literal(ceiling)}, ${verified})`);
    await connection.run(
      `CREATE TABLE t AS SELECT * FROM (VALUES ${values.join(", ")}) AS t(key, text, ceiling, verified)`
    );
    expect(await purge(connection, {from: "t", folder: join(folder, "spill"), workers: 2})).toBe(0);
    expect(await rows(connection, "SELECT * FROM duplicates ORDER BY member")).toEqual(expected);
  });
  expect(await readdir(folder)).toEqual([]);
});

test("an empty table has no duplicates", async () => {
  await withDuckDB(async (connection) => {
    const from = "(SELECT '' AS key, '' AS text, 'T0' AS ceiling, true AS verified WHERE false)";
    expect(await purge(connection, {from, folder: join(folder, "spill"), workers: 2})).toBe(0);
    expect(await rows(connection, "SELECT * FROM duplicates")).toEqual([]);
  });
});
