import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import {tierOf} from "../scaling/tierOf.js";
import {bestMix} from "./bestMix.js";
import {bestShare} from "./bestShare.js";
import {simplexRow, smallestConflict} from "./conflict.js";
import {Constraints} from "./constraints.js";
import {linearProgram, type Row} from "./linearProgram.js";
import {createMixPredictor, syntheticShare} from "./predict.js";
import {collapseRisk} from "./risk.js";
import {checkRule, rowOf, rulesOf, type Rule} from "./rules.js";

/** What the best mix of a fit is, before it is written down as a plan. */
export interface Optimum {
  /** in the order of the tiers */
  readonly weights: readonly number[];
  readonly value: number;
  readonly plateau: readonly {weights: readonly number[]; value: number; probability: number}[];
  /** null where the optimum lies on no edge of what is searched */
  readonly edge: string | null;
}

/** What a search for the best mix gets. */
export interface Search {
  readonly fit: Fit;
  readonly tiers: readonly string[];
  /** the simplex and every rule */
  readonly rows: readonly Row[];
  /** mix to stay near where the fit does not decide */
  readonly reference: readonly number[];
}

/**
 * The best weights by tier under the rules, with all that is known about them.
 *
 * Exact for linear laws and for laws over the synthetic share; for the others the best of a local search from every
 * corner. The same arguments give the same plan.
 *
 * @param fit its target is what the weights are chosen for
 * @param options.others fits of other benchmarks, predicted at the weights
 * @param options.sha256 of the fit's file
 * @throws RangeError if no mix keeps the rules, naming the smallest set of rules in conflict with their numbers; if the
 *   fit does not tell which tiers there are; if it cannot tell two tiers apart that the rules leave free
 */
export function optimize(
  fit: Fit,
  {constraints = Constraints.parse({}), others = [], sha256 = ""}: OptimizeOptions = {}
): Plan {
  const synthetic = constraints.syntheticByTier ?? fit.syntheticByTier;
  const known: Fit = {...fit, syntheticByTier: synthetic};
  const tiers = tiersOf(known) ?? [];
  if (tiers.length < 2)
    throw new RangeError(
      "expected the share of generated tokens in two tiers or more, to turn a synthetic share into weights; set syntheticByTier"
    );
  const measured = measuredRules(fit, tiers, synthetic);
  const rules = rulesOf(constraints, tiers, {synthetic, measured});
  const conflict = smallestConflict(rules, tiers.length);
  if (conflict.length > 0)
    throw new RangeError(
      `expected rules that some mix can keep; these cannot be kept together: ${conflict.map((r) => `${r.rule} (${r.statement})`).join(", ")}`
    );
  const reference = tiers.map((tier) => (constraints.reference === undefined ? 1 : (constraints.reference[tier] ?? 0)));
  const find = fit.inputs.length > 1 ? bestMix : bestShare;
  const rowsOf = (some: readonly Rule[]) => [simplexRow(tiers.length), ...some.map(rowOf)];
  const rows = rowsOf(rules);
  const best = find({fit: known, tiers, rows, reference});
  const free = find({fit: known, tiers, rows: rowsOf(constraints.measured ? measured : []), reference});
  const cost = (fit.lowerIsBetter ? 1 : -1) * (best.value - free.value);
  const named = (weights: readonly number[]) => Object.fromEntries(tiers.map((tier, i) => [tier, clean(weights[i])]));
  const weights = named(best.weights);
  const checks = rules.map((rule) => checkRule(rule, best.weights.map(clean)));
  const risk = collapseRisk(known, weights);
  return {
    version: 1,
    weights,
    syntheticShare: synthetic === null ? null : syntheticShare(weights, synthetic),
    bounds: Object.fromEntries(tiers.map((tier, i) => [tier, range(rows, i, tiers.length)])),
    predicted: Object.fromEntries(
      [known, ...others].map((one) => [
        one.target,
        createMixPredictor({...one, syntheticByTier: one.syntheticByTier ?? synthetic})(weights)
      ])
    ),
    plateau: best.plateau.map((point) => ({...point, weights: named(point.weights)})),
    position: position(best, checks),
    unconstrained: {
      weights: named(free.weights),
      value: free.value,
      // Two searches may end a rounding apart.
      gap: cost < 1e-9 * (1 + Math.abs(best.value)) ? 0 : cost
    },
    rules: checks.concat(heldOutRule(constraints, [known, ...others])),
    risk: {...risk, note: [risk.note, ...unchecked(constraints, synthetic)].join("; ")},
    schedule: [
      {
        from: 0,
        to: 1,
        weights,
        note: "one mix from start to end: that is what the runs measured, they say nothing about order"
      }
    ],
    fit: {law: fit.law, target: fit.target, sha256},
    tokenizer: fit.data.tokenizer
  };
}

/** The tiers that a fit's mixes are made of; null where it is over the synthetic share and names none. */
export function tiersOf(fit: Fit): string[] | null {
  if (fit.inputs.length > 1) return fit.inputs.map(tierOf);
  return fit.syntheticByTier === null ? null : Object.keys(fit.syntheticByTier).sort();
}

export interface OptimizeOptions {
  constraints?: Constraints;
  others?: readonly Fit[];
  sha256?: string;
}

/** The ranges that the runs cover, as rules: beyond them the law is a guess. */
function measuredRules(fit: Fit, tiers: readonly string[], synthetic: Readonly<Record<string, number>> | null): Rule[] {
  return fit.inputs.flatMap((input): Rule[] => {
    const [low, high] = fit.domain[input];
    const a =
      fit.inputs.length > 1
        ? tiers.map((tier) => (tier === tierOf(input) ? 1 : 0))
        : tiers.map((tier) => synthetic?.[tier] ?? 0);
    const name = fit.inputs.length > 1 ? tierOf(input) : "synthetic share";
    const show = (v: number) => String(Number(v.toFixed(4)));
    const ends = [
      {sense: "≥", bound: low, free: low <= 0, word: "lowest"},
      {sense: "≤", bound: high, free: high >= 1, word: "highest"}
    ] as const;
    return ends
      .filter(({free}) => !free)
      .map(({sense, bound, word}) => ({
        rule: `measured ${name}`,
        statement: `${name} ${sense} ${show(bound)}, the ${word} of the runs`,
        a,
        sense,
        bound
      }));
  });
}

function heldOutRule({heldOut}: Constraints, fits: readonly Fit[]): Plan["rules"] {
  if (heldOut.length === 0) return [];
  const value = fits.filter((fit) => heldOut.includes(fit.target)).length;
  const statement = `at least one benchmark is held out and human-made: ${heldOut.join(", ")}`;
  return [{rule: "held-out", statement, value, bound: 1, ok: value >= 1, binding: false}];
}

function unchecked(constraints: Constraints, synthetic: Readonly<Record<string, number>> | null): string[] {
  const notes: string[] = [];
  if (constraints.heldOut.length === 0) notes.push("no benchmark was named as held out and human-made");
  if (constraints.generators === undefined || synthetic === null)
    notes.push("the single-generator rule was not checked: the tiers' generators were not given");
  return notes;
}

function position({edge}: Optimum, checks: Plan["rules"]): string {
  if (edge === null) return "interior";
  const binding = [...new Set(checks.filter((check) => check.binding).map((check) => check.statement))];
  return binding.length === 0 ? edge : `${edge} (${binding.join(", ")})`;
}

function range(rows: readonly Row[], at: number, n: number): [number, number] {
  const unit = (sign: number) => Array.from({length: n}, (_, i) => (i === at ? sign : 0));
  return [clean(linearProgram(unit(1), rows)![at]), clean(linearProgram(unit(-1), rows)![at])];
}

function clean(value: number): number {
  const rounded = Number(value.toFixed(9));
  return rounded === 0 ? 0 : rounded;
}
