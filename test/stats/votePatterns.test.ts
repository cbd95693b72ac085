import {expect, test} from "vitest";
import {binomial} from "../../lib/stats/binomial.js";
import {drawCounts, votePatterns} from "../../lib/stats/votePatterns.js";
import {createRandom} from "../../lib/text/random.js";

/** Probabilities of k successes by their recursion. */
function masses(n: number, p: number): number[] {
  const logs = [n * Math.log1p(-p)];
  for (let k = 1; k <= n; k++) logs.push(logs[k - 1] + Math.log(((n - k + 1) * p) / (k * (1 - p))));
  return logs.map(Math.exp);
}

test("binomial draws have the distribution that they say, below and above a mean of 10", () => {
  const random = createRandom("binomial");
  for (const [n, p] of [
    [12, 0.3],
    [200, 0.04],
    [60, 0.4],
    [500, 0.9],
    [3000, 0.35]
  ]) {
    const expected = masses(n, p);
    const seen = new Float64Array(n + 1);
    const draws = 8000;
    for (let i = 0; i < draws; i++) seen[binomial(n, p, random)]++;
    // Kolmogorov's distance is below 1.95 / √draws in 99.9 % of the cases, and less for a discrete distribution.
    let [far, below, drawn] = [0, 0, 0];
    for (let k = 0; k <= n; k++) {
      below += expected[k];
      drawn += seen[k] / draws;
      far = Math.max(far, Math.abs(below - drawn));
    }
    expect(far, `${n} ${p}`).toBeLessThan(1.95 / Math.sqrt(draws));
  }
  expect([binomial(0, 0.5, random), binomial(9, 0, random), binomial(9, 1, random)]).toEqual([0, 0, 9]);
  expect(() => binomial(-1, 0.5, random)).toThrow("expected trials from 0, got -1");
});

test("a draw of counts has as many cases, spread as cases drawn one by one are", () => {
  const random = createRandom("counts");
  const counts = [5_000_000, 3_000_000, 0, 2_000_000];
  const draws = Array.from({length: 400}, () => drawCounts(counts, random));
  for (const drawn of draws) expect(drawn.reduce((a, b) => a + b)).toBe(10_000_000);
  expect(draws.every((drawn) => drawn[2] === 0)).toBe(true);
  const mean = draws.reduce((sum, [, n]) => sum + n, 0) / 400;
  const variance = draws.reduce((sum, [, n]) => sum + (n - mean) ** 2, 0) / 399;
  // Multinomial: n p (1 − p) = 2.1e6. A mean of 400 is within 4 √(2.1e6 / 400) = 290, a variance within 4 √(2 / 399) = 28 %.
  expect(Math.abs(mean - 3_000_000)).toBeLessThan(290);
  expect(variance / 2.1e6).toBeGreaterThan(0.72);
  expect(variance / 2.1e6).toBeLessThan(1.28);
});

test("patterns do not depend on the order of cases", () => {
  const cases = [["pass", null], ["fail", "pass"], ["pass", null]]; // prettier-ignore
  const patterns = votePatterns(cases);
  expect(patterns).toEqual([{words: ["fail", "pass"], cases: 1}, {words: ["pass", null], cases: 2}]); // prettier-ignore
  expect(votePatterns(cases.toReversed())).toEqual(patterns);
});
