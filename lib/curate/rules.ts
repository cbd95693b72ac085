import type {RuleCheck} from "../schema/plan.js";
import {tiers, type Tier} from "../schema/tier.js";

/** What the rules look at: the tokens of each tier, and the generated ones among them by generator. */
export type TierTokens = Readonly<
  Record<Tier, {readonly tokens: number; readonly generators: Readonly<Record<string, number>>}>
>;

/** Shares of a mix by tier, summing to 1: the weights, or without them the natural shares of the tokens. */
export function shares(tokens: TierTokens, mix?: Partial<Record<Tier, number>>): Record<Tier, number> {
  const weight = (tier: Tier) => (mix === undefined ? tokens[tier].tokens : (mix[tier] ?? 0));
  const total = tiers.reduce((sum, tier) => sum + weight(tier), 0);
  if (!(total > 0)) throw new RangeError(`expected a mix with weights above 0, got ${total} in all`);
  for (const tier of tiers) {
    if (weight(tier) > 0 && tokens[tier].tokens === 0)
      throw new RangeError(`mix.${tier}: expected no weight on a tier without tokens, got ${weight(tier)}`);
  }
  return Object.fromEntries(tiers.map((tier) => [tier, weight(tier) / total])) as Record<Tier, number>;
}

/** The anchor rule: T0 and T1 hold at least `bound` of a mix's tokens. */
export function anchorRule(share: Readonly<Record<Tier, number>>, bound: number): RuleCheck {
  const value = share.T0 + share.T1;
  // A sum of shares that is the bound on paper may fall short of it by rounding.
  return check("anchor", `T0 + T1 ≥ ${bound}`, value, bound, value >= bound - 1e-12);
}

/** The generator rule: the generated tokens of a mix come from at least `bound` generators, or there are none. */
export function generatorRule(tokens: TierTokens, share: Readonly<Record<Tier, number>>, bound: number): RuleCheck {
  const used = new Set<string>();
  for (const tier of tiers) {
    if (share[tier] === 0) continue;
    for (const [id, generated] of Object.entries(tokens[tier].generators)) if (generated > 0) used.add(id);
  }
  const statement = `generated tokens from at least ${bound} generators, or none`;
  return check("generators", statement, used.size, bound, used.size === 0 || used.size >= bound);
}

/** The family rule: no verdict by the family that generated the sample. `breaches` is the number of such verdicts. */
export function familyRule(breaches: number): RuleCheck {
  const checked = check("family", "no verdict by the generator's own family", breaches, 0, breaches === 0);
  return {...checked, binding: false};
}

/** Domains whose generated tokens come from one generator alone, as warnings in words, sorted. */
export function singleGeneratorWarnings(domains: Readonly<Record<string, Readonly<Record<string, number>>>>): string[] {
  return Object.entries(domains)
    .map(([domain, generators]) => ({domain, used: Object.keys(generators).filter((id) => generators[id] > 0)}))
    .filter(({used}) => used.length === 1)
    .map(({domain, used}) => `${domain}: all generated tokens come from ${used[0]} alone`)
    .sort();
}

/** Refuses a breach. @throws Error that names each broken rule with its value and bound */
export function refuse(checks: readonly RuleCheck[]): void {
  const broken = checks.filter(({ok}) => !ok);
  if (broken.length === 0) return;
  throw new Error(
    broken
      .map(({rule, statement, value, bound}) => `rule ${rule} refused: ${statement}; value ${value}, bound ${bound}`)
      .join("\n")
  );
}

function check(rule: string, statement: string, value: number, bound: number, ok: boolean): RuleCheck {
  return {rule, statement, value, bound, ok, binding: value === bound};
}
