import {expect, test} from "vitest";
import {Constraints} from "../../lib/mix/constraints.js";
import {optimize as optimizeWith, type OptimizeOptions} from "../../lib/mix/optimize.js";
import {createMixPredictor, predict} from "../../lib/mix/predict.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {fit} from "../../lib/scaling/fit.js";
import type {Fit} from "../../lib/schema/fit.js";
import {Plan} from "../../lib/schema/plan.js";
import {createRandom} from "../../lib/text/random.js";
import {mixes, shares, simulate, tierNames} from "../scaling/simulate.js";

const syntheticByTier = {T0: 0, T1: 0.15, T2: 1, T3: 1};
const tiers = ["T0", "T1", "T2", "T3"];

function optimize(found: Fit, options: Omit<OptimizeOptions, "highs"> = {}) {
  return optimizeWith(found, {highs: loadHighs, ...options});
}

function mixFit(law: string, truth: readonly number[], sd = 0.003) {
  const columns = simulate(law, truth, mixes, {sd, seeds: 3, random: createRandom("mix", law), names: tierNames});
  return fit(columns, {law, target: "bpb_dev", syntheticByTier});
}

function shareFit(truth: readonly number[], law = "quadratic", seeds = 3) {
  const random = createRandom("share", law);
  const columns = simulate(law, truth, shares, {sd: 0.004, seeds, random, names: ["synthetic_share"]});
  return fit(columns, {law, target: "bpb_test", syntheticByTier});
}

const log = () => mixFit("mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0]);

test("a plan is what its schema says, and the same each time", async () => {
  const plan = await optimize(await log());
  expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  expect(await optimize(await log())).toEqual(plan);
  expect(Object.values(plan.weights).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 7);
  expect(plan.rules.every((rule) => rule.ok)).toBe(true);
});

test.for([
  ["mix-linear", [1.5, 1.6, 1.7, 2]],
  ["mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0]],
  ["mix-quadratic", [1.5, 1.6, 1.7, 2, -0.2, -0.3, -0.1, 0, 0.1, 0.2]]
] as const)("20,000 random mixes that keep the rules do not beat the optimum of %s", async ([law, truth]) => {
  const found = await mixFit(law, truth);
  const constraints = Constraints.parse({bounds: {T0: [0, 0.25], T3: [0.05, 1]}});
  const plan = await optimize(found, {constraints});
  const random = createRandom("beat", law);
  const predictor = createMixPredictor({...found, draws: found.draws.slice(0, 1)});
  let tried = 0;
  let best = Infinity;
  while (tried < 20_000) {
    const draws = tiers.map(() => -Math.log(1 - random()));
    const sum = draws.reduce((a, b) => a + b, 0);
    const weights = Object.fromEntries(tiers.map((tier, i) => [tier, draws[i] / sum]));
    const inside = tierNames.every((name, i) => weights[tiers[i]] <= found.domain[name][1]);
    if (weights.T0 > 0.25 || weights.T3 < 0.05 || weights.T0 + weights.T1 < 0.3 || !inside) continue;
    tried++;
    best = Math.min(best, predictor(weights).value);
  }
  // Weights are written to nine decimals; slopes are under 30 a unit of share.
  expect(plan.predicted.bpb_dev.value).toBeLessThanOrEqual(best + 4 * 30 * 1e-9);
});

test("a linear law ends in a corner, and the plan says so", async () => {
  const plan = await optimize(await mixFit("mix-linear", [2, 1.8, 1, 1.5]));
  // T2 is best: as much of it as the anchor and the runs (at most .8) allow, the anchor from the better of T0 and T1.
  expect(plan.weights.T2).toBeCloseTo(0.7, 9);
  expect(plan.weights.T1).toBeCloseTo(0.3, 9);
  expect(plan.position).toBe("corner: T0 = 0, T3 = 0 (T0 + T1 ≥ 0.30)");
  const anchor = plan.rules.find(({rule}) => rule === "anchor");
  expect(anchor).toMatchObject({bound: 0.3, ok: true, binding: true});
  // Without the rules .8 of T2 (1.0) and .2 of T3 (1.5) make 1.1; with them .7 and .3 of T1 (1.8) make 1.24. The fit's
  // coefficients are good to about .003 / sqrt(3).
  expect(plan.unconstrained.weights.T2).toBeCloseTo(0.8, 9);
  expect(Math.abs(plan.unconstrained.gap - 0.14)).toBeLessThan(0.01);
});

test("an optimum inside is interior, with the mix nearest to the reference", async () => {
  const reference = {T0: 0.1, T1: 0.2, T2: 0.5, T3: 0.2};
  const plan = await optimize(await shareFit([1.7, -0.5, 0.5]), {constraints: Constraints.parse({reference})});
  expect(plan.position).toBe("interior");
  // x* = .5 of the truth; a quadratic through 27 runs with SD .004 places it to about .01.
  expect(Math.abs(plan.syntheticShare! - 0.5)).toBeLessThan(0.05);
  // T2 and T3 have one synthetic share, so that nothing but the reference sets their ratio.
  expect(plan.weights.T2 / plan.weights.T3).toBeCloseTo(2.5, 5);
  expect(plan.plateau.length).toBeGreaterThan(1);
});

test("a share law that only falls ends at the anchor", async () => {
  const plan = await optimize(await shareFit([2, -0.5], "linear"));
  // The anchor is all T1, of which .15 is generated: .7 + .3 · .15.
  expect(plan.weights.T1).toBeCloseTo(0.3, 7);
  expect(plan.position).toBe("corner: synthetic share 0.745, the highest that is allowed (T0 + T1 ≥ 0.30)");
});

test("rules that cannot be kept together are named, the fewest of them, with their numbers", async () => {
  const constraints = Constraints.parse({anchor: 0.9, bounds: {T0: [0, 0.2], T1: [0, 0.3], T3: [0, 0.6]}});
  const found = await log();
  await expect(optimize(found, {constraints})).rejects.toThrow(
    "most T0 (T0 ≤ 0.2), most T1 (T1 ≤ 0.3), anchor (T0 + T1 ≥ 0.90)"
  );
  const few = Constraints.parse({bounds: {T0: [0.6, 1], T1: [0.6, 1]}});
  await expect(optimize(found, {constraints: few})).rejects.toThrow("least T0 (T0 ≥ 0.6), least T1 (T1 ≥ 0.6)");
});

test("the runs' range is a rule that can be lifted, and a prediction beyond says so", async () => {
  const found = await mixFit("mix-linear", [2, 1.8, 1, 1.5]);
  const inside = await optimize(found, {constraints: Constraints.parse({anchor: 0})});
  expect(inside.weights.T2).toBeCloseTo(0.8, 9);
  const beyond = await optimize(found, {constraints: Constraints.parse({anchor: 0, measured: false})});
  expect(beyond.weights.T2).toBeCloseTo(1, 9);
  expect(beyond.predicted.bpb_dev.extrapolated).toBe(true);
});

test("no generator gives more than its cap of the generated tokens", async () => {
  const generators = {T1: {editor: 1}, T2: {one: 3, two: 1}, T3: {one: 1}};
  const constraints = Constraints.parse({generators, generatorCap: 0.6});
  const plan = await optimize(await mixFit("mix-linear", [2, 1.8, 1, 1.5]), {constraints});
  const rule = plan.rules.find(({rule}) => rule === "generator one")!;
  expect(rule.ok).toBe(true);
  const {T1, T2, T3} = plan.weights;
  const share = (0.75 * T2 + T3) / (0.15 * T1 + T2 + T3);
  expect(rule.value).toBeCloseTo(share, 7);
  expect(share).toBeLessThanOrEqual(0.6 + 1e-6);
});

test("a supply caps a tier at so many epochs", async () => {
  const constraints = Constraints.parse({supply: {T2: 100}, tokens: 1000, repetition: 4});
  const plan = await optimize(await mixFit("mix-linear", [2, 1.8, 1, 1.5]), {constraints});
  expect(plan.weights.T2).toBeCloseTo(0.4, 9);
});

test("collapse risk is the share of draws under the baseline, and needs replicates", async () => {
  const rising = await shareFit([1.5, 0.4], "linear");
  const forced = Constraints.parse({anchor: 0, bounds: {T2: [0.5, 1]}});
  // From .5 on the loss is .2 above the baseline, fifty standard deviations of one run.
  expect((await optimize(rising, {constraints: forced})).risk.collapse).toBe(1);
  expect((await optimize(rising)).risk).toMatchObject({collapse: 0, tolerance: 2 * rising.baseline.replicateSd!});
  const single = await optimize(await shareFit([1.5, 0.4], "linear", 1));
  expect(single.risk.collapse).toBeNull();
  expect(single.risk.note).toContain("not estimable: no mix was run more than once");
});

test("further fits are predicted at the same weights", async () => {
  const plan = await optimize(await log(), {others: [await shareFit([1.7, -0.5, 0.5])]});
  expect(Object.keys(plan.predicted)).toEqual(["bpb_dev", "bpb_test"]);
  expect(plan.predicted.bpb_test).toEqual(predict(await shareFit([1.7, -0.5, 0.5]), plan.weights));
});

test("a fit whose file was sorted predicts the same", async () => {
  const found = await log();
  const sorted = {...found, coefficients: Object.fromEntries(Object.entries(found.coefficients).reverse())};
  const weights = {T0: 0.2, T1: 0.2, T2: 0.5, T3: 0.1};
  expect(predict(sorted, weights)).toEqual(predict(found, weights));
});

test("constraints on a tier that the fit does not have are refused by name", async () => {
  const unknown = Constraints.parse({bounds: {T9: [0, 1]}});
  const found = await log();
  await expect(optimize(found, {constraints: unknown})).rejects.toThrow(
    "bounds: expected one of T0, T1, T2, T3, got T9"
  );
});
