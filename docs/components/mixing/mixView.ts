import {byDomain, byTier, cellsOf} from "../../lib/mix/cells.js";
import type {Constraints} from "../../lib/mix/constraints.js";
import {checkCurved, curvedRules} from "../../lib/mix/curvedRules.js";
import {referenceShares} from "../../lib/mix/divergence.js";
import {createAim, goalAt} from "../../lib/mix/goal.js";
import {measuredRules} from "../../lib/mix/measuredRules.js";
import {createMixFunction} from "../../lib/mix/mixFunction.js";
import {createMixPredictor, syntheticShare, type MixPrediction} from "../../lib/mix/predict.js";
import {heldOutRisk} from "../../lib/mix/risk.js";
import {checkRule, rulesOf} from "../../lib/mix/rules.js";
import type {Fit} from "../../lib/schema/fit.js";
import type {Plan, RuleCheck} from "../../lib/schema/plan.js";

export type Weights = Record<string, number>;

/** What is said of a mix. */
export interface MixLook {
  readonly checks: readonly RuleCheck[];
  readonly predicted: readonly (MixPrediction & {target: string})[];
  readonly risk: Plan["risk"];
  readonly synthetic: number | null;
}

/** Fits and rules made ready to look at any mix, as fast as a slider moves. */
export interface MixView {
  /** what the weights are shares of: tiers, or domain/tier */
  readonly names: readonly string[];
  look(weights: Weights): MixLook;
  /** the plan with other weights, chosen by hand, and all that depends on them made anew */
  byHand(weights: Weights, plan: Plan | null): Plan;
}

/**
 * Makes a mixer's fits and rules ready.
 *
 * @throws RangeError as optimize does, where rules name what is not there
 */
export function createMixView(fits: readonly Fit[], constraints: Constraints): MixView {
  const synthetic = constraints.syntheticByTier ?? fits[0].syntheticByTier;
  const known = fits.map((fit) => ({...fit, syntheticByTier: fit.syntheticByTier ?? synthetic}));
  const setting = {...constraints, syntheticByTier: synthetic ?? undefined};
  const cells = cellsOf(known, setting);
  const names = cells.map(({name}) => name);
  const functions = known.map((fit) => createMixFunction(fit, cells, setting));
  const aim = createAim(constraints.objective, functions);
  const measured = aim.functions.flatMap((f) => measuredRules(f, cells));
  const distinct = [...new Map(measured.map((rule) => [rule.statement, rule])).values()];
  const rules = rulesOf(constraints, names, {synthetic, measured: distinct});
  const reference = referenceShares(
    cells.map(({name, tier}) => constraints.reference?.[name] ?? constraints.reference?.[tier] ?? 1)
  );
  const curved = curvedRules(constraints, functions, reference);
  const predictors = known.map((fit) => ({target: fit.target, predict: createMixPredictor(fit, setting)}));
  const vector = (weights: Weights) => names.map((name) => weights[name] ?? 0);

  function look(weights: Weights): MixLook {
    const w = vector(weights);
    return {
      checks: [...rules.map((rule) => checkRule(rule, w)), ...curved.map((rule) => checkCurved(rule, w))],
      predicted: predictors.map(({target, predict}) => ({target, ...predict(weights)})),
      risk: heldOutRisk(known, weights, setting, constraints.heldOut),
      synthetic: synthetic === null ? null : syntheticShare(weights, synthetic)
    };
  }

  function byHand(weights: Weights, plan: Plan | null): Plan {
    const w = vector(weights).map((v) => Number(v.toFixed(9)));
    const named = Object.fromEntries(names.map((name, j) => [name, w[j]]));
    const {checks, predicted, risk, synthetic: share} = look(named);
    const value = aim.shown(goalAt(aim.goal, w));
    return {
      version: 1,
      weights: byTier(cells, w),
      byDomain: byDomain(cells, w),
      syntheticShare: share,
      bounds: plan?.bounds ?? Object.fromEntries(names.map((name) => [name, [0, 1] as [number, number]])),
      objective: {...aim.facts, lambda: constraints.divergence.lambda, value},
      certificate: {kind: "local", gap: null, note: "chosen by hand"},
      at: Object.assign({}, ...functions.map(({at}) => at)) as Record<string, number>,
      predicted: Object.fromEntries(predicted.map(({target, ...rest}) => [target, rest])),
      plateau: [],
      thompson: null,
      position: "chosen by hand",
      unconstrained: plan?.unconstrained ?? {weights: named, value, gap: 0},
      tradeOff: [],
      rules: checks.map((check) => ({...check, shadowPrice: null})),
      risk,
      schedule: [{from: 0, to: 1, weights: named, note: "one mix from start to end, chosen by hand"}],
      fit: plan?.fit ?? {law: fits[0].law, target: fits[0].target, sha256: ""},
      tokenizer: fits[0].data.tokenizer
    };
  }
  return {names, look, byHand};
}

/** The weights of a plan by what its sliders are shares of. */
export function weightsOf({weights, byDomain: domains}: Plan): Weights {
  if (domains === null) return {...weights};
  return Object.fromEntries(
    Object.entries(domains).flatMap(([domain, tiers]) =>
      Object.entries(tiers).map(([tier, weight]) => [`${domain}/${tier}`, weight])
    )
  );
}
