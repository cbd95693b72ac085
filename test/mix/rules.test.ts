import {expect, test} from "vitest";
import {Constraints} from "../../lib/mix/constraints.js";
import {optimize} from "../../lib/mix/optimize.js";
import {predict} from "../../lib/mix/predict.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {link} from "../../lib/scaling/chain.js";
import type {Fit} from "../../lib/schema/fit.js";
import {createRandom} from "../../lib/text/random.js";
import {madeFit} from "./madeFit.js";

const exponential = (options: Partial<Parameters<typeof madeFit>[2]> = {}) =>
  madeFit("mixing-exponential", [1.2, -0.3, -0.8, -2, -0.6, 1], {random: createRandom("rules"), draws: 40, ...options});

const solve = (fit: Fit, constraints: object = {}, others: readonly Fit[] = []) =>
  optimize(fit, {highs: loadHighs, constraints: Constraints.parse(constraints), others});

const divergenceOf = (w: Readonly<Record<string, number>>, q: Readonly<Record<string, number>>) =>
  Object.entries(w).reduce((sum, [tier, v]) => sum + (v > 0 ? v * Math.log(v / q[tier]) : 0), 0);

test("domains and tiers: rules on a tier hold for the sum over its domains", async () => {
  const inputs = ["code", "web"].flatMap((domain) => ["T0", "T1", "T2", "T3"].map((tier) => `share_${domain}/${tier}`));
  const fit = madeFit("mixing-exponential", [1, -0.2, -0.4, -2, -1, -0.1, -0.5, -1.8, -1.2, 1], {
    inputs,
    random: createRandom("domains"),
    draws: 30
  });
  const plan = await solve(fit, {bounds: {web: [0.4, 1], T2: [0, 0.5], "code/T2": [0, 0.2]}});
  const {code, web} = plan.byDomain!;
  expect(plan.weights.T0 + plan.weights.T1).toBeCloseTo(0.3, 7);
  expect(code.T2).toBeCloseTo(0.2, 7);
  expect(code.T2 + web.T2).toBeCloseTo(plan.weights.T2, 8);
  expect(Object.values(web).reduce((a, b) => a + b)).toBeGreaterThanOrEqual(0.4 - 1e-7);
  expect(Object.keys(plan.thompson!.weights)).toContain("web/T2");
});

test("domains that were fitted apart keep their shares, each best within itself", async () => {
  const code = exponential({target: "code loss"});
  const web = madeFit("mixing-exponential", [1, -2, -0.3, -0.8, -0.6, 1], {
    random: createRandom("w"),
    draws: 40,
    target: "web loss"
  });
  const plan = await solve(
    code,
    {
      anchor: 0,
      objective: {kind: "sum", benchmarks: {"code loss": 1, "web loss": 1}},
      domains: {code: {share: 0.25, benchmarks: ["code loss"]}, web: {share: 0.75, benchmarks: ["web loss"]}}
    },
    [web]
  );
  // Without an anchor each domain is best at its own lowest exponent.
  expect(plan.byDomain!.code.T2).toBeCloseTo(0.25, 7);
  expect(plan.byDomain!.web.T0).toBeCloseTo(0.75, 7);
  expect(plan.predicted["web loss"].value).toBeCloseTo(1 + Math.exp(-2), 7);
});

test("a bound on the divergence and one on the entropy are met exactly where they bind", async () => {
  const reference = {T0: 0.2, T1: 0.3, T2: 0.3, T3: 0.2};
  const near = await solve(exponential(), {reference, divergence: {most: 0.05}});
  expect(divergenceOf(near.weights, reference)).toBeCloseTo(0.05, 6);
  expect(near.rules.find(({rule}) => rule === "divergence")).toMatchObject({ok: true, binding: true, bound: 0.05});
  expect(near.rules.find(({rule}) => rule === "divergence")!.shadowPrice).toBeGreaterThan(0);
  const wide = await solve(exponential(), {entropy: 1.2});
  const entropy = -Object.values(wide.weights).reduce((sum, w) => sum + w * Math.log(w), 0);
  expect(entropy).toBeCloseTo(1.2, 6);
});

test("the trade-off falls from the optimum to the reference: value for nearness", async () => {
  const reference = {T0: 0.2, T1: 0.3, T2: 0.3, T3: 0.2};
  const {tradeOff, objective} = await solve(exponential(), {reference, divergence: {lambda: 0.01}});
  expect(tradeOff.some(({lambda}) => lambda === 0.01)).toBe(true);
  expect(tradeOff.find(({lambda}) => lambda === 0.01)!.value).toBeCloseTo(objective.value, 8);
  for (const [i, point] of tradeOff.entries()) {
    if (i === 0) continue;
    expect(point.value).toBeGreaterThanOrEqual(tradeOff[i - 1].value - 1e-9);
    expect(point.divergence).toBeLessThanOrEqual(tradeOff[i - 1].divergence + 1e-9);
  }
});

test("a held-out benchmark keeps its least value, by its prediction or by its interval", async () => {
  const human = exponential({target: "human"});
  const shifted: Fit = {...human, coefficients: {...human.coefficients}};
  const set = (name: string, value: number) => (shifted.coefficients[name] = {...shifted.coefficients[name], value});
  set("t[share_T2]", -0.1);
  set("t[share_T0]", -2);
  const moved: Fit = {...shifted, draws: human.draws.map(([c, t0, t1, t2, t3]) => [c, t0 - 1.7, t1, t2 + 1.9, t3])};
  const free = await solve(exponential(), {}, [moved]);
  const rule = {benchmark: "human", value: 1.7};
  const kept = await solve(exponential(), {minimum: [rule]}, [moved]);
  expect(free.predicted.human.value).toBeGreaterThan(1.72);
  expect(kept.predicted.human.value).toBeCloseTo(1.7, 6);
  const sure = await solve(exponential(), {minimum: [{...rule, of: "interval"}]}, [moved]);
  expect(sure.predicted.human.interval[1]).toBeLessThanOrEqual(1.7 + 1e-6);
  expect(sure.objective.value).toBeGreaterThan(kept.objective.value);
  await expect(solve(exponential(), {minimum: [{benchmark: "human", value: 1.1}]}, [moved])).rejects.toThrow(
    /minimum human \(human ≤ 1\.1; the best that the other rules leave is 1\./
  );
});

test("rules in conflict are the fewest, with what each would have to be", async () => {
  const bounds = {T0: [0, 0.2], T1: [0, 0.3], T3: [0, 0.6]};
  await expect(solve(exponential(), {anchor: 0.9, bounds})).rejects.toThrow(
    "most T0 (T0 ≤ 0.2), most T1 (T1 ≤ 0.3), anchor (T0 + T1 ≥ 0.90); with the others kept, most T0 would have to be ≤ 0.6, or most T1 would have to be ≤ 0.7, or anchor would have to be ≥ 0.5"
  );
  const cost = {cost: {perToken: {T0: 2e-6, T1: 1e-6}, budget: 20}, tokens: 1e8};
  await expect(solve(exponential(), cost)).rejects.toThrow("cost (100 M tokens cost at most 20)");
  await expect(solve(exponential(), cost)).rejects.toThrow("cost would have to be ≤ 30");
});

test("rules that leave one mix give that mix; rules that force a weight to zero leave the rest free", async () => {
  const one = await solve(exponential(), {bounds: {T0: [0.3, 0.3], T1: [0, 0], T2: [0.5, 0.5]}});
  expect(one.weights).toEqual({T0: 0.3, T1: 0, T2: 0.5, T3: 0.2});
  const without = await solve(exponential(), {bounds: {T2: [0, 0]}});
  expect(without.weights.T2).toBe(0);
  expect(without.weights.T1).toBeCloseTo(1, 7);
});

test("a law that reads model size is predicted at the runs' largest, or where one says", async () => {
  const roles = ["n", "d", "shares", "shares", "shares", "shares"] as const;
  const inputs = ["params", "tokens", "share_T0", "share_T1", "share_T2", "share_T3"];
  const theta = [1.4, 400, 900, 0.34, 0.3, 1, 2, 3, 1.5, 0.3, 0.5, 0.4, 0.6];
  const fit = madeFit("shukor-additive", theta, {
    inputs,
    roles,
    random: createRandom("scale"),
    at: {params: 1e9, tokens: 2e10},
    domain: {params: [1e8, 1e9], tokens: [1e9, 2e10]}
  });
  const plan = await solve(fit);
  expect(plan.at).toEqual({params: 1e9, tokens: 2e10});
  expect(plan.predicted.loss.extrapolated).toBe(false);
  const larger = await solve(fit, {at: {n: 7e9, tokens: 1e11}});
  expect(larger.at).toEqual({params: 7e9, tokens: 1e11});
  expect(larger.predicted.loss.extrapolated).toBe(true);
  expect(larger.predicted.loss.value).toBeLessThan(plan.predicted.loss.value);
  // The additive law's best mix is the same at every scale; its value is flat there to second order.
  for (const [tier, w] of Object.entries(plan.weights)) expect(larger.weights[tier]).toBeCloseTo(w, 4);
  expect(predict(fit, plan.weights, {at: {params: 7e9, tokens: 1e11}}).value).toBeCloseTo(
    larger.predicted.loss.value,
    6
  );
});

test("the mean of the draws' optima lies among them, and spreads where the draws disagree", async () => {
  const sure = await solve(exponential({spread: 1e-6}));
  expect(sure.thompson!.draws).toBe(40);
  for (const [tier, w] of Object.entries(sure.weights)) expect(sure.thompson!.weights[tier]).toBeCloseTo(w, 3);
  const unsure = await solve(exponential({spread: 1}));
  expect(unsure.thompson!.sd.T2).toBeGreaterThan(0.1);
  expect(Object.values(unsure.thompson!.weights).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
});

test("a benchmark without a fit, a budget without tokens and a rule without a bound are refused by name", async () => {
  const refuse = (constraints: object) => expect(solve(exponential(), constraints)).rejects;
  await refuse({objective: {benchmarks: "mmlu"}}).toThrow("got none of mmlu, but of loss");
  await refuse({cost: {perToken: {}, budget: 1}}).toThrow("cost: expected tokens");
  await refuse({rules: [{name: "x", coefficients: {T0: 1}}]}).toThrow("rules[0] (x): expected least or most");
  await refuse({minimum: [{benchmark: "mmlu"}]}).toThrow("minimum[0]: expected a fit of mmlu");
  await refuse({at: {m: 1e9}}).toThrow("at.m: expected no variable, as the fit reads the mix alone, got m");
  await refuse({entropy: 2}).toThrow("entropy: expected at most log 4");
  const single = {...exponential(), baseline: {...exponential().baseline, replicateSd: null}};
  await expect(solve(single, {objective: {kind: "worst"}})).rejects.toThrow("set objective.scales");
});

test("a benchmark that is read from a predicted loss is best where the loss is, and has its own interval", async () => {
  const loss = exponential();
  const accuracy = madeFit("sigmoid", [0.2, 0.6, 1.8, 3], {
    inputs: ["loss"],
    roles: ["loss"],
    target: "accuracy",
    lowerIsBetter: false,
    random: createRandom("chain"),
    draws: 40,
    domain: {loss: [1, 3]}
  });
  const plan = await solve(link(loss, accuracy));
  const alone = await solve(loss);
  for (const [tier, w] of Object.entries(alone.weights)) expect(plan.weights[tier]).toBeCloseTo(w, 5);
  const [low, high] = plan.predicted.accuracy.interval;
  expect(plan.predicted.accuracy.value).toBeGreaterThan(low);
  expect(plan.predicted.accuracy.value).toBeLessThan(high);
  expect(plan.objective.lowerIsBetter).toBe(false);
});
