import {z} from "zod";

const interval = z.tuple([z.number(), z.number()]);

/** An anti-collapse rule with the value it saw: a breach names the rule, the value and the bound. */
export const RuleCheck = z.strictObject({
  /** e.g. "anchor" */
  rule: z.string(),
  /** in words, e.g. "T0 + T1 ≥ 0.30" */
  statement: z.string(),
  value: z.number(),
  bound: z.number(),
  ok: z.boolean(),
  /** whether the optimum lies on this rule's bound */
  binding: z.boolean()
});

export type RuleCheck = z.infer<typeof RuleCheck>;

/** A rule of a plan, with what it costs. */
export const PlanRule = RuleCheck.extend({
  /**
   * what the objective would gain for each unit that the bound is relaxed by, in the objective's unit, to first order;
   * 0 where the rule does not bind, null where no such price was determined
   */
  shadowPrice: z.number().nullable()
});

export type PlanRule = z.infer<typeof PlanRule>;

const weights = z.record(z.string(), z.number());

/** What the weights are the best for. */
export const PlanObjective = z.strictObject({
  /** one benchmark; a weighted sum; the worst case over several; the mean of the worst share of the bootstrap draws */
  kind: z.enum(["one", "sum", "worst", "quantile"]),
  /** by benchmark: its weight, and, for sums and worst cases, where its scale starts and what it is counted in */
  benchmarks: z.record(
    z.string(),
    z.strictObject({weight: z.number(), from: z.number(), scale: z.number(), scaleSource: z.string()})
  ),
  /** for kind "quantile": share of the draws, the worst ones, that the mean is over */
  tail: z.number().nullable(),
  /** weight of the divergence from the reference, in the objective's unit per nat */
  lambda: z.number(),
  /** at the weights, without the divergence; of one benchmark in its own unit and direction, else more is better */
  value: z.number(),
  unit: z.string(),
  lowerIsBetter: z.boolean()
});

/** How sure it is that no mix is better. */
export const Certificate = z.strictObject({
  /**
   * "exact": a linear program, a search of the whole line, or a branch and bound that met the optimum; "convex": no local
   * optimum but this; "local": the best of many local searches, with the gap that a branch and bound left, if any
   */
  kind: z.enum(["exact", "convex", "local"]),
  /** how much better another mix could be at most, in the objective's unit; null where nothing bounds it */
  gap: z.number().nullable(),
  note: z.string()
});

export type Certificate = z.infer<typeof Certificate>;

/** Weights by tier with the evidence beside them. */
export const Plan = z.strictObject({
  version: z.literal(1),
  /** share of training tokens from each tier, over all domains, to nine decimals; they sum to 1 */
  weights,
  /** by domain, then by tier: shares of all training tokens; null where the plan knows no domains */
  byDomain: z.record(z.string(), weights).nullable(),
  syntheticShare: z.number().nullable(),
  /** what the rules leave to each tier */
  bounds: z.record(z.string(), interval),
  objective: PlanObjective,
  certificate: Certificate,
  /** values of the other variables that the mix was predicted at, e.g. n and d; empty where the law reads none */
  at: z.record(z.string(), z.number()),
  /** by benchmark: the prediction at `weights`, and where it is an extrapolation */
  predicted: z.record(z.string(), z.strictObject({value: z.number(), interval, extrapolated: z.boolean()})),
  /** mixes that are not distinguishable from the best, with the share of bootstrap draws that chose each */
  plateau: z.array(z.strictObject({weights, value: z.number(), probability: z.number()})),
  /** the best mix of each bootstrap draw under the rules: their mean and their spread, by tier or by domain/tier */
  thompson: z.strictObject({weights, sd: weights, draws: z.int()}).nullable(),
  /** "interior", or the name of the corner or face that the optimum sits on */
  position: z.string(),
  /** the optimum without the rules, and what the rules cost in the objective's unit */
  unconstrained: z.strictObject({weights, value: z.number(), gap: z.number()}),
  /** the best mix for each weight of the divergence: what nearness to the reference costs; divergence in nats */
  tradeOff: z.array(z.strictObject({lambda: z.number(), weights, value: z.number(), divergence: z.number()})),
  rules: z.array(PlanRule),
  /** probability over bootstrap draws of falling under the baseline by more than the tolerance; null: not estimable */
  risk: z.strictObject({
    collapse: z.number().nullable(),
    tolerance: z.number().nullable(),
    baseline: z.number(),
    note: z.string()
  }),
  schedule: z.array(z.strictObject({from: z.number(), to: z.number(), weights, note: z.string()})),
  fit: z.strictObject({law: z.string(), target: z.string(), sha256: z.string()}),
  tokenizer: z.string().nullable()
});

export type Plan = z.infer<typeof Plan>;
