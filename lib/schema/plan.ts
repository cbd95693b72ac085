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

/** Weights by tier with the evidence beside them. */
export const Plan = z.strictObject({
  version: z.literal(1),
  /** share of training tokens from each tier; they sum to 1 */
  weights: z.record(z.string(), z.number()),
  syntheticShare: z.number().nullable(),
  bounds: z.record(z.string(), interval),
  /** by benchmark: the prediction at `weights`, and where it is an extrapolation */
  predicted: z.record(z.string(), z.strictObject({value: z.number(), interval, extrapolated: z.boolean()})),
  /** mixes that are not distinguishable from the best, with the share of bootstrap draws that chose each */
  plateau: z.array(
    z.strictObject({weights: z.record(z.string(), z.number()), value: z.number(), probability: z.number()})
  ),
  /** "interior", or the name of the corner or face that the optimum sits on */
  position: z.string(),
  /** the optimum without the rules, and what the rules cost in the target's unit */
  unconstrained: z.strictObject({weights: z.record(z.string(), z.number()), value: z.number(), gap: z.number()}),
  rules: z.array(RuleCheck),
  /** probability over bootstrap draws of falling under the baseline by more than the tolerance; null: not estimable */
  risk: z.strictObject({
    collapse: z.number().nullable(),
    tolerance: z.number().nullable(),
    baseline: z.number(),
    note: z.string()
  }),
  schedule: z.array(
    z.strictObject({from: z.number(), to: z.number(), weights: z.record(z.string(), z.number()), note: z.string()})
  ),
  fit: z.strictObject({law: z.string(), target: z.string(), sha256: z.string()}),
  tokenizer: z.string().nullable()
});

export type Plan = z.infer<typeof Plan>;
