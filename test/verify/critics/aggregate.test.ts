import {expect, test} from "vitest";
import {createRandom} from "../../../lib/text/random.js";
import {aggregateVotes} from "../../../lib/verify/critics/aggregate.js";

const votes = (...signed: (number | "void" | "abstain")[]) =>
  signed.map((one, i) => ({
    ...{critic: "critic-support", judge: `j${i}`},
    ...(typeof one === "string"
      ? {answer: one, confidence: 0.9}
      : {answer: one > 0 ? ("pass" as const) : ("fail" as const), confidence: Math.abs(one)})
  }));

test("the median of signed confidences decides, of two middle ones the lower", () => {
  expect(aggregateVotes(votes(0.9, -0.6, 0.7))).toEqual({answer: "pass", score: 0.7, passes: 2, fails: 1});
  expect(aggregateVotes(votes(0.9, -0.6, -0.7))).toMatchObject({answer: "fail", score: -0.6});
  expect(aggregateVotes(votes(0.9, 0.8, -0.6, -0.7))).toMatchObject({answer: "fail", score: -0.6});
  expect(aggregateVotes(votes(0.9, 0.8, 0.2), {pass: 0.8})).toMatchObject({answer: "fail", score: 0.8});
});

test("void votes and abstentions do not count, and too few votes decide nothing", () => {
  expect(aggregateVotes(votes(0.9, 0.8, "void"))).toEqual({answer: "no-quorum", score: null, passes: 2, fails: 0});
  expect(aggregateVotes(votes(0.9, 0.8, "void", "abstain", 0.7))).toMatchObject({answer: "pass", score: 0.8});
  expect(aggregateVotes(votes(-0.9, "abstain", "void"), {least: 1})).toMatchObject({answer: "fail", score: -0.9});
});

test("one broken judge, however sure, moves neither median nor trimmed mean beyond what the others say", () => {
  const random = createRandom("votes");
  for (let i = 0; i < 100; i++) {
    const honest = Array.from({length: 2 + random.int(6)}, () => random() * 2 - 1);
    for (const aggregate of ["median", "trimmed-mean"] as const) {
      const {score} = aggregateVotes(votes(...honest, random() < 0.5 ? 1 : -1), {aggregate});
      expect(score).toBeGreaterThanOrEqual(Math.min(...honest) - 1e-12);
      expect(score).toBeLessThanOrEqual(Math.max(...honest) + 1e-12);
      expect(aggregateVotes(votes(...random.shuffle(honest)), {aggregate, least: 2})).toEqual(
        aggregateVotes(votes(...honest), {aggregate, least: 2})
      );
    }
  }
});

test("a trimmed mean leaves out a quarter on each side, one at least", () => {
  // 8 votes: 0.1 0.2 | 0.3 0.4 0.5 0.6 | 0.7 0.8
  expect(aggregateVotes(votes(0.8, 0.1, 0.7, 0.2, 0.6, 0.3, 0.5, 0.4), {aggregate: "trimmed-mean"}).score).toBeCloseTo(0.45, 12); // prettier-ignore
  expect(aggregateVotes(votes(0.9, -0.2, -1, 0.4), {aggregate: "trimmed-mean"}).score).toBeCloseTo(0.1, 12);
});

test("weighed by known rates the score is that of Bayes' rule, whatever judges say of their confidence", () => {
  const judges = {
    j0: {sensitivity: 0.9, specificity: 0.8},
    j1: {sensitivity: 0.7, specificity: 0.95},
    j2: {sensitivity: 0.6, specificity: 0.5}
  };
  const rates = {"critic-support": {prior: 0.3, judges}};
  const of = (...said: Parameters<typeof votes>) => aggregateVotes(votes(...said), {aggregate: "dawid-skene", rates});
  // By hand: right 0.3 × 0.9 × 0.3 × 0.6 = 0.0486 against wrong 0.7 × 0.2 × 0.95 × 0.5 = 0.0665.
  expect(of(0.9, -0.1, 0.5).score).toBeCloseTo(2 * (0.0486 / (0.0486 + 0.0665)) - 1, 12);
  expect(of(0.9, -0.1, 0.5)).toMatchObject({answer: "fail", passes: 2, fails: 1});
  expect(of(0.1, -1, 0.1)).toEqual(of(0.9, -0.1, 0.5));
  // Two that pass and the better one that fails: 0.3 × 0.1 × 0.7 × 0.6 = 0.0126 against 0.7 × 0.8 × 0.05 × 0.5 = 0.014.
  expect(of(-1, 1, 1).score).toBeCloseTo(2 * (0.0126 / 0.0266) - 1, 12);
  expect(of(0.9, 0.9, "void")).toMatchObject({answer: "no-quorum", score: null});
  const unknown = {"critic-support": {prior: 0.3, judges: {j0: judges.j0, j1: judges.j1}}};
  expect(() => aggregateVotes(votes(1, 1, 1), {aggregate: "dawid-skene", rates: unknown})).toThrow(
    "critic-support: expected the rates of j2 on gold sets, got none"
  );
});
