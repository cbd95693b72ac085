import {expect, test} from "vitest";
import {words} from "../../lib/dedup/normalise.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {shingleSet, jaccard, jaccardAtLeast} from "../../lib/dedup/jaccard.js";
import {createRandom} from "../../lib/text/random.js";
import {randomText} from "./perturb.js";

const set = (text: string, options = {}) => shingleSet(createShingler(options)(text));

test("words are folded to lower case without accents, punctuation ends them, operators are words", () => {
  expect(words("Élan, vital! naïve\u0301 x_1 = 3.50 + y")).toEqual([
    "elan",
    "vital",
    "!",
    "naive",
    "x_1",
    "=",
    "3",
    "50",
    "+",
    "y"
  ]);
  expect(words("Élan, vital! x_1 = 3.50 + y", "fineweb")).toEqual(["elan", "vital", "x", "0", "0", "00", "y"]);
});

test("composed and decomposed letters read alike, an ideograph is a word", () => {
  expect(words("café")).toEqual(words("cafe\u0301"));
  expect(words("白鯨 Moby")).toEqual(["白", "鯨", "moby"]);
  expect(words("")).toEqual([]);
  expect(words("… — !".replace("!", "."))).toEqual([]);
});

test("shingles are equal exactly where runs of words are", () => {
  const random = createRandom("shingles");
  const alphabet = ["a", "b", "É", "白", "+", "🐋x", "don't", "12", "­", "  ", "\n", "_y"];
  const seen = new Map<string, number>();
  for (let round = 0; round < 500; round++) {
    const text = Array.from({length: random.int(30)}, () => random.pick(alphabet)).join(random.pick([" ", "", ", "]));
    const list = words(text);
    const size = Math.min(3, list.length);
    const expected = new Set<string>();
    for (let i = 0; size > 0 && i + size <= list.length; i++) expected.add(list.slice(i, i + size).join(" "));
    const {count, low, high} = createShingler({size: 3})(text);
    expect(count).toBe(list.length === 0 ? 0 : Math.max(1, list.length - 2));
    for (let i = 0; i < count; i++) {
      const gram = list.slice(i, i + size).join(" ");
      const hash = (high[i] >>> 0) * 2 ** 21 + (low[i] & 0x1fffff);
      if (seen.has(gram)) expect(seen.get(gram)).toBe(hash);
      seen.set(gram, hash);
    }
    expect(set(text, {size: 3}).length).toBe(expected.size);
  }
  expect(new Set(seen.values()).size).toBe(seen.size);
});

test("numbers and operators tell texts apart under precise, and not under fineweb", () => {
  const [a, b, c] = [
    "Ann has 12 apples and eats 3 - 1",
    "Ann has 15 apples and eats 4 - 2",
    "Ann has 12 apples and eats 3 + 1"
  ];
  expect(jaccard(set(a), set(b))).toBeLessThan(0.3);
  expect(jaccard(set(a), set(c))).toBeLessThan(0.8);
  expect(jaccard(set(a, {normalisation: "fineweb"}), set(b, {normalisation: "fineweb"}))).toBe(1);
});

test("jaccard is that of the sets of word runs, and its bounded form agrees with it", () => {
  const random = createRandom("jaccard");
  for (let round = 0; round < 300; round++) {
    const a = randomText(random, 5 + random.int(60));
    const b = `${a.slice(0, random.int(a.length))} ${randomText(random, random.int(20))}`;
    const grams = (text: string) => {
      const w = text.trim().split(/\s+/);
      return new Set(w.length < 5 ? [w.join(" ")] : w.slice(4).map((_, i) => w.slice(i, i + 5).join(" ")));
    };
    const [x, y] = [grams(a), grams(b)];
    const shared = [...x].filter((gram) => y.has(gram)).length;
    const exact = shared / (x.size + y.size - shared);
    expect(jaccard(set(a), set(b))).toBe(exact);
    for (const threshold of [0, 0.3, 0.8, exact, 1])
      expect(jaccardAtLeast(set(a), set(b), threshold)).toBe(exact >= threshold ? exact : null);
  }
});

test("a text's UTF-8 has the shingles that the text has", () => {
  const random = createRandom("bytes");
  const tokenize = (text: string) => Array.from(text, (character) => character.codePointAt(0)!);
  const texts = ["", "a", "a b c", "one + two", "É白 don't 🐋x", "word ".repeat(4000), "白鯨 ".repeat(4000)];
  for (let round = 0; round < 40; round++) texts.push(randomText(random, 1 + random.int(60)));
  for (const unit of ["words", "characters", "tokens"] as const) {
    const [ofText, ofBytes] = [createShingler({unit, tokenize}), createShingler({unit, tokenize})];
    for (const text of texts) {
      const {count, words, low, high} = ofText(text);
      const bytes = ofBytes(new TextEncoder().encode(text));
      expect([bytes.count, bytes.words]).toEqual([count, words]);
      expect(bytes.low.subarray(0, count)).toEqual(low.subarray(0, count));
      expect(bytes.high.subarray(0, count)).toEqual(high.subarray(0, count));
    }
  }
});
