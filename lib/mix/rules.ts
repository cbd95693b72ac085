import type {RuleCheck} from "../schema/plan.js";
import type {Constraints} from "./constraints.js";
import type {Row} from "./linearProgram.js";

/** A rule on the weights: a · w at least, or at most, its bound. */
export interface Rule {
  readonly rule: string;
  readonly statement: string;
  readonly a: readonly number[];
  readonly sense: "≥" | "≤";
  readonly bound: number;
  /** what a reader compares with `shown.bound`, where a · w itself would mean nothing to them */
  readonly shown?: {readonly bound: number; value(weights: readonly number[]): number};
}

/** Differences below this are rounding. */
export const slack = 1e-7;

/**
 * The rules that a mix of these tiers must keep.
 *
 * @param options.synthetic share of generated tokens in each tier, by tier; needed for the generator rule
 * @param options.measured range of each tier, or of the synthetic share, in the runs
 * @throws RangeError for a tier that is not there, or for bounds the wrong way round
 */
export function rulesOf(
  constraints: Constraints,
  tiers: readonly string[],
  {synthetic, measured}: {synthetic: Readonly<Record<string, number>> | null; measured: readonly Rule[]}
): Rule[] {
  const unit = (tier: string) => tiers.map((t) => (t === tier ? 1 : 0));
  const rules: Rule[] = [];
  for (const field of ["bounds", "supply", "reference"] as const)
    for (const tier of Object.keys(constraints[field] ?? {}))
      if (!tiers.includes(tier)) throw new RangeError(`${field}: expected one of ${tiers.join(", ")}, got ${tier}`);
  for (const [tier, [low, high]] of Object.entries(constraints.bounds)) {
    if (low > high) throw new RangeError(`bounds.${tier}: expected the least first, got [${low}, ${high}]`);
    rules.push({rule: `least ${tier}`, statement: `${tier} ≥ ${show(low)}`, a: unit(tier), sense: "≥", bound: low});
    rules.push({rule: `most ${tier}`, statement: `${tier} ≤ ${show(high)}`, a: unit(tier), sense: "≤", bound: high});
  }
  if (tiers.some((tier) => /^T[0-3]$/.test(tier)))
    rules.push({
      rule: "anchor",
      statement: `T0 + T1 ≥ ${constraints.anchor.toFixed(2)}`,
      a: tiers.map((tier) => (tier === "T0" || tier === "T1" ? 1 : 0)),
      sense: "≥",
      bound: constraints.anchor
    });
  rules.push(...generatorRules(constraints, tiers, synthetic));
  if (constraints.tokens !== undefined)
    for (const [tier, supply] of Object.entries(constraints.supply)) {
      const tokens = constraints.tokens;
      rules.push({
        rule: `repetition ${tier}`,
        statement: `at most ${show(constraints.repetition)} epochs over ${tier}, ${supply} tokens of ${tokens}`,
        a: unit(tier),
        sense: "≤",
        bound: Math.min(1, (constraints.repetition * supply) / tokens)
      });
    }
  return constraints.measured ? [...rules, ...measured] : rules;
}

function generatorRules(
  {generators, generatorCap: cap}: Constraints,
  tiers: readonly string[],
  synthetic: Readonly<Record<string, number>> | null
): Rule[] {
  if (generators === undefined || synthetic === null) return [];
  const generated = tiers.map((tier) => synthetic[tier] ?? 0);
  const names = [...new Set(Object.values(generators).flatMap(Object.keys))].sort();
  const all = names.map((name) => {
    const parts = tiers.map((tier) => {
      const by = generators[tier] ?? {};
      const total = Object.values(by).reduce((a, b) => a + b, 0);
      return total === 0 ? 0 : (by[name] ?? 0) / total;
    });
    return {name, parts, most: Math.max(...parts.map((part, i) => (generated[i] === 0 ? 0 : part)))};
  });
  // A generator that fills the cap in no tier cannot break it in any mix; where none does, the largest stands for all.
  const largest = all.reduce<(typeof all)[number] | null>((a, b) => (a !== null && a.most >= b.most ? a : b), null);
  const able = all.filter(({most}) => most > cap);
  return (able.length > 0 || largest === null ? able : [largest]).map(({name, parts}): Rule => ({
    rule: `generator ${name}`,
    statement: `at most ${show(cap)} of the generated tokens from ${name}`,
    // Tokens of this generator minus the cap's share of all generated tokens: at most none.
    a: parts.map((part, i) => generated[i] * (part - cap)),
    sense: "≤",
    bound: 0,
    shown: {
      bound: cap,
      value(weights) {
        const all = weights.reduce((sum, w, i) => sum + w * generated[i], 0);
        return all < 1e-12 ? 0 : weights.reduce((sum, w, i) => sum + w * generated[i] * parts[i], 0) / all;
      }
    }
  }));
}

/** A rule as a row of a linear program. */
export function rowOf({a, sense, bound}: Rule): Row {
  return sense === "≤" ? {a, bound} : {a: a.map((v) => -v), bound: -bound};
}

/** What a rule sees in a mix. */
export function checkRule(rule: Rule, weights: readonly number[]): RuleCheck {
  const value = rule.a.reduce((sum, v, i) => sum + v * weights[i], 0);
  const room = rule.sense === "≤" ? rule.bound - value : value - rule.bound;
  return {
    rule: rule.rule,
    statement: rule.statement,
    value: rule.shown?.value(weights) ?? value,
    bound: rule.shown?.bound ?? rule.bound,
    ok: room >= -slack,
    binding: Math.abs(room) <= 10 * slack
  };
}

function show(value: number): string {
  return String(Number(value.toFixed(4)));
}
