import {readFileSync} from "node:fs";
import {beforeAll, describe, expect, test} from "vitest";
import {Constraints} from "../../lib/mix/constraints.js";
import {optimize} from "../../lib/mix/optimize.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {mixingExponential} from "../../lib/scaling/laws/mixingExponential.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {solve} from "../../lib/scaling/solve.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import {regmixPrior as natural} from "../../scripts/published/regmixPrior.js";
import {hasPublicData, publicFile} from "../publicData.js";
import {madeFit} from "./madeFit.js";

const read = (file: string) => {
  const [head, ...lines] = readFileSync(publicFile("scaling/regmix", file), "utf8").trim().split("\n");
  return {head: head.split(","), rows: lines.map((line) => line.split(",").map(Number))};
};

describe.skipIf(!hasPublicData)("RegMix, loss on Pile-CC, the exponential law", () => {
  let fit: Fit;
  let mean: Record<string, number>;

  beforeAll(() => {
    const mixtures = read("train_mixture_1m.csv");
    const losses = read("train_pile_loss_1m.csv");
    const names = mixtures.head.slice(1);
    const rows = mixtures.rows.map(([, ...w]) => {
      const sum = w.reduce((a, b) => a + b, 0);
      return Float64Array.from(w, (v) => v / sum);
    });
    const at = losses.head.indexOf("metric/the_pile_pile_cc_val_loss");
    const y = losses.rows.map((row) => row[at]);
    const context = {tiers: names, varies: new Set(["shares"] as const), lowerIsBetter: true};
    const problem = createProblem(mixingExponential, context, {rows, y}, {...objectives.huber, delta: 0.01});
    const {theta} = solve(problem, mixingExponential.starts(context, rows, y));
    fit = madeFit("mixing-exponential", Array.from(theta), {inputs: names, random: createRandom("regmix"), draws: 20});
    mean = Object.fromEntries(names.map((name, j) => [name, rows.reduce((sum, w) => sum + w[j], 0) / rows.length]));
  });

  const plan = (change: object) =>
    optimize(fit, {highs: loadHighs, constraints: Constraints.parse({measured: false, ...change})});
  const cc = "train_the_pile_pile_cc";

  test("without a penalty the optimum is Pile-CC alone", async () => {
    const {weights, certificate, position} = await plan({});
    expect(weights[cc]).toBeCloseTo(1, 7);
    expect(certificate.kind).toBe("convex");
    expect(position).toContain("corner");
  });

  test("with .05 a nat from the domains' natural token shares it is 59 % Pile-CC", async () => {
    const penalty = {lambda: 0.05, grid: [0, 0.05]};
    const {weights, certificate, tradeOff} = await plan({reference: natural, divergence: penalty});
    expect(Math.abs(weights[cc] - 0.59)).toBeLessThan(0.005);
    expect(certificate.gap).toBeLessThan(1e-8);
    expect(tradeOff.map((point) => point.weights[cc] > 0.99)).toEqual([true, false]);
    // The prior decides: from the mean of the training mixtures the same penalty leaves 52 %.
    const other = await plan({reference: mean, divergence: penalty});
    expect(Math.abs(other.weights[cc] - 0.524)).toBeLessThan(0.005);
  });
});
