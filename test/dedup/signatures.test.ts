import {expect, test} from "vitest";
import {createMinhash, emptySignature} from "../../lib/dedup/minhash.js";
import {createShingler, type Shingles} from "../../lib/dedup/shingles.js";
import {createRandom} from "../../lib/text/random.js";

const random = createRandom("signatures");
const hash = () => random.int(2 ** 32) | 0;

/** The algorithm as its paper has it: a round at a time, one shingle after another. */
function plain({count, low, high}: Shingles, hashes: number): number[] {
  const signature = new Array<number>(hashes).fill(emptySignature);
  const filled = new Array<number>(hashes).fill(-1);
  const hashed = (i: number, step: number) => {
    let h = Math.imul(low[i] ^ step, 0x85ebca6b) ^ high[i];
    h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  for (let round = 0; round < hashes && count > 0 && filled.includes(-1); round++) {
    for (let i = 0; i < count; i++) {
      const h = round === 0 ? low[i] : hashed(i, Math.imul(round, 0x9e3779b1));
      const bin = ((h >>> 16) * hashes) >>> 16;
      if (round === 0 && h === emptySignature) continue;
      if (filled[bin] === -1) filled[bin] = round;
      if (filled[bin] === round) signature[bin] = Math.min(signature[bin], h);
    }
  }
  for (let bin = 0; bin < hashes && count > 0; bin++)
    if (filled[bin] === -1)
      for (let i = 0; i < count; i++)
        signature[bin] = Math.min(signature[bin], hashed(i, Math.imul(hashes + bin, 0x9e3779b1)));
  return signature;
}

test.each([1, 14, 160, 1000])("a signature of %i hashes has the bits of the plain algorithm", (hashes) => {
  const sign = createMinhash(hashes);
  // More than are loaded at a time among them, and the hash that stands for an empty bin.
  for (const count of [0, 1, 2, 3, 5, 76, 401, 8192, 8193]) {
    const shingles = {count, words: count, low: Int32Array.from({length: count}, hash), high: Int32Array.from({length: count}, hash)}; // prettier-ignore
    shingles.low.set(count > 1 ? [emptySignature] : []);
    expect(Array.from(sign(shingles))).toEqual(plain(shingles, hashes));
  }
});

test.each(["precise", "plain", "fineweb"] as const)("ASCII is read as every text is: %s", (normalisation) => {
  for (const size of [1, 5, 13]) {
    const shingle = createShingler({normalisation, size});
    for (let round = 0; round < 60; round++) {
      const text = Array.from({length: random.int(round === 0 ? 17_000 : 200)}, () => String.fromCharCode(random.int(128))).join(""); // prettier-ignore
      const {count, low, high} = shingle(text);
      const hashes = [low.slice(0, count), high.slice(0, count)];
      // An ellipsis is no word, and takes the text off the way for ASCII.
      const other = shingle(`${text}…`);
      expect(other.count).toBe(count);
      expect([other.low.slice(0, count), other.high.slice(0, count)]).toEqual(hashes);
    }
  }
});

test("two shinglers do not write into each other's arrays", () => {
  const [a, b] = [createShingler(), createShingler({size: 3})];
  const first = a("one two three four five six");
  const before = first.low.slice(0, first.count);
  b("seven eight nine ten eleven twelve");
  expect(first.low.slice(0, first.count)).toEqual(before);
});

/** Distinct runs of units, as a set of strings says it. */
function runs(units: readonly string[], size: number): Set<string> {
  const n = Math.min(size, units.length);
  return new Set(
    n === 0 ? [] : Array.from({length: units.length - n + 1}, (_, i) => units.slice(i, i + n).join("\u0001"))
  );
}

function distinct({count, low, high}: Shingles): number {
  return new Set(Array.from({length: count}, (_, i) => `${low[i]}/${high[i]}`)).size;
}

test("character shingles are runs of folded characters, words parted by one blank", () => {
  const shingle = createShingler({unit: "characters", size: 4});
  for (let round = 0; round < 200; round++) {
    const text = Array.from({length: random.int(40)}, () => random.pick(["a", "B", "é", "白", "🐋", " ", "  ", ", ", "."])).join(""); // prettier-ignore
    const folded = text.toLowerCase().replaceAll("é", "e").replace(/[ ,.]+/g, " ").trim(); // prettier-ignore
    const expected = runs([...folded], 4);
    expect(distinct(shingle(text))).toBe(expected.size);
    expect(shingle(text).words).toBe([...folded].length);
  }
  expect(distinct(shingle("… ,"))).toBe(0);
});

test("token shingles are runs of a tokenizer's tokens", () => {
  const tokenize = (text: string) => Array.from(text, (character) => character.codePointAt(0)!);
  const shingle = createShingler({unit: "tokens", size: 3, tokenize});
  for (let round = 0; round < 100; round++) {
    const text = Array.from({length: random.int(50)}, () => random.pick(["a", "A", " ", "0"])).join("");
    expect(distinct(shingle(text))).toBe(runs([...text], 3).size);
  }
  expect(() => createShingler({unit: "tokens"})).toThrow("expected a tokenizer");
});
