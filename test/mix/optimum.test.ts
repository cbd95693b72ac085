import {describe, expect, test} from "vitest";
import {Constraints} from "../../lib/mix/constraints.js";
import {meanOfWorst} from "../../lib/mix/goal.js";
import {optimize} from "../../lib/mix/optimize.js";
import {createMixPredictor} from "../../lib/mix/predict.js";
import {createSolver} from "../../lib/mix/solver.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {createPrediction} from "../../lib/scaling/prediction.js";
import type {Fit} from "../../lib/schema/fit.js";
import {Plan} from "../../lib/schema/plan.js";
import {createRandom, type Random} from "../../lib/text/random.js";
import {madeFit} from "./madeFit.js";

const tiers = ["T0", "T1", "T2", "T3"];

/** A random mix, flat over the simplex, or near one of its faces. */
function randomMix(n: number, random: Random): number[] {
  const sharp = random() < 0.5 ? 1 : 3;
  const draws = Array.from({length: n}, () => (-Math.log(1 - random())) ** sharp);
  const sum = draws.reduce((a, b) => a + b, 0);
  return draws.map((v) => v / sum);
}

const ruleSets: Readonly<Record<string, {constraints: object; keeps(w: readonly number[]): boolean; mixes?: number}>> =
  {
    "the anchor alone": {constraints: {}, mixes: 100_000, keeps: ([a, b]) => a + b >= 0.3},
    "bounds, supply and a sign": {
      constraints: {
        anchor: 0.4,
        bounds: {T2: [0.1, 0.6], T3: [0, 0.5]},
        supply: {T0: 30},
        tokens: 400,
        rules: [{name: "order", coefficients: {T1: 1, T3: -1}, least: 0}]
      },
      keeps: ([a, b, c, d]) => a + b >= 0.4 && c >= 0.1 && c <= 0.6 && d <= 0.5 && a <= 0.3 && b >= d
    },
    "cost and one generator": {
      constraints: {
        cost: {perToken: {T0: 9e-6, T1: 5e-6, T2: 1e-6, T3: 2e-7}, budget: 400},
        tokens: 1e8,
        generators: {T1: {one: 1}, T2: {one: 3, two: 1}, T3: {two: 1}},
        generatorCap: 0.6
      },
      keeps: ([a, b, c, d]) =>
        a + b >= 0.3 &&
        100 * (9 * a + 5 * b + c + 0.2 * d) <= 400 &&
        0.15 * b + 0.75 * c <= 0.6 * (0.15 * b + c + d) &&
        0.25 * c + d <= 0.6 * (0.15 * b + c + d)
    }
  };

const shareRoles = ["n", "d", "shares", "shares", "shares", "shares"] as const;
const withScale = ["n", "d", "share_T0", "share_T1", "share_T2", "share_T3"];
const scale = {n: 1e9, d: 2e10};
const supply = {supply_T0: 1e9, supply_T1: 4e9, supply_T2: 6e9, supply_T3: 3e10};
const supplies = Object.keys(supply);

const laws: Readonly<Record<string, () => Fit>> = {
  "mix-linear": () => madeFit("mix-linear", [1.5, 1.6, 1.7, 2], {random: createRandom(1)}),
  "mix-log, convex": () =>
    madeFit("mix-log", [1.5, 1.6, 1.4, 1.5, -0.02, -0.01, -0.02, -0.004], {random: createRandom(2)}),
  "mix-log, not convex": () =>
    madeFit("mix-log", [1.5, 1.6, 1.4, 1.5, -0.02, 0.01, -0.02, 0.03], {random: createRandom(3)}),
  "mix-ridge": () =>
    madeFit("mix-ridge", [1, 0.5, 0.6, 0.4, 0.5, -0.02, -0.01, -0.02, -0.004], {random: createRandom(4)}),
  "mix-quadratic, convex": () =>
    madeFit("mix-quadratic", [1.5, 1.6, 1.7, 2, -0.5, -0.6, -0.7, -0.4, -0.5, -0.6], {random: createRandom(5)}),
  "mix-quadratic, not convex": () =>
    madeFit("mix-quadratic", [1.5, 1.6, 1.55, 1.5, 0.5, -0.6, 0.7, 0.4, 0.9, 0.6], {random: createRandom(6)}),
  "mixing-exponential": () => madeFit("mixing-exponential", [1.2, -0.3, -0.8, -2, -0.6, 1], {random: createRandom(7)}),
  "mixing-exponential, rising": () =>
    madeFit("mixing-exponential", [0.7, -0.3, -0.8, -2, -0.6, -1], {random: createRandom(8), lowerIsBetter: false}),
  "shukor-additive": () =>
    madeFit("shukor-additive", [1.4, 400, 900, 0.34, 0.3, 1, 2, 3, 1.5, 0.3, 0.5, 0.4, 0.6], {
      random: createRandom(9),
      inputs: withScale,
      roles: shareRoles,
      at: scale
    }),
  "shukor-joint": () =>
    madeFit(
      "shukor-joint",
      [1.2, 0.34, 0.3, 0.8, 0.7, 1, 2, 3, 1.5, 0.3, 0.5, 0.4, 0.6, 900, 700, 500, 800, 900, 800, 700, 900],
      {
        random: createRandom(10),
        inputs: withScale,
        roles: shareRoles,
        at: scale
      }
    ),
  // Tiers of different worth that complete each other and wear out: 4 · 10⁹ tokens are read more than once of most.
  tier: () =>
    madeFit("tier", [1.4, 0.4, 0.3, 1, 0.3, 0.6, 5, 1, 0, 1, 0.9, 0.5, 0.3], {
      random: createRandom(16),
      inputs: [...withScale, ...supplies],
      roles: [...shareRoles, ...supplies.map(() => "supplies" as const)],
      at: {...scale, ...supply}
    }),
  goyal: () =>
    madeFit("goyal", [1.2, 40, 0.16, 0.15, 0.13, 0.1, 2, 5, 4, 8], {
      random: createRandom(17),
      inputs: [...withScale.slice(1), ...supplies],
      roles: [...shareRoles.slice(1), ...supplies.map(() => "supplies" as const)],
      at: {d: scale.d, ...supply}
    }),
  quadratic: () => madeFit("quadratic", [1.7, -0.5, 0.5], {random: createRandom(11), inputs: ["synthetic_share"]}),
  "quadratic, the wrong way up": () =>
    madeFit("quadratic", [1.7, 0.5, -0.6], {random: createRandom(12), inputs: ["synthetic_share"]}),
  "share-log": () =>
    madeFit("share-log", [1.7, -0.1, -0.1, 0.05, 0.1], {random: createRandom(13), inputs: ["synthetic_share"]}),
  "share-kink": () =>
    madeFit("share-kink", [1.7, -0.2, 0.5, 0.6], {random: createRandom(14), inputs: ["synthetic_share"]}),
  "share-saturating": () =>
    madeFit("share-saturating", [1.7, -0.3, -0.4, 0.2, 0.1], {random: createRandom(15), inputs: ["synthetic_share"]})
};

describe.for(Object.keys(laws))("%s", (name) => {
  test.for(Object.keys(ruleSets))("random mixes that keep %s do not beat the optimum", async (rules) => {
    const fit = laws[name]();
    const {constraints, keeps, mixes = 20_000} = ruleSets[rules];
    const plan = await optimize(fit, {highs: loadHighs, constraints: Constraints.parse(constraints), draws: 20});
    expect(Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
    expect(plan.rules.filter(({ok}) => !ok)).toEqual([]);
    const sign = fit.lowerIsBetter ? 1 : -1;
    const prediction = createPrediction({...fit, draws: []});
    const of = (role: string) => fit.inputs.filter((_, i) => fit.roles[i] === role).map((input) => plan.at[input]);
    const [scalars, stores] = [[...of("n"), ...of("d")], of("supplies")];
    const value = fit.roles.includes("share")
      ? (w: readonly number[]) => prediction.value([0.15 * w[1] + w[2] + w[3]])
      : (w: readonly number[]) => prediction.value([...scalars, ...w, ...stores]);
    const random = createRandom("beat", name, rules);
    let best = Infinity;
    for (let kept = 0; kept < mixes;) {
      const w = randomMix(4, random);
      if (!keeps(w)) continue;
      kept++;
      best = Math.min(best, sign * value(w));
    }
    expect(best).toBeLessThan(Infinity);
    // Weights are written to nine decimals, and slopes are below 30 a unit of share.
    const found = sign * value(tiers.map((tier) => plan.weights[tier]));
    expect(found).toBeLessThanOrEqual(best + 4 * 30 * 1e-9);
    const {kind, gap} = plan.certificate;
    if (kind !== "local") expect(gap).toBeLessThan(2e-7);
  });
});

test("the mean of the worst draws is what a linear program with one variable a draw makes of it", async () => {
  const fit = madeFit("mix-linear", [1.6, 1.55, 1.5, 1.52], {random: createRandom("tail"), spread: 0.05, draws: 120});
  const tail = 0.15;
  const constraints = Constraints.parse({objective: {kind: "quantile", tail}});
  const plan = await optimize(fit, {highs: loadHighs, constraints});
  // Variables: four weights, the level t, the excess of each draw above t (Rockafellar & Uryasev, equation 9).
  const n = fit.draws.length;
  const unit = (entries: Record<number, number>) => Array.from({length: 5 + n}, (_, j) => entries[j] ?? 0);
  const solution = createSolver(await loadHighs()).solve({
    cost: [0, 0, 0, 0, 1, ...fit.draws.map(() => 1 / (tail * n))],
    lower: [0, 0, 0, 0, -100, ...fit.draws.map(() => 0)],
    rows: [
      {a: unit({0: 1, 1: 1, 2: 1, 3: 1}), lower: 1, upper: 1},
      {a: unit({0: 1, 1: 1}), lower: 0.3, upper: Infinity},
      ...fit.draws.map((draw, b) => ({
        a: unit({...draw, 4: -1, [5 + b]: -1}),
        lower: -Infinity,
        upper: 0
      }))
    ]
  });
  expect(plan.objective.value).toBeCloseTo(solution!.value, 7);
  expect(plan.certificate.kind).toBe("convex");
  expect(plan.certificate.gap).toBeLessThan(1e-6);
  const losses = fit.draws.map((draw) => draw.reduce((sum, b, j) => sum + b * plan.weights[tiers[j]], 0));
  expect(meanOfWorst(losses, tail)).toBeCloseTo(plan.objective.value, 7);
});

test("the mean of the worst share counts the last draw in part", () => {
  // The worst 30 % of [1, 2, 3, 4] are 4 whole and a fifth of 3: (4 + .2 · 3) / 1.2.
  expect(meanOfWorst([1, 4, 2, 3], 0.3)).toBeCloseTo(4.6 / 1.2, 12);
  expect(meanOfWorst([1, 4, 2, 3], 1)).toBeCloseTo(2.5, 12);
});

test("the worst case over benchmarks is not beaten, each in its own direction and scale", async () => {
  const random = createRandom("worst");
  const loss = madeFit("mixing-exponential", [1.2, -0.3, -0.8, -2, -0.6, 1], {random, target: "loss"});
  const score = madeFit("mixing-exponential", [0.7, -2, -0.8, -0.4, -0.6, -1], {
    random,
    target: "score",
    lowerIsBetter: false,
    replicateSd: 0.02
  });
  const fits = [loss, score];
  const constraints = Constraints.parse({objective: {kind: "worst"}});
  const plan = await optimize(loss, {highs: loadHighs, constraints, others: [score], draws: 30});
  const predictors = fits.map((fit) => createMixPredictor({...fit, draws: fit.draws.slice(0, 1)}));
  // Gains over the baseline in standard deviations of a replicate: 2 is the made fits' baseline.
  const worst = (weights: Record<string, number>) =>
    Math.min(
      ...fits.map(
        (fit, i) => ((fit.lowerIsBetter ? -1 : 1) * (predictors[i](weights).value - 2)) / fit.baseline.replicateSd!
      )
    );
  expect(plan.objective.value).toBeCloseTo(worst(plan.weights), 5);
  let best = -Infinity;
  for (let i = 0; i < 20_000; i++) {
    const w = randomMix(4, random);
    if (w[0] + w[1] >= 0.3) best = Math.max(best, worst(Object.fromEntries(tiers.map((tier, j) => [tier, w[j]]))));
  }
  expect(plan.objective.value).toBeGreaterThanOrEqual(best - 1e-5);
  expect(plan.certificate.kind).toBe("convex");
  expect(plan.objective.benchmarks.score).toMatchObject({
    scale: 0.02,
    scaleSource: "standard deviation of 6 replicates"
  });
});

test("a shadow price is what a little more room gains", async () => {
  const fit = madeFit("mixing-exponential", [1.2, -0.3, -0.8, -2, -0.6, 1], {random: createRandom("price"), draws: 2});
  const given = {
    generators: {T2: {one: 1}, T3: {two: 1}},
    generatorCaps: {one: 0.7},
    minimum: [{benchmark: "other", value: 1.62}],
    cost: {perToken: {T0: 1e-6, T1: 4e-6, T2: 1e-6, T3: 1e-6}, budget: 150},
    tokens: 1e8
  };
  const other = madeFit("mixing-exponential", [1.2, -2, -0.8, -0.1, -0.6, 1], {
    random: createRandom("o"),
    draws: 2,
    target: "other"
  });
  const solve = (change: object) =>
    optimize(fit, {highs: loadHighs, constraints: Constraints.parse({...given, ...change}), others: [other]});
  const plan = await solve({});
  const changes: Record<string, [number, object]> = {
    anchor: [1e-4, {anchor: 0.3 - 1e-4}],
    "generator one": [1e-4, {generatorCaps: {one: 0.7 + 1e-4}}],
    "minimum other": [1e-4, {minimum: [{benchmark: "other", value: 1.62 + 1e-4}]}],
    cost: [0.05, {cost: {...given.cost, budget: 150.05}}]
  };
  const binding = plan.rules.filter((rule) => rule.binding && rule.shadowPrice! > 1e-6);
  expect(binding.length).toBeGreaterThanOrEqual(2);
  for (const {rule, shadowPrice} of binding) {
    const [step, change] = changes[rule];
    const gained = (plan.objective.value - (await solve(change)).objective.value) / step;
    // The price is the slope at the bound; over a step of 1e-4 of the range it bends by some parts in a thousand.
    expect(Math.abs(gained - shadowPrice!), rule).toBeLessThan(0.02 * shadowPrice!);
  }
});
