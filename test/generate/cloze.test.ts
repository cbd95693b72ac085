import {beforeAll, expect, test} from "vitest";
import {cloze} from "../../lib/generate/cloze.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import type {Seed} from "../../lib/schema/seed.js";
import {addresses} from "../seeds/addresses.js";
import {draftsOf, seedOf} from "./context.js";

let seeds: Seed[];

beforeAll(async () => {
  seeds = (await addresses()).slice(0, 200);
});

test("what a span says was copied was copied, and holds at least 80 % of the tokens", async () => {
  const tokenizer = builtinTokenizer();
  let made = 0;
  for (const seed of seeds) {
    for (const {text, spans} of await draftsOf(cloze, seed, {count: 2})) {
      expect(spans).toHaveLength(1);
      const [{start, end, from}] = spans;
      expect(text.slice(start, end)).toBe(seed.text.slice(from, from + end - start));
      expect(tokenizer.count(text.slice(start, end))).toBeGreaterThanOrEqual(0.8 * tokenizer.count(text));
      made++;
    }
  }
  expect(made).toBeGreaterThan(seeds.length);
});

test("clozes of one seed are no near duplicates of it or of each other", async () => {
  const shingles = (text: string) => {
    const words = text.toLowerCase().match(/\p{L}+|\p{N}+/gu) ?? [];
    return new Set(words.slice(4).map((_, i) => words.slice(i, i + 5).join(" ")));
  };
  const jaccard = (a: Set<string>, b: Set<string>) => {
    const both = [...a].filter((shingle) => b.has(shingle)).length;
    return both / (a.size + b.size - both);
  };
  for (const seed of seeds) {
    const sets = [seed.text, ...(await draftsOf(cloze, seed, {count: 3})).map(({text}) => text)].map(shingles);
    for (let i = 0; i < sets.length; i++)
      for (let j = 0; j < i; j++) expect(jaccard(sets[i], sets[j])).toBeLessThan(0.8);
  }
});

test("the same seed gives the same bytes", async () => {
  expect(await draftsOf(cloze, seeds[3], {count: 3})).toEqual(await draftsOf(cloze, seeds[3], {count: 3}));
});

test("a seed too short to be cut yields nothing", async () => {
  expect(await draftsOf(cloze, seedOf("One sentence only, and a short one."))).toEqual([]);
});
