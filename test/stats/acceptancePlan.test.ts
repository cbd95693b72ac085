import {expect, test} from "vitest";
import {acceptProbability, sampleSize} from "../../lib/stats/acceptancePlan.js";
import {isoPlan} from "../../lib/stats/isoPlans.js";
import {clopperPearson, wilson} from "../../lib/stats/proportion.js";

test("samples without a defect, or with one or two, that show a share at 95 %", () => {
  const shares = [0.1, 0.05, 0.02, 0.01, 0.005];
  expect(shares.map((share) => sampleSize(share))).toEqual([29, 59, 149, 299, 598]);
  expect(shares.slice(0, 4).map((share) => sampleSize(share, {accept: 1}))).toEqual([46, 93, 236, 473]);
  expect(shares.slice(0, 4).map((share) => sampleSize(share, {accept: 2}))).toEqual([61, 124, 313, 628]);
});

test("finite lots need less", () => {
  expect([500, 1000, 2000, 10_000].map((lot) => sampleSize(0.01, {lot}))).toEqual([225, 258, 277, 294]);
  // Of ten items one is bad at 1 %, rounded up: 95 % of them miss it.
  expect(sampleSize(0.01, {lot: 10})).toBe(10);
});

test("a sample shows the share, and one item less does not", () => {
  for (const lot of [300, Infinity])
    for (const accept of [0, 1, 3])
      for (const share of [0.02, 0.1]) {
        const n = sampleSize(share, {accept, lot});
        expect(acceptProbability(n, accept, share, lot)).toBeLessThanOrEqual(0.05);
        expect(acceptProbability(n - 1, accept, share, lot)).toBeGreaterThan(0.05);
      }
});

test("the hypergeometric probability is the one counted by hand, and nears the binomial one in large lots", () => {
  // 2 of 5 bad, 2 drawn: none bad in 3 of 10 draws, at most one in 9.
  expect(acceptProbability(2, 0, 0.4, 5)).toBeCloseTo(0.3, 12);
  expect(acceptProbability(2, 1, 0.4, 5)).toBeCloseTo(0.9, 12);
  expect(acceptProbability(50, 1, 0.02, 1e7)).toBeCloseTo(acceptProbability(50, 1, 0.02), 5);
  expect(acceptProbability(3, 0, 0.9, 4)).toBe(0);
});

test("plans of the standard accept 1 % and 5 % as often as its curves say", () => {
  const six = [281, 501, 1201, 3201, 10_001, 35_001].map((lot) => isoPlan(lot)!);
  const at = (share: number) => six.map(({n, accept}) => acceptProbability(n, accept, share));
  for (const [i, expected] of [0.91, 0.95, 0.96, 0.98, 0.985, 0.987].entries()) expect(at(0.01)[i]).toBeCloseTo(expected, 2); // prettier-ignore
  for (const [i, expected] of [0.28, 0.23, 0.12, 0.06, 0.01, 0].entries()) expect(at(0.05)[i]).toBeCloseTo(expected, 2);
  expect(isoPlan(1200)?.n).toBe(80);
  expect(isoPlan(10)).toBeNull();
});

test("two-sided intervals of audits", () => {
  const oracles = [
    [0, 59, 0, 0.0606, 0, 0.0611],
    [0, 299, 0, 0.0123, 0, 0.0127],
    [3, 200, 0.0031, 0.0432, 0.0051, 0.0432],
    [5, 500, 0.0033, 0.0232, 0.0043, 0.0232],
    [1, 93, 0.0003, 0.0585, 0.0019, 0.0584]
  ];
  for (const [k, n, ...expected] of oracles)
    for (const [i, value] of [...clopperPearson(k, n), ...wilson(k, n)].entries())
      expect(value).toBeCloseTo(expected[i], 4);
  // 0 of 72: two-sided 0.04994, one-sided 0.04075, Wilson 0.05065.
  expect(clopperPearson(0, 72)[1]).toBeCloseTo(0.04994, 5);
  expect(clopperPearson(0, 72, 0.9)[1]).toBeCloseTo(0.04075, 5);
  expect(wilson(0, 72)[1]).toBeCloseTo(0.05065, 5);
});
