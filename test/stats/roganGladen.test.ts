import {expect, test} from "vitest";
import {judgeRates, rate} from "../../lib/stats/judgeRates.js";
import {clopperPearson} from "../../lib/stats/proportion.js";
import {roganGladen} from "../../lib/stats/roganGladen.js";
import {coverage} from "./prevalenceCoverage.js";

const gold = {truePositive: 90, falseNegative: 10, trueNegative: 80, falsePositive: 20};

test("a judge's rates come with exact and Wilson's intervals", () => {
  const {sensitivity, specificity} = judgeRates(gold);
  expect(sensitivity).toMatchObject({value: 0.9, cases: 100, exact: clopperPearson(90, 100)});
  expect(specificity.value).toBe(0.8);
  expect(rate(0, 0)).toEqual({value: null, cases: 0, exact: null, wilson: null});
});

test("the point is (apparent + specificity − 1) / (sensitivity + specificity − 1)", () => {
  const found = roganGladen({positives: 340, trials: 1000}, gold);
  expect(found.prevalence).toBeCloseTo((0.34 + 0.8 - 1) / 0.7, 12);
  expect(found.interval[0]).toBeLessThan(0.2);
  expect(found.interval[1]).toBeGreaterThan(0.2);
});

test("with perfect rates, known for sure, the interval is near the score interval of the judge's share", () => {
  const sure = {truePositive: 1e7, falseNegative: 0, trueNegative: 1e7, falsePositive: 0};
  const {prevalence, interval} = roganGladen({positives: 30, trials: 100}, sure);
  expect(prevalence).toBeCloseTo(0.3, 12);
  // Wilson's for 30 of 100 (R: prop.test(30, 100, correct = FALSE)).
  expect(interval[0]).toBeCloseTo(0.218939, 3);
  expect(interval[1]).toBeCloseTo(0.395849, 3);
});

test("a share that the judge's rates do not allow is clipped, and its interval is not empty", () => {
  const found = roganGladen({positives: 50, trials: 1000}, gold);
  expect(found.unclipped).toBeLessThan(0);
  expect(found).toMatchObject({prevalence: 0, identified: true});
  expect(found.interval[0]).toBe(0);
  expect(found.interval[1]).toBeGreaterThan(0);
});

test("a share that would need other rates than those of the cases of known truth is not in the interval", () => {
  const known = {truePositive: 279, falseNegative: 31, trueNegative: 26, falsePositive: 7};
  // 95 % of 1,000 wrong ones would have been passed, where 7 of 33 were.
  const {prevalence, interval} = roganGladen({positives: 950, trials: 1000}, known);
  expect(prevalence).toBe(1);
  expect(interval[0]).toBeGreaterThan(0.9);
});

test("with ever more judged the interval comes to that of a share known for sure", () => {
  const known = {truePositive: 279, falseNegative: 31, trueNegative: 26, falsePositive: 7};
  const of = (trials: number) => roganGladen({positives: trials / 2, trials}, known).interval;
  const [far, farther] = [of(1e6), of(1e8)];
  // At a million the judged make (0.5 · 0.5 / 1e6) / (0.49² · 0.9 · 0.1 / 310 + 0.51² · 0.21 · 0.79 / 33) = 0.02 % of the
  // variance, and so 0.01 % of a half width of 0.13.
  for (const end of [0, 1]) expect(Math.abs(far[end] - farther[end])).toBeLessThan(0.13 * 2e-4);
});

test("a judge who tells nothing apart leaves everything open", () => {
  const guess = {truePositive: 50, falseNegative: 50, trueNegative: 50, falsePositive: 50};
  expect(roganGladen({positives: 30, trials: 100}, guess)).toEqual({
    prevalence: null,
    unclipped: null,
    interval: [0, 1],
    apparent: 0.3,
    identified: false
  });
  expect(() => roganGladen({positives: 1, trials: 0}, gold)).toThrow("got 1 of 0");
});

test("exchanging positives and negatives mirrors the interval", () => {
  const there = roganGladen({positives: 300, trials: 1000}, gold).interval;
  const turned = {truePositive: 80, falseNegative: 20, trueNegative: 90, falsePositive: 10};
  const back = roganGladen({positives: 700, trials: 1000}, turned).interval;
  expect(there[0]).toBeCloseTo(1 - back[1], 5);
  expect(there[1]).toBeCloseTo(1 - back[0], 5);
});

test("over 1,000 seeds the 95 % interval covers a small share in 93 to 97 % of cases, by a judge little better than chance", () => {
  const {covered} = coverage({sensitivity: 0.7, specificity: 0.6, prevalence: 0.02, gold: [100, 100], trials: 500});
  expect(covered).toBeGreaterThanOrEqual(0.93);
  expect(covered).toBeLessThanOrEqual(0.97);
});
