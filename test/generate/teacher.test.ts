import {beforeAll, expect, test} from "vitest";
import {cleanEnd} from "../../lib/generate/cleanEnd.js";
import {corpusSlice} from "../../lib/generate/corpusSlice.js";
import {selfPlay} from "../../lib/generate/selfPlay.js";
import {teacher3, teacher4} from "../../lib/generate/teacher.js";
import {builtinTokenizer} from "../../lib/io/assets.js";
import type {Seed} from "../../lib/schema/seed.js";
import {canonical} from "../../lib/text/canonical.js";
import {addresses} from "../seeds/addresses.js";
import {draftsOf, seedOf} from "./context.js";

let corpus: Seed[];
const options = {train: 60_000};
const tokenizer = builtinTokenizer();

beforeAll(async () => {
  corpus = await addresses();
});

test.each([teacher3, teacher4])(
  "$id copies the prompt, as its span says, and ends with a sentence",
  async (teacher) => {
    let made = 0;
    for (const seed of corpus.slice(0, 40)) {
      for (const draft of await draftsOf(teacher, seed, {corpus, options})) {
        const [{start, end, from}] = draft.spans;
        expect(draft.text.slice(start, end)).toBe(seed.text.slice(from, from + end - start));
        expect(draft.text.slice(start, end).split(/\s+/)).toHaveLength(6);
        expect(draft.text).toMatch(/[.!?]["'”’)\]]*$/);
        expect(draft.text).toBe(canonical(draft.text));
        expect(draft).toMatchObject({kind: "prose", domain: "prose", ceiling: "T2"});
        made++;
      }
    }
    expect(made).toBeGreaterThan(25);
  }
);

test.each([teacher3, teacher4, selfPlay])(
  "$id: the same bytes in any order of work, other bytes for another seed",
  async (g) => {
    const [a, b] = corpus;
    const first = await draftsOf(g, a, {corpus, options, count: 3});
    const second = await draftsOf(g, b, {corpus, options, count: 3});
    const fresh = [...corpus];
    expect(await draftsOf(g, b, {corpus: fresh, options, count: 3})).toEqual(second);
    expect(await draftsOf(g, a, {corpus: fresh, options, count: 3})).toEqual(first);
    expect(first.map(({text}) => text)).not.toEqual(second.map(({text}) => text));
  }
);

test("the two teachers learn from disjoint halves of the corpus, whose order does not matter", () => {
  const texts = (half: 0 | 1, seeds: readonly Seed[]) =>
    corpusSlice(seeds, tokenizer, {half, tokens: Infinity}).map((document) => tokenizer.decode(document));
  const some = corpus.slice(0, 400);
  const even = new Set(texts(0, some));
  const odd = texts(1, some);
  expect(odd.some((text) => even.has(text))).toBe(false);
  expect(even.size + new Set(odd).size).toBe(new Set(some.map(({text}) => text)).size);
  expect(texts(1, some.toReversed())).toEqual(odd);
});

test("a corpus without human text is refused", async () => {
  const state = seedOf("{}", {kind: "simulator"});
  await expect(draftsOf(teacher3, corpus[0], {corpus: [state]})).rejects.toThrow("got none in 1 seeds");
  await expect(draftsOf(selfPlay, corpus[0], {corpus: []})).rejects.toThrow("got none in 0 seeds");
});

test("self-play loses distinct words and runs of three with the generations", async () => {
  const measure = async (generations: number) => {
    const texts: string[] = [];
    for (const seed of corpus.slice(0, 60))
      for (const {text, spans, ceiling} of await draftsOf(selfPlay, seed, {
        corpus,
        options: {...options, generations}
      })) {
        expect(spans).toEqual([]);
        expect(ceiling).toBe("T3");
        texts.push(text);
      }
    const words = texts.join(" ").split(/\s+/).slice(0, 3000);
    expect(words).toHaveLength(3000);
    return [new Set(words).size, new Set(words.slice(2).map((_, i) => words.slice(i, i + 3).join(" "))).size];
  };
  const [words0, runs0] = await measure(0);
  const [words4, runs4] = await measure(4);
  expect(words4).toBeLessThan(0.8 * words0);
  expect(runs4).toBeLessThan(0.8 * runs0);
});

test("an option that is unknown or out of range is refused by name", async () => {
  await expect(draftsOf(teacher4, corpus[0], {corpus, options: {temperature: 3}})).rejects.toThrow(
    /teacher-4.*temperature/
  );
  await expect(draftsOf(selfPlay, corpus[0], {corpus, options: {gens: 3}})).rejects.toThrow(/self-play.*gens/);
});

test("a text is cut after its last whole sentence, before a broken character, or not used", () => {
  expect(cleanEnd("One is here. Two is here! And thr", 5)).toBe("One is here. Two is here!");
  expect(cleanEnd("One is here. Two \ufffd is here. Three.", 5)).toBe("One is here.");
  expect(cleanEnd("no end at all", 5)).toBeNull();
  expect(cleanEnd("Short. And then not", 20)).toBeNull();
});
