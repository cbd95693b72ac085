import {readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import type {Context, Law} from "../../lib/scaling/law.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {profile} from "../../lib/scaling/profile.js";
import {solve} from "../../lib/scaling/solve.js";
import {verdicts} from "../../lib/scaling/verdicts.js";
import {studentTQuantile} from "../../lib/stats/studentT.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData, publicFile} from "../publicData.js";

const context: Context = {tiers: [], varies: new Set(["d"]), lowerIsBetter: true};

/** Vm x / (K + x), for a known answer. */
const michaelisMenten: Law = {
  id: "michaelis-menten",
  title: "Michaelis and Menten",
  formula: "Vm x / (K + x)",
  source: "Bates & Watts (1988), Nonlinear Regression Analysis, appendix 1.3",
  reads: ["d"],
  of: "any",
  parameters: () => [
    {name: "Vm", unit: "target", bounds: [0, 1e6]},
    {name: "K", unit: "tokens", bounds: [0, 1e3]}
  ],
  predict: (theta, x) => (theta[0] * x[0]) / (theta[1] + x[0]),
  gradient(theta, x, out) {
    out[0] = x[0] / (theta[1] + x[0]);
    out[1] = (-theta[0] * x[0]) / (theta[1] + x[0]) ** 2;
    return theta[0] * out[0];
  },
  starts: () => [[200, 0.1]]
};
const conc = [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.1, 1.1];
const rate = [76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200];
const rowsOf = (xs: readonly number[]) => xs.map((x) => Float64Array.of(x));

function solved(law: Law, rows: Float64Array[], y: number[], weight?: number[]) {
  const problem = createProblem(law, context, {rows, y, weight}, objectives.squares);
  return {problem, optimum: solve(problem, law.starts(context, rows, y))};
}

describe("a profile", () => {
  test("of Puromycin's kinetics is that of R's confint.nls", () => {
    const {problem, optimum} = solved(michaelisMenten, rowsOf(conc), rate);
    const {profiles} = profile(problem, optimum, {cluster: "run"});
    // R 4: confint(nls(rate ~ Vm * conc / (K + conc), Puromycin, state == "treated")), which interpolates a spline over
    // steps of half a standard error: good to three digits of the half width.
    const expected = {Vm: [197.302, 229.29], K: [0.046925, 0.08616]};
    for (const [name, [low, high]] of Object.entries(expected)) {
      const {interval} = profiles[name];
      expect(Math.abs(interval[0]! - low)).toBeLessThan(2e-3 * (high - low));
      expect(Math.abs(interval[1]! - high)).toBeLessThan(2e-3 * (high - low));
    }
  });

  test("of a linear law is Student's t interval", () => {
    const random = createRandom("linear profile");
    const x = Array.from({length: 9}, (_, i) => i / 8);
    const y = x.map((v) => 1 + 0.5 * v + 0.1 * random.normal());
    const {problem, optimum} = solved(lawOf("linear"), rowsOf(x), y);
    const mean = x.reduce((a, b) => a + b) / 9;
    const sxx = x.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    const half = studentTQuantile(0.975, 7) * Math.sqrt((2 * optimum.objective) / 7 / sxx);
    const [low, high] = Object.values(profile(problem, optimum).profiles)[1].interval;
    // Roots of a parabola are linear, so that interpolation is exact; refits end at 1e-6 of the objective, which moves
    // a root of 2.4 by (n − k) 1e-6 / (2 · 2.4) ≈ 1e-6.
    expect(Math.abs(low! - (optimum.theta[1] - half))).toBeLessThan(1e-5 * half);
    expect(Math.abs(high! - (optimum.theta[1] + half))).toBeLessThan(1e-5 * half);
  });

  test("reads the error from whole points where they were run again, so that replicates do not hide a misfit", () => {
    const x = [0, 0.2, 0.4, 0.6, 0.8, 1];
    // A curve that the line misses by far more than its replicates differ.
    const bent = x.map((v) => 1 + v + (v - 0.5) ** 2);
    const one = solved(lawOf("linear"), rowsOf(x), bent);
    const wiggle = [-1e-6, 0, 1e-6];
    const many = solved(
      lawOf("linear"),
      rowsOf(x.flatMap((v) => [v, v, v])),
      bent.flatMap((v) => wiggle.map((w) => v + w))
    );
    const alone = Object.values(profile(one.problem, one.optimum).profiles)[1].interval;
    const again = Object.values(profile(many.problem, many.optimum).profiles)[1].interval;
    const counted = Object.values(profile(many.problem, many.optimum, {cluster: "run"}).profiles)[1].interval;
    expect(again[0]).toBeCloseTo(alone[0]!, 5);
    expect(again[1]).toBeCloseTo(alone[1]!, 5);
    // 16 degrees of freedom in place of 4: t falls from 2.78 to 2.12 and the error of the mean by 4 / 16.
    const narrower = (studentTQuantile(0.975, 16) * Math.sqrt(4 / 16)) / studentTQuantile(0.975, 4);
    expect((counted[1]! - counted[0]!) / (again[1]! - again[0]!)).toBeCloseTo(narrower, 4);
  });

  test("of known noise uses it, whatever the residuals are", () => {
    const x = [0, 0.25, 0.5, 0.75, 1];
    const {problem, optimum} = solved(
      lawOf("linear"),
      rowsOf(x),
      x.map((v) => 2 + v),
      x.map(() => 1 / 0.1 ** 2)
    );
    const [low, high] = Object.values(profile(problem, optimum, {known: true}).profiles)[1].interval;
    // Σ (x − ½)² = 0.625
    expect((high! - low!) / 2).toBeCloseTo((1.959964 * 0.1) / Math.sqrt(0.625), 5);
  });

  test("that comes upon a better optimum starts anew from it", () => {
    const {problem, optimum} = solved(michaelisMenten, rowsOf(conc), rate);
    const off = [...optimum.theta].map((v) => 1.1 * v);
    const objective = problem.evaluate(problem.phi(off), new Float64Array(2));
    const found = profile(problem, {theta: off, objective});
    expect(found.objective).toBeCloseTo(optimum.objective, 6);
    expect(found.theta[0]).toBeCloseTo(optimum.theta[0], 3);
  });

  test("refuses a name that is not fitted", () => {
    const {problem, optimum} = solved(michaelisMenten, rowsOf(conc), rate);
    expect(() => profile(problem, optimum, {names: ["Km"]})).toThrow("expected a free parameter of michaelis-menten");
  });
});

describe("a verdict", () => {
  test("says so when the runs do not tell coefficients apart", () => {
    // Far below K the law is Vm / K · x.
    const x = Array.from({length: 12}, (_, i) => 1e-12 * (i + 1));
    const {problem} = solved(michaelisMenten, rowsOf(x), x);
    const theta = [1, 1];
    const objective = problem.evaluate(problem.phi(theta), new Float64Array(2));
    const said = verdicts(problem, profile(problem, {theta, objective}));
    for (const {identified, note} of Object.values(said)) {
      expect(identified).toBe(false);
      expect(note).toMatch(/do not tell it apart|stays within the level/);
    }
  });

  test("says where a profile stays open", () => {
    const random = createRandom("open profile");
    const x = [0.001, 0.002, 0.003, 0.005, 0.008, 0.01, 0.015, 0.02, 0.03];
    const y = x.map((v) => (200 * v) / (0.1 + v) + 6 * random.normal());
    const {problem, optimum} = solved(michaelisMenten, rowsOf(x), y);
    const {K} = verdicts(problem, profile(problem, optimum));
    expect(K.identified).toBe(false);
    expect(K.profile[1]).toBeNull();
    expect(K.note).toMatch(/^the profile stays within the level from [\d.]+ upwards$/);
    expect(K.interval[1]).toBe(1e3);
  });

  test("says so when no runs are left to tell the error from", () => {
    const {problem, optimum} = solved(michaelisMenten, rowsOf([0.1, 0.5]), [100, 180]);
    const said = verdicts(problem, profile(problem, optimum));
    expect(said.K.identified).toBe(false);
    expect(said.K.note).toBe("no runs are left to tell the size of the error from");
  });
});

describe.skipIf(!hasPublicData)("on published runs", () => {
  test("the decay of repeated tokens is not identified with the constants of C4", () => {
    const law = lawOf("repeats");
    const runs = readFileSync(publicFile("scaling/datablations", "fit_set_182.csv"), "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const rows = runs.map(([, n, d, u]) => Float64Array.of(n, d, u));
    const constants = [Math.exp(0.6254804), Math.exp(6.255414), Math.exp(7.3049974), 0.3526596, 0.3526596];
    const told: Context = {tiers: [], varies: new Set(["n", "d", "u"]), lowerIsBetter: true};
    const parameters = law.parameters(told).map((p, i) => (i < 5 ? {...p, fixed: constants[i]} : p));
    const y = runs.map((run) => run[5]);
    const problem = createProblem(law, told, {rows, y}, objectives["huber-log"], parameters);
    const published = problem.evaluate(problem.phi([...constants, 15.387756, 5.309743]), new Float64Array(2));
    // Published to seven digits after the point.
    expect(Math.abs(published - 0.0158259)).toBeLessThan(1e-7);
    const profiles = profile(problem, solve(problem, [[...constants, 15, 5]]));
    expect(profiles.objective).toBeLessThan(published);
    const said = verdicts(problem, profiles)["R_D*"];
    expect(said.identified).toBe(false);
    expect(said.profile[1]).toBeNull();
    // The published value and the flat stretch up to 500 are all within the interval.
    expect(said.profile[0]).toBeLessThan(12);
    expect(said.note).toContain("upwards");
  });
});
