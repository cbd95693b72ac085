import {expect, test} from "vitest";
import {bootstrap, resample} from "../../lib/stats/bootstrap.js";
import {incompleteBeta} from "../../lib/stats/incompleteBeta.js";
import {normalProbability, probit} from "../../lib/stats/probit.js";
import {clopperPearson, wilson} from "../../lib/stats/proportion.js";
import {quantile, quantileInterval} from "../../lib/stats/quantile.js";
import {studentTQuantile} from "../../lib/stats/studentT.js";
import {createRandom} from "../../lib/text/random.js";

test("quantile uses the R-7 method", () => {
  // numpy.quantile([1, 2, 4, 8], p)
  expect(quantile([1, 2, 4, 8], 0.25)).toBe(1.75);
  expect(quantile([1, 2, 4, 8], 0.5)).toBe(3);
  expect(quantile([1, 2, 4, 8], 1)).toBe(8);
  expect(() => quantile([], 0.5)).toThrow("got none");
});

test("an interval holds its level of the draws and leaves them in order", () => {
  const draws = [5, 1, 4, 2, 3];
  expect(quantileInterval(draws, 0.5)).toEqual([2, 4]);
  expect(draws).toEqual([5, 1, 4, 2, 3]);
});

test("t quantiles are scipy's", () => {
  // scipy.stats.t.ppf
  expect(studentTQuantile(0.975, 10)).toBeCloseTo(2.2281388519649385, 9);
  expect(studentTQuantile(0.975, 1)).toBeCloseTo(12.706204736432095, 7);
  expect(studentTQuantile(0.05, 3)).toBeCloseTo(-2.3533634348018264, 9);
  expect(studentTQuantile(0.5, 3)).toBe(0);
});

test("normal quantiles are Python's statistics.NormalDist", () => {
  expect(probit(0.975)).toBeCloseTo(1.9599639845400536, 12);
  expect(probit(0.9)).toBeCloseTo(1.2815515655446008, 12);
  expect(normalProbability(probit(0.123))).toBeCloseTo(0.123, 14);
});

test("the incomplete beta function is the binomial tail it stands for", () => {
  // I_p(k, n − k + 1) = P(Binomial(n, p) ≥ k), here n = 5, k = 3, p = 0.4: 10·.064·.36 + 5·.0256·.6 + .01024
  expect(incompleteBeta(0.4, 3, 3)).toBeCloseTo(10 * 0.064 * 0.36 + 5 * 0.0256 * 0.6 + 0.01024, 12);
});

test("proportions get R's exact and Wilson's intervals", () => {
  // R: binom.test(5, 10)$conf.int; binom.test(0, 10); prop.test(5, 10, correct = FALSE)
  const [low, high] = clopperPearson(5, 10);
  expect(low).toBeCloseTo(0.187086, 6);
  expect(high).toBeCloseTo(0.812914, 6);
  expect(clopperPearson(0, 10)[0]).toBe(0);
  expect(clopperPearson(0, 10)[1]).toBeCloseTo(1 - 0.025 ** (1 / 10), 10);
  expect(wilson(5, 10)[0]).toBeCloseTo(0.236593, 6);
  expect(wilson(10, 10)[1]).toBe(1);
  expect(() => wilson(11, 10)).toThrow("expected 0 to 10 successes, got 11");
});

test("clusters are drawn whole", () => {
  const clusters = ["a", "a", "b", "b", "b"];
  const random = createRandom(1);
  for (let i = 0; i < 50; i++) {
    const rows = resample(5, random, clusters);
    const count = (row: number) => rows.filter((r) => r === row).length;
    expect(count(0)).toBe(count(1));
    expect(count(2)).toBe(count(4));
  }
});

test("a bootstrap is the same for the same seed", () => {
  const mean = (rows: readonly number[]) => rows.reduce((a, b) => a + b, 0) / rows.length;
  const once = bootstrap(20, mean, {draws: 100, random: createRandom(3)});
  expect(bootstrap(20, mean, {draws: 100, random: createRandom(3)})).toEqual(once);
  // The mean of 0…19 is 9.5; its standard error is sqrt((400 − 1) / 12 / 20) = 1.29, over 100 draws 0.13: four of them.
  expect(Math.abs(mean(once) - 9.5)).toBeLessThan(4 * 0.13);
});
