import {expect, test} from "vitest";
import {SeedSource} from "../../lib/schema/recipe.js";
import {Seed} from "../../lib/schema/seed.js";
import {evenPassages} from "../../lib/seeds/evenPassages.js";
import {mobyDick} from "../../lib/seeds/mobyDick.js";
import {sotu} from "../../lib/seeds/sotu.js";
import type {Source} from "../../lib/seeds/source.js";
import {canonical} from "../../lib/text/canonical.js";

async function read(source: Source, options: Record<string, unknown> = {}): Promise<Seed[]> {
  const spec = SeedSource.parse({
    id: source.id,
    source: source.id,
    license: "CC0-1.0",
    kind: "human",
    domain: "prose",
    heldOut: {dev: 0.1, test: 0.1},
    options
  });
  const seeds: Seed[] = [];
  for await (const seed of source.read(spec, {folder: ".", seed: 1})) seeds.push(seed);
  return seeds;
}

const between = (seeds: readonly Seed[], low: number, high: number) =>
  seeds.filter(({text}) => text.length >= low && text.length <= high).length / seeds.length;

test("the state of the union comes as 233 addresses in passages of about 1,500 characters", async () => {
  const seeds = await read(sotu);
  expect(new Set(seeds.map(({document}) => document)).size).toBe(233);
  expect(seeds.length).toBeGreaterThan(7000);
  expect(between(seeds, 1200, 1800)).toBeGreaterThan(0.98);
  expect(seeds.filter(({text}) => /[.!?]["'”’)\]]*$/.test(text)).length / seeds.length).toBeGreaterThan(0.99);
  for (const seed of seeds.slice(0, 50)) expect(Seed.parse(seed)).toEqual(seed);
  expect(seeds.every(({text}) => text === canonical(text) && !/(?![\n\t])\p{Cc}/u.test(text))).toBe(true);
});

test("a split never cuts an address, and each split holds some", async () => {
  const splits = new Map<string, Set<string>>();
  for (const {document, split} of await read(sotu)) {
    splits.set(document, (splits.get(document) ?? new Set()).add(split));
  }
  expect([...splits.values()].every((set) => set.size === 1)).toBe(true);
  const all = [...splits.values()].flatMap((set) => [...set]);
  for (const split of ["train", "dev", "test"]) expect(all).toContain(split);
});

test("moby dick comes by chapter, in order, without etymology and extracts", async () => {
  const seeds = await read(mobyDick);
  const documents = [...new Set(seeds.map(({document}) => document))];
  expect(documents).toHaveLength(136);
  expect(documents.slice(0, 2)).toEqual(["chapter_1", "chapter_2"]);
  expect(documents.at(-1)).toBe("epilogue");
  expect(seeds[0].text).toMatch(/^Call me Ishmael\./);
  expect(between(seeds, 1100, 1900)).toBeGreaterThan(0.95);
});

test("the length of a passage is an option, and an unknown option is refused by name", async () => {
  const seeds = await read(mobyDick, {passage: 600});
  expect(between(seeds, 300, 900)).toBeGreaterThan(0.9);
  await expect(read(mobyDick, {pasage: 600})).rejects.toThrow(/moby-dick.*pasage/);
});

test("passages lose nothing but white space between them", () => {
  const text = canonical("One two three. ".repeat(300) + "x".repeat(4000) + " " + "no stop here ".repeat(400));
  const pieces = evenPassages(text);
  expect(pieces.join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
  // A cut lies within half a target of its even share, which is itself within 3/4 to 5/4 of the target.
  expect(Math.max(...pieces.map(({length}) => length))).toBeLessThan(1500 * 1.25 + 750);
  expect(evenPassages("")).toEqual([]);
  expect(() => evenPassages("a", {target: 0})).toThrow(RangeError);
});
