import type {RuleCheck} from "../schema/plan.js";
import {brief} from "../text/brief.js";
import {cellOf, type Cell} from "./cells.js";
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
  readonly shown?: {
    readonly bound: number;
    value(weights: readonly number[]): number;
    /** what a unit of the shown bound is in units of the rule's own bound, at a mix */
    unit(weights: readonly number[]): number;
  };
}

/** Differences below this are rounding. */
export const slack = 1e-7;

/**
 * The rules that a mix must keep.
 *
 * @param names of the weights: tiers, or domain/tier; a rule on a tier is on the sum over its domains
 * @param options.synthetic share of generated tokens by tier or domain/tier; needed for the generator rule
 * @param options.measured range of each tier, or of the synthetic share, in the runs
 * @throws RangeError for a tier that is not there, for bounds the wrong way round, for a cost budget without tokens
 */
export function rulesOf(
  constraints: Constraints,
  names: readonly string[],
  {synthetic, measured}: {synthetic: Readonly<Record<string, number>> | null; measured: readonly Rule[]}
): Rule[] {
  const cells = names.map(cellOf);
  const of = (field: string, name: string) => picks(cells, field, name);
  const rules: Rule[] = [];
  for (const name of Object.keys(constraints.reference ?? {})) of("reference", name);
  for (const [name, {share}] of Object.entries(constraints.domains ?? {})) {
    const a = cells.map(({domain}) => Number(domain === name));
    const statement = `${name} is ${show(share)} of all tokens`;
    rules.push({rule: `domain ${name}`, statement, a, sense: "≥", bound: share});
    rules.push({rule: `domain ${name}`, statement, a, sense: "≤", bound: share});
  }
  for (const [name, [low, high]] of Object.entries(constraints.bounds)) {
    if (low > high) throw new RangeError(`bounds.${name}: expected the least first, got [${low}, ${high}]`);
    const a = of("bounds", name);
    rules.push({rule: `least ${name}`, statement: `${name} ≥ ${show(low)}`, a, sense: "≥", bound: low});
    rules.push({rule: `most ${name}`, statement: `${name} ≤ ${show(high)}`, a, sense: "≤", bound: high});
  }
  if (cells.some(({tier}) => /^T[0-3]$/.test(tier)))
    rules.push({
      rule: "anchor",
      statement: `T0 + T1 ≥ ${constraints.anchor.toFixed(2)}`,
      a: cells.map(({tier}) => (tier === "T0" || tier === "T1" ? 1 : 0)),
      sense: "≥",
      bound: constraints.anchor
    });
  rules.push(...generatorRules(constraints, cells, synthetic));
  for (const [name, supply] of Object.entries(constraints.supply)) {
    const a = of("supply", name);
    if (constraints.tokens === undefined) continue;
    rules.push({
      rule: `repetition ${name}`,
      statement: `at most ${show(constraints.repetition)} epochs over ${name}: ${brief(supply)} of ${brief(constraints.tokens)} tokens`,
      a,
      sense: "≤",
      bound: Math.min(1, (constraints.repetition * supply) / constraints.tokens)
    });
  }
  rules.push(...costRule(constraints, cells), ...written(constraints, cells));
  return constraints.measured ? [...rules, ...measured] : rules;
}

/** 1 for every weight that a name stands for: a domain/tier, a tier in all domains, or a domain with all its tiers. */
function picks(cells: readonly Cell[], field: string, name: string): number[] {
  for (const key of ["name", "tier", "domain"] as const) {
    const a = cells.map((cell) => Number(cell[key] === name));
    if (a.includes(1)) return a;
  }
  throw new RangeError(`${field}: expected one of ${cells.map((cell) => cell.name).join(", ")}, got ${name}`);
}

function generatorRules(
  {generators, generatorCap, generatorCaps}: Constraints,
  cells: readonly Cell[],
  synthetic: Readonly<Record<string, number>> | null
): Rule[] {
  const names = [...new Set(Object.values(generators ?? {}).flatMap(Object.keys))].sort();
  for (const name of Object.keys(generatorCaps))
    if (!names.includes(name))
      throw new RangeError(`generatorCaps: expected one of ${names.join(", ") || "the generators"}, got ${name}`);
  if (generators === undefined || synthetic === null) return [];
  const generated = cells.map(({name, tier}) => synthetic[name] ?? synthetic[tier] ?? 0);
  const all = names.map((name) => {
    const parts = cells.map((cell) => {
      const by = generators[cell.name] ?? generators[cell.tier] ?? {};
      const total = Object.values(by).reduce((a, b) => a + b, 0);
      return total === 0 ? 0 : (by[name] ?? 0) / total;
    });
    const most = Math.max(...parts.map((part, i) => (generated[i] === 0 ? 0 : part)));
    return {name, parts, most, cap: generatorCaps[name] ?? generatorCap};
  });
  // A generator that fills the cap in no tier cannot break it in any mix; where none does, the largest stands for all.
  const largest = all.reduce<(typeof all)[number] | null>((a, b) => (a !== null && a.most >= b.most ? a : b), null);
  const able = all.filter(({name, most, cap}) => most > cap || Object.hasOwn(generatorCaps, name));
  return (able.length > 0 || largest === null ? able : [largest]).map(({name, parts, cap}): Rule => {
    const tokens = (weights: readonly number[]) => weights.reduce((sum, w, i) => sum + w * generated[i], 0);
    return {
      rule: `generator ${name}`,
      statement: `at most ${show(cap)} of the generated tokens from ${name}`,
      // Tokens of this generator minus the cap's share of all generated tokens: at most none.
      a: parts.map((part, i) => generated[i] * (part - cap)),
      sense: "≤",
      bound: 0,
      shown: {
        bound: cap,
        value(weights) {
          const all = tokens(weights);
          return all < 1e-12 ? 0 : weights.reduce((sum, w, i) => sum + w * generated[i] * parts[i], 0) / all;
        },
        unit: tokens
      }
    };
  });
}

function costRule({cost, tokens}: Constraints, cells: readonly Cell[]): Rule[] {
  if (cost === undefined) return [];
  if (tokens === undefined) throw new RangeError("cost: expected tokens, the tokens to train on, got none");
  for (const name of Object.keys(cost.perToken)) picks(cells, "cost.perToken", name);
  const {perToken} = cost;
  const each = cells.map(({name, tier, domain}) => perToken[name] ?? perToken[tier] ?? perToken[domain ?? ""] ?? 0);
  // In units of the dearest token, since a token costs millionths.
  const dearest = Math.max(...each) || 1;
  return [
    {
      rule: "cost",
      statement: `${brief(tokens)} tokens cost at most ${brief(cost.budget)}`,
      a: each.map((c) => c / dearest),
      sense: "≤",
      bound: cost.budget / (tokens * dearest),
      shown: {
        bound: cost.budget,
        value: (weights) => tokens * weights.reduce((sum, w, i) => sum + w * each[i], 0),
        unit: () => 1 / (tokens * dearest)
      }
    }
  ];
}

/** Linear rules that the user wrote as data. */
function written({rules}: Constraints, cells: readonly Cell[]): Rule[] {
  return rules.flatMap(({name, coefficients, least, most}, r): Rule[] => {
    if (least === undefined && most === undefined)
      throw new RangeError(`rules[${r}] (${name}): expected least or most, got neither`);
    const a = cells.map(() => 0);
    for (const [of, c] of Object.entries(coefficients))
      for (const [i, on] of picks(cells, `rules[${r}].coefficients`, of).entries()) a[i] += c * on;
    const sum = Object.entries(coefficients)
      .map(
        ([of, c], i) =>
          `${c < 0 ? (i === 0 ? "−" : " − ") : i === 0 ? "" : " + "}${Math.abs(c) === 1 ? "" : `${show(Math.abs(c))} `}${of}`
      )
      .join("");
    return [
      ...(least === undefined
        ? []
        : [{rule: name, statement: `${sum} ≥ ${show(least)}`, a, sense: "≥" as const, bound: least}]),
      ...(most === undefined
        ? []
        : [{rule: name, statement: `${sum} ≤ ${show(most)}`, a, sense: "≤" as const, bound: most}])
    ];
  });
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
