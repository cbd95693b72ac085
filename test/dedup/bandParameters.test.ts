import {expect, test} from "vitest";
import {chooseBands} from "../../lib/dedup/bandParameters.js";
import {candidateProbability} from "../../lib/dedup/bands.js";
import {presetOptions} from "../../lib/dedup/presets.js";

/** The weighted error by the midpoint rule, whose error is below f'' / (24 n²): under 1e-4 for up to 32 hashes here. */
function error(threshold: number, bands: number, rows: number, positives: number, negatives: number): number {
  const steps = 2000;
  let below = 0;
  let above = 0;
  for (let i = 0; i < steps; i++) {
    const low = ((i + 0.5) / steps) * threshold;
    const high = threshold + ((i + 0.5) / steps) * (1 - threshold);
    below += (1 - Math.pow(1 - Math.pow(low, rows), bands)) / steps;
    above += Math.pow(1 - Math.pow(high, rows), bands) / steps;
  }
  return positives * below * threshold + negatives * above * (1 - threshold);
}

test.each([
  [0.5, 0.5, 0.5],
  [0.8, 0.5, 0.5],
  [0.8, 0.01, 0.99],
  [0.9, 0.9, 0.1]
])("at %f with weights %f and %f no other split has a smaller error", (threshold, falsePositives, falseNegatives) => {
  const hashes = 24;
  const {bands, rows} = chooseBands(threshold, {hashes, falsePositives, falseNegatives});
  expect(bands * rows).toBeLessThanOrEqual(hashes);
  const chosen = error(threshold, bands, rows, falsePositives, falseNegatives);
  for (let b = 1; b <= hashes; b++)
    for (let r = 1; b * r <= hashes; r++)
      expect(chosen).toBeLessThan(error(threshold, b, r, falsePositives, falseNegatives) + 1e-4);
});

test.each([
  ["ballast", "words", 5, 0.8, 20, 8],
  ["fineweb", "words", 5, 0.75, 14, 8],
  // What datasketch's MinHashLSH(threshold=0.8, num_perm=128) says of itself: b = 9, r = 13.
  ["datasketch", "words", 5, 0.8, 9, 13],
  ["bigcode", "words", 5, 0.7, 25, 10],
  ["nemo", "characters", 24, 0.8, 20, 13],
  ["olmo", "tokens", 5, 0.8, 26, 11],
  ["text-dedup", "words", 5, 0.7, 24, 10]
] as const)("the preset %s has its publisher's numbers", (name, unit, size, threshold, bands, rows) => {
  expect(presetOptions(name)).toMatchObject({unit, size, threshold, bands, rows});
});

test("the default finds what its docstring says", () => {
  const {bands, rows} = presetOptions("ballast");
  expect(candidateProbability(0.8, {bands, rows})).toBeCloseTo(0.975, 3);
  expect(candidateProbability(0.85, {bands, rows})).toBeCloseTo(0.998, 3);
});

test("what cannot be chosen is a RangeError", () => {
  expect(() => chooseBands(0)).toThrow("(0, 1]");
  expect(() => chooseBands(0.8, {hashes: 5000})).toThrow("4096");
  expect(() => chooseBands(0.8, {falsePositives: 0, falseNegatives: 0})).toThrow("weights");
});
