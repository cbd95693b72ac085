import {expect, test} from "vitest";
import {branchAndBound} from "../../lib/mix/branchAndBound.js";
import {cellsOf} from "../../lib/mix/cells.js";
import {createAim, goalAt} from "../../lib/mix/goal.js";
import {Constraints} from "../../lib/mix/constraints.js";
import {createMixFunction, type Setting} from "../../lib/mix/mixFunction.js";
import {polytope} from "../../lib/mix/polytope.js";
import {createSearcher, type Search} from "../../lib/mix/search.js";
import {createSolver} from "../../lib/mix/solver.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import {madeFit} from "./madeFit.js";

const random = createRandom("bound");
const solver = createSolver(await loadHighs());
const names = (k: number) => Array.from({length: k}, (_, i) => `share_T${i}`);
const normals = (k: number, centre: number, sd: number) => Array.from({length: k}, () => centre + sd * random.normal());
const positive = (k: number, low: number, high: number) =>
  Array.from({length: k}, () => low * (high / low) ** random());
const scaled = (k: number) => ({
  inputs: ["n", "d", ...names(k)],
  roles: ["n", "d", ...names(k).map(() => "shares" as const)] as Fit["roles"],
  at: {n: 1e9, d: 2e10}
});
const stored = (k: number) => {
  const supplies = Array.from({length: k}, (_, i) => `supply_T${i}`);
  const {inputs, roles, at} = scaled(k);
  return {
    inputs: [...inputs, ...supplies],
    roles: [...roles, ...supplies.map(() => "supplies" as const)] as Fit["roles"],
    at: {...at, ...Object.fromEntries(supplies.map((name) => [name, 10 ** (9 + 1.5 * random())]))}
  };
};

/** Laws that no rule calls convex, by number of tiers. */
const laws: Readonly<Record<string, (k: number) => Fit>> = {
  "mix-log": (k) => made("mix-log", [...normals(k, 1.5, 0.1), ...normals(k, 0, 0.03)], {inputs: names(k)}),
  "mix-ridge": (k) => made("mix-ridge", [1, ...normals(k, 0.5, 0.1), ...normals(k, 0, 0.03)], {inputs: names(k)}),
  "mix-quadratic": (k) =>
    made("mix-quadratic", [...normals(k, 1.5, 0.1), ...normals((k * (k - 1)) / 2, 0, 0.6)], {inputs: names(k)}),
  "shukor-additive": (k) =>
    made("shukor-additive", [1.4, 400, 900, 0.34, 0.3, ...positive(k, 0.5, 3), ...positive(k, 0.3, 3)], scaled(k)),
  "shukor-joint": (k) =>
    made(
      "shukor-joint",
      [1.2, 0.34, 0.3, 2.5, -0.7, ...positive(k, 0.5, 3), ...positive(k, 0.3, 3), ...positive(2 * k, 100, 900)],
      scaled(k)
    ),
  tier: (k) => made("tier", [1.4, 0.4, 0.3, 1, 0.3, 0.7, 5, 1, 0, 1, ...positive(k - 1, 0.2, 1)], stored(k))
};

function made(law: string, theta: number[], shape: Partial<Parameters<typeof madeFit>[2]>): Fit {
  return madeFit(law, theta, {random, draws: 0, ...shape});
}

function searchOf(fit: Fit): Search {
  const setting: Setting = {...Constraints.parse({}), syntheticByTier: fit.syntheticByTier ?? undefined};
  const cells = cellsOf([fit], setting);
  const n = cells.length;
  const {goal} = createAim(Constraints.parse({}).objective, [createMixFunction(fit, cells, setting)]);
  const anchor = {a: cells.map((_, j) => (j < 2 ? -1 : 0)), bound: -0.3};
  const reference = new Float64Array(n).fill(1 / n);
  return {goal, lambda: 0, reference, space: polytope([anchor], n, solver)!, curved: []};
}

test.for(Object.keys(laws))("no random mix is under the bound of %s, which closes for 3 and 4 tiers", (law) => {
  for (const k of [3, 4, 6]) {
    const search = searchOf(laws[law](k));
    const searcher = createSearcher(search);
    const tolerance = 1e-6 * searcher.scale;
    const local = (w: Float64Array) =>
      searcher.from(
        w.map((v, j) => 0.98 * v + 0.02 * search.space.inside[j]),
        0.02
      ).w;
    let best = Infinity;
    for (let i = 0; i < 2000; i++) {
      const draws = Array.from({length: k}, () => (-Math.log(1 - random())) ** (i % 2 ? 1 : 3));
      const sum = draws.reduce((a, b) => a + b, 0);
      const w = draws.map((v) => v / sum);
      if (w[0] + w[1] >= 0.3) best = Math.min(best, goalAt(search.goal, w));
    }
    const start = search.space.inside;
    const rough = branchAndBound(search, start, solver, {tolerance, local, programs: 1})!;
    const programs = k < 5 ? 300 : 30;
    const whole = branchAndBound(search, start, solver, {tolerance, local, programs})!;
    // HiGHS keeps its rows to 1e-10, and slopes of the goal are some 10 of its scale.
    const rounding = 1e-8 * searcher.scale;
    for (const {least, value} of [rough, whole]) {
      expect(least).toBeLessThanOrEqual(best + rounding);
      expect(least).toBeLessThanOrEqual(value);
    }
    expect(whole.value).toBeLessThanOrEqual(best + tolerance);
    expect(whole.least).toBeGreaterThanOrEqual(rough.least - rounding);
    if (k < 5) expect(whole.value - whole.least, `${k} tiers`).toBeLessThanOrEqual(tolerance);
  }
});

test("the divergence and sums of benchmarks are bounded with it, and what is no sum of ridges is not", () => {
  const search = searchOf(laws["mix-quadratic"](4));
  const options = {tolerance: 1e-6, local: (w: Float64Array) => w};
  const near = {...search, lambda: 0.05};
  const {least, value} = branchAndBound(near, search.space.inside, solver, options)!;
  expect(value - least).toBeLessThanOrEqual(1e-6);
  expect(branchAndBound({...search, goal: {...search.goal, kind: "worst"}}, near.space.inside, solver, options)).toBe(
    null
  );
});
