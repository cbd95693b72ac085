import {readFileSync, rmSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {literal, rows, withDuckDB} from "../../lib/io/duckdb.js";
import {createSampler} from "../../lib/mix/sampler.js";
import {samplerShards} from "../../lib/run/samplerShards.js";
import {madeDataSet} from "./madeDataSet.js";

let folder: string;
let made: string;

beforeAll(async () => {
  ({folder, made} = await madeDataSet());
}, 120_000);
afterAll(() => rmSync(folder, {recursive: true, force: true}));

test("a sampler over a data set draws each of its rows once an epoch", async () => {
  const shards = await samplerShards(made);
  expect(new Set(shards.map(({tier}) => tier)).size).toBeGreaterThan(1);
  const total = shards.reduce((sum, shard) => sum + shard.rows, 0);
  const stored = await withDuckDB((connection) =>
    rows(connection, `SELECT count(*) AS n FROM read_parquet(${literal(join(made, "data/*/*/*.parquet"))})`)
  );
  expect(total).toBe(Number(stored[0].n));
  expect(total).toBeGreaterThan(20);
  const tiers = [...new Set(shards.map(({tier}) => tier))];
  for (const tier of tiers) {
    const weights = Object.fromEntries(tiers.map((one) => [one, Number(one === tier)]));
    const own = shards.filter((shard) => shard.tier === tier).reduce((sum, shard) => sum + shard.rows, 0);
    const draws = [...createSampler(shards, weights, {repetition: 1}).cursor()];
    expect(draws.length).toBe(own);
    expect(new Set(draws.map(({shard, row}) => `${shard.path}:${row}`)).size).toBe(own);
  }
  const byDomain = await samplerShards(made, {domains: true});
  expect(byDomain.every(({tier}) => /^(math|prose)\/T[0-3]$/.test(tier))).toBe(true);
});

test("a card that is none is named, and a folder without shards too", async () => {
  const [{path}] = await samplerShards(made);
  const card = join(made, path.replace(/\.parquet$/, ".card.json"));
  const before = readFileSync(card, "utf8");
  writeFileSync(card, before.replace('"version": 1', '"version": 2'));
  await expect(samplerShards(made)).rejects.toThrow("part-00000.card.json: version: ");
  writeFileSync(card, "{");
  await expect(samplerShards(made)).rejects.toThrow("part-00000.card.json: expected the card of a shard");
  writeFileSync(card, before);
  await expect(samplerShards(folder)).rejects.toThrow("expected shards under data/, found none");
});
