import {expect, test} from "vitest";
import {BenchmarkIndex} from "../../../lib/curate/contamination/benchmarkIndex.js";
import {jaccard, shingleSet} from "../../../lib/dedup/jaccard.js";
import {words} from "../../../lib/dedup/normalise.js";
import {createShingler} from "../../../lib/dedup/shingles.js";
import {createRandom} from "../../../lib/text/random.js";

const random = createRandom("benchmark scan");
const some = (n: number, of = 400) => Array.from({length: n}, () => `w${random.int(of)}`);

function indexOf(questions: readonly string[]): BenchmarkIndex {
  const index = new BenchmarkIndex();
  questions.forEach((question, i) => index.add({benchmark: "b", id: String(i), question, answers: [], passage: ""}));
  return index;
}

const methods = (index: BenchmarkIndex, text: string, number: number) =>
  index
    .scan(text)
    .filter((trace) => trace.number === number)
    .map(({method}) => method);

test("a question too short for runs is found as a whole text, a line or a sentence, and nowhere else", () => {
  const index = indexOf(["What is a dative bond?", "True?", "", some(9).join(" ")]);
  expect(index.tooShort).toMatchObject({"ngram-8": 3, whole: 1});
  expect(index.short).toEqual([0, 1]);
  for (const text of [
    "what is a DATIVE bond",
    "1. What is a dative bond? Two electrons of one atom.",
    "Question: What is a dative bond?",
    "Before.\r\n  What is (a) dative bond\r\nAfter"
  ]) {
    const found = index.scan(text).filter(({method}) => method === "whole");
    expect(found.map(({number, part}) => [number, part])).toEqual([[0, "question"]]);
    expect(words(text.slice(found[0].start, found[0].end), "plain").join(" ")).toBe("what is a dative bond");
  }
  for (const text of ["So what is a dative bond?", "What is a dative bond made of", "What is a\ndative bond? Now"])
    expect(methods(index, text, 0)).not.toContain("whole");
  // One word is no line to tell anything by.
  expect(methods(index, "true.", 1)).toContain("whole");
  expect(methods(index, "He says:\nTrue\nand goes", 1)).not.toContain("whole");
});

test("runs are those of the slow definition", () => {
  const grams = (text: string, n: number) =>
    new Set(text.split(" ").flatMap((_, i, all) => (i + n <= all.length ? [all.slice(i, i + n).join(" ")] : [])));
  const items = Array.from({length: 60}, () => some(5 + random.int(30)).join(" "));
  const sets = new Map([13, 10, 8].map((size) => [size, items.map((item) => grams(item, size))]));
  const index = indexOf(items);
  for (let round = 0; round < 40; round++) {
    const from = random.pick(items).split(" ");
    const at = random.int(from.length);
    const text = [...some(10), ...from.slice(at, at + 4 + random.int(14)), ...some(10)].join(" ");
    const expected = [...sets].flatMap(([size, all]) => {
      const there = [...grams(text, size)];
      return all.flatMap((own, number) => {
        const shared = there.filter((gram) => own.has(gram)).length;
        return shared === 0 ? [] : [{method: `ngram-${size}`, number, grams: shared, score: shared / own.size}];
      });
    });
    const found = index.scan(text).filter(({method}) => method.startsWith("ngram"));
    expect(found.map(({method, number, grams: n, score}) => ({method, number, grams: n, score}))).toEqual(expected);
  }
});

test("near duplicates of items, exact Jaccard .8 or more over 5-word shingles, are found by 8 words or as a whole", () => {
  const shingle = createShingler({size: 5, normalisation: "plain"});
  const setOf = (text: string) => shingleSet(shingle(text));
  const pairs: {item: string; text: string}[] = [];
  for (let round = 0; round < 250; round++) {
    const own = some(3 + random.int(120));
    const other = [...own];
    // Few edits, at one place or spread: a changed, missing, added or moved word.
    for (let edits = random.int(4); edits > 0; edits--) {
      const at = random.int(other.length);
      const kind = random.int(4);
      if (kind === 0) other[at] = "changed";
      else if (kind === 1 && other.length > 1) other.splice(at, 1);
      else if (kind === 2) other.splice(at, 0, "added");
      else other.push(...other.splice(at, 1));
    }
    const [item, text] = [own.join(" "), other.join(" ")];
    if (jaccard(setOf(item), setOf(text)) >= 0.8) pairs.push({item, text});
  }
  const index = indexOf(pairs.map(({item}) => item));
  pairs.forEach(({text}, i) =>
    expect(methods(index, text, i).some((method) => method === "ngram-8" || method === "whole")).toBe(true)
  );
  expect([pairs.length > 100, pairs.filter(({item, text}) => item !== text).length > 50]).toEqual([true, true]);
});
