import {describe, expect, test} from "vitest";
import type {Context} from "../../lib/scaling/law.js";
import {tier, tierCollapse} from "../../lib/scaling/laws/tier.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {rowOf} from "../../lib/scaling/rows.js";
import {solve} from "../../lib/scaling/solve.js";
import {contextOf, design, simulateRuns, thetaOf, tiers} from "./tierRuns.js";
import {studies} from "./tierStudies.js";

const all: Omit<Context, "tiers"> = {varies: new Set(["n", "d", "shares", "supplies"]), lowerIsBetter: true};
const one: Context = {tiers: ["all"], varies: new Set(["n", "d", "supplies"]), lowerIsBetter: true};
/** Whole theta from values by name. */
const theta = (law: typeof tier, context: Context, values: Record<string, number>) =>
  law.parameters(context).map(({name, fixed}) => fixed ?? values[name]);
const chinchilla = {E: 1.69, A: 406.4 / 1e9 ** 0.34, alpha: 0.34, B: 410.7 / 1e9 ** 0.28, beta: 0.28, R: 15};

describe("the tier law", () => {
  test("of one tier that is never repeated is Chinchilla's", () => {
    const at = theta(tier, one, chinchilla);
    for (const [n, d] of [
      [7e7, 1e9],
      [7e10, 1.4e12]
    ]) {
      const expected = 1.69 + 406.4 / n ** 0.34 + 410.7 / d ** 0.28;
      expect(tier.predict(at, [n, d, 1, Infinity])).toBeCloseTo(expected, 12);
    }
  });

  test("of one tier that is repeated counts tokens as Muennighoff et al. do", () => {
    const at = theta(tier, one, chinchilla);
    const [d, u] = [8e10, 1e10];
    const worth = u + u * 15 * (1 - Math.exp(-(d / u - 1) / 15));
    const expected = 1.69 + 406.4 / 1e9 ** 0.34 + 410.7 / worth ** 0.28;
    expect(tier.predict(at, [1e9, d, 1, u])).toBeCloseTo(expected, 12);
  });

  test("adds tokens by their quality where tiers replace each other", () => {
    const context = {...all, tiers: ["a", "b"]};
    const at = theta(tier, context, {...chinchilla, rho: 1, "q[b]": 0.25});
    const mixed = tier.predict(at, [1e9, 1e10, 0.6, 0.4, Infinity, Infinity]);
    const pure = tier.predict(at, [1e9, 0.7e10, 1, 0, Infinity, Infinity]);
    expect(mixed).toBeCloseTo(pure, 12);
  });

  test("prefers a mix of equals to either where tiers complete each other", () => {
    const context = {...all, tiers: ["a", "b"]};
    const at = theta(tier, context, {...chinchilla, rho: 0.5, "q[b]": 1});
    const run = (share: number) => tier.predict(at, [1e9, 1e10, 1 - share, share, Infinity, Infinity]);
    expect(run(0.5)).toBeLessThan(run(0));
    // (2 (1/2)^ρ)^(1/ρ) = 2^(1/ρ − 1): at ρ = ½ a mix of halves is worth twice the tokens.
    expect(run(0.5)).toBeCloseTo(tier.predict(at, [1e9, 2e10, 1, 0, Infinity, Infinity]), 12);
  });

  test("with collapse leaves an error that no number of tokens takes away", () => {
    const context = {...all, tiers: ["human", "synthetic"]};
    const at = theta(tierCollapse, context, {...chinchilla, rho: 1, "q[synthetic]": 1, kappa: 0.2});
    const gap =
      tierCollapse.predict(at, [1e9, 1e30, 0.5, 0.5, Infinity, Infinity]) -
      tierCollapse.predict(at, [1e9, 1e30, 1, 0, Infinity, Infinity]);
    expect(gap).toBeCloseTo(0.2 * 0.25, 12);
  });

  test("counts T2, T3 and what is called synthetic as generated unless told otherwise", () => {
    const fixed = (context: Context) =>
      tierCollapse
        .parameters(context)
        .filter(({name}) => name.startsWith("p["))
        .map((p) => p.fixed);
    expect(fixed({...all, tiers})).toEqual([0, 0, 1, 1]);
    expect(fixed({...all, tiers: ["human", "synthetic"]})).toEqual([0, 1]);
    expect(fixed({...all, tiers: ["a", "b"], synthetic: [0.1, 0.9]})).toEqual([0.1, 0.9]);
  });

  test("holds what the runs do not vary", () => {
    const free = (varies: Context["varies"]) =>
      tier
        .parameters({tiers: ["a", "b"], varies, lowerIsBetter: true})
        .filter(({fixed}) => fixed === undefined)
        .map(({name}) => name);
    expect(free(new Set(["share"]))).toEqual(["E", "B", "rho", "q[b]"]);
    expect(free(new Set(["n", "d", "shares", "supplies"]))).toHaveLength(8);
    expect(free(new Set(["n", "d"]))).toEqual(["E", "A", "alpha", "B", "beta"]);
  });

  test("reads one share as two tiers, and runs without size, tokens or supplies", () => {
    const context: Context = {tiers: ["human", "synthetic"], varies: new Set(["share"]), lowerIsBetter: false};
    const at = theta(tier, context, {E: 0.2, B: 0.1, beta: 0.3, rho: 0.5, "q[synthetic]": 1});
    const x = rowOf(tier, {share: 0.5});
    expect(tier.predict(at, x)).toBeCloseTo(0.2 - 0.1 * 2 ** -0.3, 12);
  });

  test.for([tier, tierCollapse])("$id: the gradient is that of the prediction", (law) => {
    const study = {...studies[2], law};
    const at = thetaOf(study);
    const out = new Float64Array(at.length);
    for (const x of design(study)) {
      const value = law.gradient(at, x, out);
      expect(value).toBe(law.predict(at, x));
      for (const [j, {name, fixed}] of law.parameters(contextOf(study)).entries()) {
        if (fixed !== undefined && !name.startsWith("p[") && name !== "sign") continue;
        const h = 1e-4 * Math.max(Math.abs(at[j]), 0.1);
        const moved = (steps: number) => law.predict(at.with(j, at[j] + steps * h), x);
        const slope = (8 * (moved(1) - moved(-1)) - (moved(2) - moved(-2))) / (12 * h);
        // Five points: the error is 1e-16 / 1e-4 of the value from rounding, and h⁴ of the slope, both below this.
        expect(Math.abs(out[j] - slope)).toBeLessThan(1e-9 * Math.max(1, Math.abs(slope), Math.abs(value / h) * 1e-4));
      }
    }
  });

  test.for(studies.filter(({name}) => name !== "supplies beyond reach"))(
    "is found again from runs without noise: $name",
    (study) => {
      const {rows, y} = simulateRuns({...study, sd: 0}, 1);
      const context = contextOf(study);
      const problem = createProblem(study.law, context, {rows, y}, objectives.squares);
      const starts = study.law.starts(context, rows, y);
      expect(starts.length).toBeLessThanOrEqual(60);
      const found = solve(problem, starts);
      // Squares end at 1e-16 of the values' own; what is least told, a tier worth a hundredth, is good to 1e-5.
      for (const [i, v] of thetaOf(study).entries())
        expect(Math.abs(found.theta[i] - v)).toBeLessThan(1e-5 * Math.max(1, Math.abs(v)));
    }
  );

  test("does not depend on the order of runs", () => {
    const {rows, y} = simulateRuns(studies[0], 1);
    const context = contextOf(studies[0]);
    const fit = (order: number[]) => {
      const [r, v] = [order.map((i) => rows[i]), order.map((i) => y[i])];
      return solve(createProblem(tier, context, {rows: r, y: v}, objectives.squares), tier.starts(context, r, v)).theta;
    };
    const forth = fit([...rows.keys()]);
    const back = fit([...rows.keys()].reverse());
    // Sums in another order differ in the last bits, and the search ends where the objective stops falling: 1e-13 of
    // it, which moves coefficients by the square root of that.
    for (const [i, v] of forth.entries()) expect(Math.abs(back[i] - v)).toBeLessThan(1e-5 * Math.max(1, Math.abs(v)));
  });

  test("scales with its units: tokens in thousands change B alone, and as they must", () => {
    const {rows, y} = simulateRuns(studies[0], 1);
    const context = contextOf(studies[0]);
    const scaled = rows.map((x) => x.map((v, i) => (i === 1 || i > 5 ? v / 1000 : v)));
    const fit = (r: Float64Array[]) =>
      solve(createProblem(tier, context, {rows: r, y}, objectives.squares), tier.starts(context, r, y)).theta;
    const [plain, thousands] = [fit(rows), fit(scaled)];
    const beta = plain[4];
    expect(thousands[3] / plain[3]).toBeCloseTo(1000 ** -beta, 4);
    for (const i of [0, 1, 2, 4, 5, 6]) expect(thousands[i]).toBeCloseTo(plain[i], 4);
  });
});
