import {expect, test} from "vitest";
import {bandKeys} from "../../lib/dedup/bands.js";
import {createMinhash} from "../../lib/dedup/minhash.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {stars} from "../../lib/dedup/stars.js";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {sha256} from "../../lib/io/sha256.js";
import {purge} from "../../lib/run/dedupTable.js";
import {tiers} from "../../lib/schema/tier.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "../dedup/perturb.js";

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
const expected = stars(texts).sort((a, b) => (a.member < b.member ? -1 : 1));
const shingle = createShingler();
const sign = createMinhash(112);

const values = (signed: boolean) =>
  `(VALUES ${random
    .shuffle(texts)
    .map(({key, id, text, ceiling, verified}) => {
      const shingles = shingle(text);
      const bands = shingles.count === 0 ? [] : Array.from(bandKeys(sign(shingles)));
      return `(${literal(key)}, ${literal(id)}, ${literal(text)}, ${literal(ceiling)}, ${verified}${signed ? `, [${bands.join(", ")}]::UINTEGER[]` : ""})`;
    })
    .join(", ")})`;

test.each([
  ["computing signatures", false, 8_000_000],
  ["given signatures", true, 8_000_000],
  ["with no room for any kept text", false, 0]
])("the purge of a table finds what stars finds, %s", async (_, signed, cache) => {
  await withDuckDB(async (connection) => {
    await connection.run(
      `CREATE TABLE t AS SELECT * FROM ${values(signed)} AS t(key, id, text, ceiling, verified${signed ? ", bands" : ""})`
    );
    const purged = await purge(connection, {from: "t", cache});
    expect(await rows(connection, "SELECT * FROM duplicates ORDER BY member")).toEqual(expected);
    expect(purged.exact).toBe(expected.filter(({kind}) => kind === "exact").length);
    expect(purged.near).toBe(expected.filter(({kind}) => kind === "near").length);
    const sizes = new Map<string, number>();
    for (const {representative} of expected) sizes.set(representative, (sizes.get(representative) ?? 1) + 1);
    expect(purged.clusters).toBe(sizes.size);
    expect(purged.largestCluster).toBe(Math.max(...sizes.values()));
    expect(expected.length).toBeGreaterThan(100);
  });
});

test("an empty table has no duplicates", async () => {
  await withDuckDB(async (connection) => {
    const from = "(SELECT '' AS key, '' AS id, '' AS text, 'T0' AS ceiling, true AS verified WHERE false)";
    expect(await purge(connection, {from})).toEqual({
      exact: 0,
      near: 0,
      clusters: 0,
      largestCluster: 0,
      compared: 0,
      left: 0
    });
  });
});
