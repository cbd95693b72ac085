import {expect, test} from "vitest";
import {bandKeys, candidateProbability} from "../../lib/dedup/bands.js";
import {jaccard, shingleSet} from "../../lib/dedup/jaccard.js";
import {createMinhash, emptySignature} from "../../lib/dedup/minhash.js";
import {createShingler} from "../../lib/dedup/shingles.js";
import {createRandom} from "../../lib/text/random.js";
import {perturb, randomText} from "./perturb.js";

const shingle = createShingler();
const sign = createMinhash(112);
const fineweb = {bands: 14, rows: 8};
const signature = (text: string) => sign(shingle(text)).slice();

test("the table of candidate probabilities at 14 bands of 8 rows", () => {
  // 1 - (1 - J^8)^14, as FineWeb's parameters are usually quoted: .565, .924, .9996 at J = .7, .8, .9.
  expect(candidateProbability(0.7, fineweb)).toBeCloseTo(0.565, 3);
  expect(candidateProbability(0.8, fineweb)).toBeCloseTo(0.924, 3);
  expect(candidateProbability(0.9, fineweb)).toBeCloseTo(0.9996, 4);
});

test("a text without words has the empty signature, one shingle fills every place", () => {
  expect([...signature("… , .")].every((h) => h === emptySignature)).toBe(true);
  const one = signature("Yes");
  expect(one.includes(emptySignature)).toBe(false);
  expect(signature("yes!".slice(0, 3))).toEqual(one);
});

test("the share of places that agree estimates the Jaccard similarity without bias", () => {
  const random = createRandom("minhash");
  for (const [words, rate] of [
    [350, 0.03],
    [350, 0.1],
    [40, 0.05]
  ]) {
    let bias = 0;
    const rounds = 400;
    let variance = 0;
    for (let i = 0; i < rounds; i++) {
      const a = randomText(random, words);
      const b = perturb(random, a, rate);
      const truth = jaccard(shingleSet(shingle(a)), shingleSet(shingle(b)));
      const x = signature(a);
      const y = signature(b);
      const error = x.filter((h, j) => h === y[j]).length / 112 - truth;
      bias += error / rounds;
      variance += error ** 2 / rounds;
    }
    // Four standard errors of the mean error, from its own spread.
    expect(Math.abs(bias)).toBeLessThan(4 * Math.sqrt(variance / rounds));
    // No wider than 112 independent draws at J = 1/2, where they are widest, with room for the spread's own error.
    expect(Math.sqrt(variance)).toBeLessThan(Math.sqrt(0.25 / 112) * (1 + 4 / Math.sqrt(2 * rounds)));
  }
});

test.each([350, 40, 12])("the recall of banding follows its S-curve on perturbed texts of %i words", (length) => {
  const random = createRandom("s-curve", length);
  // By tenth of J: pairs, pairs that share a band, and the sum of the formula's chances.
  const bins = Array.from({length: 10}, () => ({n: 0, hits: 0, expected: 0}));
  for (let i = 0; i < 4000; i++) {
    const a = randomText(random, length);
    const b = perturb(random, a, random() * 0.12);
    const truth = jaccard(shingleSet(shingle(a)), shingleSet(shingle(b)));
    const x = bandKeys(signature(a), fineweb);
    const y = bandKeys(signature(b), fineweb);
    const bin = bins[Math.min(9, Math.floor(truth * 10))];
    bin.n++;
    bin.hits += Number(x.some((key, band) => key === y[band]));
    bin.expected += candidateProbability(truth, fineweb);
  }
  for (const {n, hits, expected} of bins) {
    if (n < 100) continue;
    // Four binomial standard deviations, and 0.02 for places that are not quite independent.
    const p = expected / n;
    expect(Math.abs(hits / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n) + 0.02);
  }
  expect(bins.filter(({n}) => n >= 100).length).toBeGreaterThanOrEqual(4);
});

test("a signature of the wrong length is a RangeError", () => {
  expect(() => bandKeys(new Int32Array(10))).toThrow("20 · 8 hashes, got 10");
  expect(() => createMinhash(0)).toThrow(RangeError);
  expect(() => createShingler({size: 0})).toThrow(RangeError);
});
