import {readFileSync} from "node:fs";
import {expect, test} from "vitest";
import {TfidfIndex} from "../../lib/dedup/tfidf.js";
import type {Neighbour} from "../../lib/dedup/tfidfSearch.js";
import {createTermReader} from "../../lib/dedup/tfidfTerms.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData, publicFile} from "../publicData.js";
import {retold} from "./retold.js";

const read = createTermReader();

function terms(text: string): string[] {
  const {count, low, high, weight} = read(text);
  return Array.from({length: count}, (_, i) => `${low[i]}:${high[i]}:${weight[i]}`);
}

function indexOf(texts: readonly string[]): TfidfIndex {
  const index = new TfidfIndex();
  for (const text of texts) index.add(text);
  return index;
}

/** The slow definition: every cosine, from maps of weighted terms. */
function createSlowly(texts: readonly string[]): (text: string) => Neighbour[] {
  const sets = texts.map((one) => new Set(terms(one)));
  const holders = new Map<string, number>();
  for (const set of sets) for (const term of set) holders.set(term, (holders.get(term) ?? 0) + 1);
  const weigh = (set: ReadonlySet<string>) => {
    const weights = new Map<string, number>();
    let squares = 0;
    for (const term of set) {
      const n = holders.get(term) ?? 0;
      const weight = Number(term.split(":")[2]) * Math.log(1 + (texts.length - n + 0.5) / (n + 0.5));
      weights.set(term, weight);
      squares += weight * weight;
    }
    return {weights, norm: Math.sqrt(squares)};
  };
  const weighed = sets.map(weigh);
  return (text) => {
    const asked = weigh(new Set(terms(text)));
    return weighed
      .map(({weights, norm}, number) => {
        let dot = 0;
        for (const [term, weight] of weights) dot += weight * (asked.weights.get(term) ?? 0);
        return {number, cosine: norm === 0 ? 0 : dot / (norm * asked.norm)};
      })
      .filter(({cosine}) => cosine > 0)
      .sort((a, b) => b.cosine - a.cosine || a.number - b.number);
  };
}

test("a word is one term whatever its ending, a number whatever its writing", () => {
  for (const [a, b] of [
    ["He tried 3 boxes.", "he tries three BOX"],
    ["$3,000 for running", "3000 for run"],
    ["twice as many", "2 as many"]
  ])
    expect(terms(a)).toEqual(terms(b));
  expect(terms("2.5")).not.toEqual(terms("25"));
  expect(terms("1,23")).toHaveLength(3);
  // Two words and two numbers, and the pair of numbers in either order.
  expect(terms("ab 12 cd 7").at(-1)).toBe(terms("7 and 12").at(-1));
});

test("the nearest texts are those of the slow definition", () => {
  const random = createRandom("tfidf");
  // Words of very unequal frequency, so that bounds on common ones matter.
  const words = (n: number) =>
    Array.from({length: n}, () => (random() < 0.1 ? String(random.int(9)) : `w${Math.floor(300 * random() ** 3)}x`));
  const texts = Array.from({length: 200}, () => words(1 + random.int(40)).join(" "));
  texts.push("", "...", texts[3]);
  const index = indexOf(texts);
  const slowly = createSlowly(texts);
  for (let round = 0; round < 60; round++) {
    const text = round % 3 === 0 ? `${random.pick(texts)} ${words(5).join(" ")}` : words(1 + random.int(60)).join(" ");
    const truth = slowly(text);
    for (const [k, least] of [
      [1, 0],
      [1, 0.3],
      [5, 0],
      [Infinity, 0.2]
    ]) {
      const expected = truth.filter(({cosine}) => cosine >= least).slice(0, k);
      const found = index.nearest(text, {k, least});
      expect(found.map(({number}) => number)).toEqual(expected.map(({number}) => number));
      // 32-bit weights: each is off by at most 2^-24 of itself, and so is their sum.
      found.forEach(({cosine}, i) => expect(Math.abs(cosine - expected[i].cosine)).toBeLessThan(2 ** -23));
    }
  }
});

test("a text of the index is nearest to itself unless it is left out, and of equals the first is named", () => {
  const index = indexOf(["red apples", "green pears", "red apples"]);
  expect(index.nearest("red apples")[0]).toEqual({number: 0, cosine: expect.closeTo(1, 6)});
  expect(index.nearest("red apples", {except: 0})[0].number).toBe(2);
  expect(index.nearest("blue")).toEqual([]);
  expect(index.nearest("")).toEqual([]);
  expect(new TfidfIndex().nearest("red")).toEqual([]);
  expect(() => index.nearest("red", {least: 2})).toThrow("expected a cosine in [0, 1], got 2");
});

test.skipIf(!hasPublicData)(
  "of word problems told anew at least .85 are nominated where 3.5 % of other problems are",
  {timeout: 120_000},
  () => {
    const questions = (file: string) =>
      readFileSync(publicFile("gsm8k", file), "utf8")
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as {question: string}).question);
    const held = questions("test.jsonl");
    const index = indexOf(held);
    const strangers = questions("train.jsonl")
      .slice(0, 2000)
      .map((text) => index.nearest(text)[0]?.cosine ?? 0)
      .sort((a, b) => b - a);
    const least = strangers[Math.floor(0.035 * strangers.length)];
    const random = createRandom("retold");
    const found = held.filter((text, i) => {
      const [nearest] = index.nearest(retold(text, random), {least});
      return nearest?.number === i;
    });
    expect(found.length / held.length).toBeGreaterThanOrEqual(0.85);
  }
);
