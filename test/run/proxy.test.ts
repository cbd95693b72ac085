import {mkdtemp, readFile, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {asset} from "../../lib/io/assets.js";
import {readParquet, writeParquet} from "../../lib/io/parquet.js";
import {runProxy} from "../../lib/run/proxy.js";
import {builtinProxyRecipe, parseProxyRecipe, readProxyRecipe} from "../../lib/run/proxyRecipe.js";
import {readTexts} from "../../lib/run/proxyTexts.js";
import {readShared, shareTexts} from "../../lib/run/sharedTexts.js";
import type {ProxyRecipe} from "../../lib/schema/proxyRecipe.js";
import {createRandom} from "../../lib/text/random.js";

const recipe = parseProxyRecipe(
  `
name: tiny
heldOut: {tokens: 1000, outside: {source: whale, benchmark: bpb_whale, tokens: 1000}}
passage: 64
share: {seeds: 2, budget: 3000, supplies: [1500], shares: [0, 0.5], generators: [teacher, self], teacher: {order: 2, tokens: 3000}}
rounds: {seeds: 3, supply: 100, heldOut: 20, drafts: 100, rounds: 1, leak: 0.1}
tiers: {seeds: 2, budget: 3000, supply: 1500, steps: 2}
`,
  "tiny.yaml"
);

const words = "the of and people to in war that with peace congress shall by nation for which their states it be".split(
  " "
);
const random = createRandom("addresses");
const address = () => Array.from({length: 150}, () => random.pick(words)).join(" ") + ".";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "proxy-"));
  const columns = Object.fromEntries(
    ["source", "document", "kind", "domain", "split", "text"].map((name) => [name, "VARCHAR"])
  );
  const seed = (source: string, split: string) => (_: unknown, i: number) => ({
    source,
    document: `${source}-${split}-${i % 20}`,
    kind: "human",
    domain: "prose",
    split,
    text: address()
  });
  await writeParquet(join(dir, "meta", "seeds.parquet"), columns, Array.from({length: 60}, seed("sotu", "train")));
  await writeParquet(join(dir, "meta", "heldout.parquet"), columns, [
    ...Array.from({length: 20}, seed("sotu", "dev")),
    ...Array.from({length: 20}, seed("sotu", "test")),
    ...Array.from({length: 20}, seed("whale", "test"))
  ]);
  const shard = (tier: string, rows: number, generated: number) =>
    writeParquet(
      join(dir, "data", "prose", tier, "part-00000.parquet"),
      {text: "VARCHAR", tokens: "INTEGER", generated: "INTEGER"},
      Array.from({length: rows}, () => ({text: address(), tokens: 160, generated}))
    );
  await shard("T0", 30, 0);
  await shard("T2", 30, 160);
});
afterAll(() => rm(dir, {recursive: true, force: true}));

describe("running the proxy", () => {
  it("writes the same bytes with one worker and with two, and a row for every run", async () => {
    const [one, two] = [join(dir, "one.parquet"), join(dir, "two.parquet")];
    const {runs, dropped, notes} = await runProxy({dir, out: one, recipe, workers: 1});
    await runProxy({dir, out: two, recipe, workers: 2});
    expect((await readFile(one)).equals(await readFile(two))).toBe(true);
    expect(dropped).toEqual([]);
    expect(notes).toEqual([]);
    const rows = [];
    for await (const batch of readParquet(one)) rows.push(...batch);
    // share: 2 generators × 2 shares × 2 seeds; rounds: 4 arms × 2 models × 3 seeds; tiers: 3 mixes and natural × 2 seeds.
    expect(runs).toHaveLength(8 + 24 + 8);
    expect(rows.map(({bpb_test, exact_match}) => [bpb_test, exact_match])).toEqual(
      runs.map(({benchmarks}) => [benchmarks.bpb_test ?? null, benchmarks.exact_match ?? null])
    );
    expect(rows.every((row) => row.bpb_whale !== undefined)).toBe(true);
  });

  it("leaves what ran as it was when seeds are dropped for time", async () => {
    const whole = await runProxy({dir, out: join(dir, "whole.parquet"), recipe, workers: 2});
    const {runs, dropped, notes} = await runProxy({
      dir,
      out: join(dir, "short.parquet"),
      recipe,
      workers: 2,
      timeLimit: 1e-9
    });
    expect(dropped).toEqual([2, 3]);
    expect(notes).toEqual(["seeds 2, 3 dropped: over the limit of 1e-9 s"]);
    expect(runs).toEqual(whole.runs.filter(({seed}) => seed === 1));
  });

  it("says by how much it shrank for want of human text", async () => {
    const greedy = {
      ...recipe,
      share: {...recipe.share!, supplies: [1500, 40_000]},
      rounds: undefined,
      tiers: undefined
    };
    const {notes} = await runProxy({dir, out: join(dir, "greedy.parquet"), recipe: greedy, workers: 1});
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^share: token counts shrunk to \d+\.\d %, as much human text as there is$/);
  });

  it.each([
    ["human text", {domain: "code"}, /seeds\.parquet: expected human text of the domain code, got none/],
    [
      "held-out text",
      {heldOut: {tokens: 1000, outside: {source: "shark", benchmark: "bpb_shark", tokens: 1000}}},
      /heldout\.parquet: expected held-out text for bpb_shark, got none/
    ]
  ])("refuses a domain without %s", async (_, change, message) => {
    await expect(
      runProxy({dir, out: join(dir, "none.parquet"), recipe: {...recipe, ...change} as ProxyRecipe, workers: 1})
    ).rejects.toThrow(message);
  });

  it("refuses tier weights where nothing is generated", async () => {
    const folder = await mkdtemp(join(dir, "bare-"));
    const {cp} = await import("node:fs/promises");
    await cp(join(dir, "meta"), join(folder, "meta"), {recursive: true});
    await cp(join(dir, "data", "prose", "T0"), join(folder, "data", "prose", "T0"), {recursive: true});
    await expect(runProxy({dir: folder, out: join(folder, "x.parquet"), recipe})).rejects.toThrow(
      /data\/prose: expected generated text beside the human, got none/
    );
  });

  it("refuses a folder that is no data set", async () => {
    await expect(runProxy({dir: join(dir, "nowhere"), out: join(dir, "x.parquet"), recipe})).rejects.toThrow(
      /nowhere\/meta\/seeds\.parquet: expected a file, got nothing there/
    );
  });
});

describe("the texts of a data set", () => {
  it("never share a passage between training and measuring", async () => {
    const texts = await readTexts(dir, recipe);
    const trained = new Set(texts.human.map(String));
    for (const documents of Object.values(texts.heldOut))
      expect(documents.some((one) => trained.has(String(one)))).toBe(false);
    expect(Object.keys(texts.tiers)).toEqual(["T0", "T2"]);
    expect(texts.tiers.T2?.generated).toBe(1);
  });

  it("come out of shared memory as they went in", async () => {
    const texts = await readTexts(dir, recipe);
    const shared = shareTexts(texts);
    expect(shared.human.tokens.buffer).toBeInstanceOf(SharedArrayBuffer);
    const read = readShared(shared);
    expect(read.human.map((one) => [...one])).toEqual(texts.human.map((one) => [...one]));
    expect(Object.keys(read.heldOut)).toEqual(Object.keys(texts.heldOut));
  });
});

describe("the proxy's recipe", () => {
  it("ships in two sizes that hold all experiments", async () => {
    for (const found of [await builtinProxyRecipe(), await readProxyRecipe(asset("proxy-full.yaml"))]) {
      const {share, generations, arithmetic, rounds, prose, tiers} = found;
      for (const one of [share, generations, arithmetic, rounds, prose, tiers]) expect(one).toBeDefined();
      expect(share!.shares).toContain(0);
      expect(Math.max(...share!.shares)).toBeGreaterThanOrEqual(0.97);
      expect(tiers!.budget).toBeGreaterThan(tiers!.supply);
    }
  });

  it("names the place of a mistake", () => {
    expect(() => parseProxyRecipe("name: x\nshare:\n  budget: few\n", "x.yaml")).toThrow(
      /x\.yaml:3:11: share\.budget: /
    );
    expect(() => parseProxyRecipe("name: x\nspeed: 3\n", "x.yaml")).toThrow(/x\.yaml:1:1: unrecognized key: "speed"/);
    expect(() => parseProxyRecipe("name: [", "x.yaml")).toThrow(/x\.yaml:1:\d+: expected YAML/);
  });
});
