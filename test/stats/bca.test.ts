import {expect, test} from "vitest";
import {accelerationOf, bcaInterval} from "../../lib/stats/bca.js";
import {quantileInterval} from "../../lib/stats/quantile.js";
import {createRandom} from "../../lib/text/random.js";

test("without bias and skewness it is the percentile interval", () => {
  const draws = Array.from({length: 999}, (_, i) => i - 499);
  const [low, high] = bcaInterval(draws, 0, [-1, 0, 1]);
  const [left, right] = quantileInterval(draws);
  expect(low).toBeCloseTo(left, 6);
  expect(high).toBeCloseTo(right, 6);
});

test("the acceleration is a sixth of the skewness of the jackknife", () => {
  // Values 0, 0, 0, 4 with mean 1: gaps 1, 1, 1, −3; cubes 3 − 27 = −24, squares 12: −24 / (6 · 12^1.5).
  expect(accelerationOf([0, 0, 0, 4])).toBeCloseTo(-24 / (6 * 12 ** 1.5), 12);
  expect(accelerationOf([2, 2, 2])).toBe(0);
});

test("of a mean of exponential draws it covers better than percentiles, above all on the long side", () => {
  const random = createRandom("bca");
  const n = 15;
  const simulations = 400;
  const missed = {bca: 0, percentile: 0};
  for (let s = 0; s < simulations; s++) {
    const values = Array.from({length: n}, () => -Math.log(1 - random()));
    const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
    const draws = Array.from({length: 400}, () => mean(values.map(() => random.pick(values))));
    const jackknife = values.map((_, i) => mean(values.filter((_, j) => j !== i)));
    if (bcaInterval(draws, mean(values), jackknife)[1] < 1) missed.bca++;
    if (quantileInterval(draws)[1] < 1) missed.percentile++;
  }
  // The upper end should miss 2.5 %; percentiles of 15 exponential draws miss about 10 %. The two share their samples,
  // so that the difference is far outside the binomial error of 400, at most 2 · sqrt(.1 · .9 / 400) = 3 %.
  expect(missed.bca).toBeLessThan(missed.percentile);
  expect(missed.bca / simulations).toBeLessThan(0.1);
});
