import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterEach, beforeEach, describe, expect, it} from "vitest";
import {readJsonl} from "../../lib/io/jsonl.js";
import {readParquet} from "../../lib/io/parquet.js";
import {indexHeldOut} from "../../lib/run/heldOut.js";
import {createPiiGuard} from "../../lib/run/piiGuard.js";
import {blockSize, readSeeds, type Seeds} from "../../lib/run/seedStage.js";
import {Recipe} from "../../lib/schema/recipe.js";
import type {Seed} from "../../lib/schema/seed.js";
import {createRandom} from "../../lib/text/random.js";
import {collect} from "../collect.js";

let folder: string;
const random = createRandom("seed stage");
const sentence = (n: number) => Array.from({length: n}, () => `w${random.int(1e6)}`).join(" ");

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-seed-stage-"));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

function write(name: string, texts: readonly string[]): void {
  mkdirSync(join(folder, name), {recursive: true});
  texts.forEach((text, i) => writeFileSync(join(folder, name, `${String(i).padStart(3, "0")}.txt`), text));
}

function read(seeds: object[], more: object = {}): Promise<Seeds> {
  const common = {source: "text", license: "MIT", kind: "human", domain: "prose"};
  const recipe = Recipe.parse({
    name: "test",
    license: "MIT",
    seeds: seeds.map((spec) => ({...common, ...spec})),
    generate: [{generator: "human", from: "a"}],
    policy: {},
    ...more
  });
  const guard = createPiiGuard(recipe, {key: new Uint8Array(16), tokenizer: {count: (text) => text.length}});
  return readSeeds(recipe, folder, join(folder, "store"), guard, (heldOut) => indexHeldOut(heldOut, recipe));
}

const texts = async (path: string) => (await collect(readJsonl(path))).map(({value}) => (value as Seed).text);

describe("readSeeds", () => {
  it("holds out by document and lays the rest down in blocks", async () => {
    const all = Array.from({length: 100}, () => sentence(30));
    write("a", all);
    const seeds = await read([{id: "a", path: "a", heldOut: {dev: 0.1, test: 0.2}}]);
    const [{train, heldOut, blocks, path}] = seeds.sets;
    expect(train + heldOut).toBe(100);
    expect(heldOut).toBe(seeds.heldOut);
    // Binomial with p = 0.3: mean 30, standard deviation 4.6.
    expect(Math.abs(heldOut - 30)).toBeLessThan(4 * 4.6);
    expect(blocks.reduce((sum, block) => sum + block.seeds, 0)).toBe(train);
    expect(blocks.slice(0, -1).every((block) => block.seeds === blockSize)).toBe(true);
    const kept = await texts(path);
    expect(new Set([...kept, ...(await texts(seeds.heldOutPath))])).toEqual(new Set(all));
    // For readers, in the order of the source.
    const rows = (await collect(readParquet(seeds.trainParquet))).flat();
    expect(rows.map(({text}) => text)).toEqual(all.filter((text) => kept.includes(text)));
  });

  it("trains nowhere on a text that is held out anywhere, whatever the order of the sources", async () => {
    write(
      "a",
      Array.from({length: 40}, () => sentence(30))
    );
    const closed = {id: "a", path: "a", heldOut: {test: 0.5}};
    const open = {id: "b", path: "a"};
    for (const specs of [
      [closed, open],
      [open, closed]
    ]) {
      const seeds = await read(specs);
      const secret = new Set(await texts(seeds.heldOutPath));
      expect(secret.size).toBeGreaterThan(10);
      const trained = (await Promise.all(seeds.sets.map(({path}) => texts(path)))).flat();
      expect(trained.filter((text) => secret.has(text))).toEqual([]);
      expect(trained).toHaveLength(40 - secret.size);
      expect(seeds.sets.reduce((sum, {dropped}) => sum + (dropped.duplicate ?? 0), 0)).toBe(40);
    }
  });

  it("drops training seeds that quote 13 words of held-out text, and counts them", async () => {
    const secret = sentence(60);
    write("a", [secret]);
    const words = secret.split(" ");
    const quote = (n: number) => `${sentence(20)} ${words.slice(20, 20 + n).join(" ")} ${sentence(20)}`;
    write("b", [quote(12), quote(13), quote(30), sentence(40)]);
    const seeds = await read([
      {id: "a", path: "a", heldOut: {test: 1}},
      {id: "b", path: "b"}
    ]);
    expect(seeds.sets[1]).toMatchObject({train: 2, dropped: {"held-out-overlap": 2}});
    expect((await collect(readParquet(seeds.trainParquet))).flat()).toHaveLength(2);
  });

  it("draws a limit by the recipe's seed, not by the order of files", async () => {
    write(
      "a",
      Array.from({length: 50}, () => sentence(20))
    );
    const draw = async (seed: number) => texts((await read([{id: "a", path: "a", limit: 10}], {seed})).sets[0].path);
    const first = await draw(1);
    expect(first).toHaveLength(10);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
    expect((await read([{id: "a", path: "a", limit: 10}])).sets[0].dropped).toEqual({limit: 40});
  });

  it("finds in the store what it read before, and reads anew when a file has changed", async () => {
    write("a", [sentence(20), sentence(20)]);
    const first = await read([{id: "a", path: "a"}]);
    expect((await read([{id: "a", path: "a"}])).key).toBe(first.key);
    writeFileSync(join(folder, "a/000.txt"), "another text altogether");
    expect((await read([{id: "a", path: "a"}])).key).not.toBe(first.key);
    expect(readdirSync(join(folder, "store")).every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
  });

  it("says what was left out where no seed is left", async () => {
    write("a", ["a\0b", ""]);
    await expect(read([{id: "a", path: "a"}])).rejects.toThrow(
      'seeds[0] "a": expected at least one seed, got none (left out: nul 1, empty 1)'
    );
  });
});
