import {expect, test} from "vitest";
import {accumulatedError, replaceSlope} from "../../lib/scaling/collapse.js";
import {digamma, trigamma} from "../../lib/scaling/digamma.js";
import {powerMean} from "../../lib/scaling/powerMean.js";

const euler = 0.5772156649015329;

test("digamma and trigamma have their known values", () => {
  // DLMF 5.4.12, 5.4.13, 5.15.
  expect(digamma(1)).toBeCloseTo(-euler, 14);
  expect(digamma(0.5)).toBeCloseTo(-euler - 2 * Math.LN2, 14);
  expect(digamma(10)).toBeCloseTo(-euler + 7129 / 2520, 14);
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 14);
  expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 14);
  for (const x of [0.3, 2.7, 9.99, 10.01, 150, 1e6]) {
    expect(Math.abs(digamma(x + 1) - digamma(x) - 1 / x)).toBeLessThan(1e-14 * (1 + Math.abs(digamma(x)) + 1 / x));
    expect(Math.abs(trigamma(x) - trigamma(x + 1) - 1 / x ** 2)).toBeLessThan(1e-14 * trigamma(x));
  }
  expect(() => digamma(0)).toThrow("expected a positive argument, got 0");
  expect(() => trigamma(-1)).toThrow("expected a positive argument, got -1");
});

test("accumulated error is the sum of inverse squares and never reaches π² / 6", () => {
  let sum = 0;
  for (let i = 1; i <= 50; i++) {
    sum += 1 / i ** 2;
    expect(Math.abs(accumulatedError(i) - sum)).toBeLessThan(1e-14);
  }
  expect(accumulatedError(0)).toBeCloseTo(0, 14);
  expect(accumulatedError(1e6)).toBeLessThan(Math.PI ** 2 / 6);
  expect(() => accumulatedError(-1)).toThrow("expected a generation of 0 or more, got -1");
});

test("replacing shrinks for every number of samples, by about 1 / n for many", () => {
  expect(replaceSlope(1)).toBe(-Infinity);
  for (const n of [2, 10, 1e3, 1e5]) expect(replaceSlope(n)).toBeLessThan(0);
  // ψ(m) = log m − 1 / 2m − …, m = (n − 1) / 2: −1 / n − 1 / n, up to O(1 / n²).
  expect(replaceSlope(1e4) * 1e4).toBeCloseTo(-2, 3);
  expect(() => replaceSlope(0)).toThrow("expected at least one sample a generation, got 0");
});

test("a power mean is the arithmetic, geometric and harmonic mean, and smooth between", () => {
  const logs = Float64Array.of(1, 4, 9).map(Math.log);
  const weights = [0.2, 0.3, 0.5];
  const mean = (p: number): number => powerMean(logs, weights, 0, p);
  expect(mean(1)).toBeCloseTo(0.2 + 1.2 + 4.5, 12);
  expect(mean(0)).toBeCloseTo(4 ** 0.3 * 9 ** 0.5, 12);
  expect(mean(-1)).toBeCloseTo(1 / (0.2 + 0.3 / 4 + 0.5 / 9), 12);
  expect(mean(2)).toBeCloseTo(Math.sqrt(0.2 + 0.3 * 16 + 0.5 * 81), 12);
  // Across the seam between the series and the closed form, at a power of 8e-5. The slope at 0 is the geometric mean
  // times half the variance of the logarithms, and changes by less than 1e-3 of itself up to there.
  const slope =
    (mean(0) * (0.3 * 1.3862943611198906 ** 2 + 0.5 * 2.1972245773362196 ** 2 - Math.log(mean(0)) ** 2)) / 2;
  for (const p of [4e-5, 5e-5, 6e-5, 7e-5, 8e-5, 1e-4])
    for (const s of [-1, 1])
      expect(Math.abs((mean(s * (p + 1e-6)) - mean(s * p)) / (s * 1e-6) - slope)).toBeLessThan(1e-3 * slope);
});
