import {Constraints} from "../../lib/mix/constraints.js";
import {optimize} from "../../lib/mix/optimize.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {createRandom} from "../../lib/text/random.js";
import {madeFit} from "../mix/madeFit.js";
import type {BenchRow} from "./row.js";

const domains = ["web", "code", "maths", "books", "science", "dialogue", "law"];
const tiers = ["T0", "T1", "T2", "T3"];

/**
 * The optimum over 7 domains × 4 tiers: the whole plan, with the optimum of each of 1,000 bootstrap draws, the plateau
 * over them, shadow prices and the trade-off curve; for the exponential law, for a linear one, and for the mean of the
 * worst draws.
 */
export async function bench(): Promise<BenchRow[]> {
  const inputs = domains.flatMap((domain) => tiers.map((tier) => `${domain}/${tier}`));
  const random = createRandom("bench", "optimum");
  const t = inputs.map(() => -1 + 0.5 * random.normal());
  const exponential = madeFit("mixing-exponential", [2, ...t, 1], {inputs, random, draws: 1000, spread: 0.1});
  const linear = madeFit(
    "mix-linear",
    t.map((v) => 3 + v),
    {inputs, random, draws: 1000, spread: 0.1}
  );
  const rules = {
    bounds: Object.fromEntries(domains.map((domain) => [domain, [0.02, 0.4]])),
    supply: Object.fromEntries(inputs.map((name, i) => [name, 2e9 * (1 + (i % 5))])),
    tokens: 1e11,
    reference: Object.fromEntries(inputs.map((name) => [name, 1]))
  };
  await optimize(linear, {highs: loadHighs, draws: 1});
  const time = async (fit: typeof linear, more: object) => {
    const start = performance.now();
    const plan = await optimize(fit, {highs: loadHighs, constraints: Constraints.parse({...rules, ...more})});
    return {seconds: (performance.now() - start) / 1000, plan};
  };
  const limit = {value: 2, sense: "<="} as const;
  const name = "optimum of 28 weights and of 1,000 bootstrap draws";
  const [main, flat, tail] = [
    await time(exponential, {}),
    await time(linear, {}),
    await time(exponential, {objective: {kind: "quantile"}})
  ];
  const gap = (plan: typeof main.plan) => `${plan.certificate.kind}, gap ${plan.certificate.gap?.toExponential(0)}`;
  return [
    {name: `${name}, exponential law`, value: main.seconds, unit: "s", limit, note: gap(main.plan)},
    {name: `${name}, linear law`, value: flat.seconds, unit: "s", limit, note: gap(flat.plan)},
    {name: `${name}, mean of the worst tenth of the draws`, value: tail.seconds, unit: "s", limit, note: gap(tail.plan)}
  ];
}
