import {expect, test} from "vitest";
import {decide, sprt, sprtLength, sprtOutcomes} from "../../lib/stats/sprt.js";
import {sprtInterval} from "../../lib/stats/sprtInterval.js";

const of = (p0: number, p1: number) => sprt({p0, p1, alpha: 0.05, beta: 0.05});
const firstClean = (test: ReturnType<typeof sprt>) => {
  let n = 1;
  while (decide(test, n, 0) !== "accept") n++;
  return n;
};

test("lines and the shortest clean run are the published ones", () => {
  for (const [p0, p1, slope, height, clean] of [
    [0.01, 0.05, 0.025, 1.784, 72],
    [0.005, 0.02, 0.0108, 2.101, 194],
    [0.02, 0.06, 0.0365, 2.582, 71]
  ]) {
    // prettier-ignore
    const test = of(p0, p1);
    expect(test.slope).toBeCloseTo(slope, 4);
    expect(test.acceptBelow).toBeCloseTo(height, 3);
    expect(test.rejectAbove).toBeCloseTo(height, 3);
    expect(firstClean(test)).toBe(clean);
  }
});

test("on average it takes 112 items at 1 % and 79 at 5 %, and errs no more than it may", () => {
  const at = (p: number) => sprtOutcomes(of(0.01, 0.05), p, 4000);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  expect(at(0.01).mean).toBeCloseTo(112, -0.3);
  expect(at(0.05).mean).toBeCloseTo(79, -0.3);
  // Wald's bounds: alpha / (1 − beta) and beta / (1 − alpha).
  expect(sum(at(0.01).reject)).toBeLessThan(0.05 / 0.95);
  expect(sum(at(0.05).accept)).toBeLessThan(0.05 / 0.95);
});

test("outcomes are all there are", () => {
  const {accept, reject, running} = sprtOutcomes(of(0.01, 0.05), 0.03, 200);
  const sum = [...accept, ...reject, ...running.values()].reduce((a, b) => a + b, 0);
  expect(sum).toBeCloseTo(1, 12);
});

test("its length leaves one in a thousand undecided where it takes longest", () => {
  const test = of(0.01, 0.05);
  const most = sprtLength(test);
  const open = (p: number) => [...sprtOutcomes(test, p, most).running.values()].reduce((a, b) => a + b, 0);
  expect(open(test.slope)).toBeLessThanOrEqual(0.001);
  for (const p of [0.005, 0.015, 0.02, 0.03, 0.04, 0.08]) expect(open(p)).toBeLessThan(0.0013);
});

test("over all outcomes the interval covers the share in 95 % of them at least", () => {
  const test = of(0.02, 0.1);
  const most = 150;
  const outcomes: {n: number; defects: number; probability(at: ReturnType<typeof sprtOutcomes>): number}[] = [];
  for (let n = 1; n <= most; n++)
    for (let d = 0; d <= n; d++) {
      const said = decide(test, n, d);
      const before = said === "accept" ? decide(test, n - 1, d) : decide(test, n - 1, d - 1);
      if (before !== "go-on") continue;
      if (said === "accept") outcomes.push({n, defects: d, probability: ({accept}) => accept[n]});
      if (said === "reject") outcomes.push({n, defects: d, probability: ({reject}) => reject[n]});
    }
  for (const [d] of sprtOutcomes(test, 0.05, most).running) outcomes.push({n: most, defects: d, probability: ({running}) => running.get(d) ?? 0}); // prettier-ignore
  const possible = outcomes.filter(({probability}) => probability(sprtOutcomes(test, 0.05, most)) > 1e-12);
  const intervals = possible.map(({n, defects}) => sprtInterval(test, n, defects));
  for (const p of [0.005, 0.02, 0.04, 0.06, 0.1, 0.2]) {
    const at = sprtOutcomes(test, p, most);
    let [all, covered] = [0, 0];
    for (const [i, {probability}] of possible.entries()) {
      all += probability(at);
      if (intervals[i][0] <= p && p <= intervals[i][1]) covered += probability(at);
    }
    expect(all).toBeCloseTo(1, 6);
    expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-9);
  }
});

test("an interval of a test that ended before, or of counts that are none, is refused", () => {
  const test = of(0.01, 0.05);
  expect(sprtInterval(test, 72, 0)[0]).toBe(0);
  expect(() => sprtInterval(test, 10, 11)).toThrow("expected 0 to 10 defects");
  expect(() => sprt({p0: 0.05, p1: 0.01, alpha: 0.05, beta: 0.05})).toThrow("expected 0 < p0 < p1 < 1");
});
