import {z} from "zod";

const share = z.number().min(0).max(1);
const shares = z.array(share);
const numbers = z.array(z.number());

/** A linear rule that every mix of a run keeps: a · w at least, or at most, its bound. */
const MixerRule = z.strictObject({
  rule: z.string(),
  statement: z.string(),
  /** one coefficient a tier */
  a: numbers,
  sense: z.enum(["≥", "≤"]),
  bound: z.number()
});

/** How the learning rate goes with the steps t = 0, 1, …: rate, rate / √(t + 1), or rate · (1 − t / steps) down to 0. */
const MixerRate = z.discriminatedUnion("kind", [
  z.strictObject({kind: z.literal("constant"), rate: z.number().positive()}),
  z.strictObject({kind: z.literal("inverse-sqrt"), rate: z.number().positive()}),
  z.strictObject({kind: z.literal("linear"), rate: z.number().positive(), steps: z.int().positive()})
]);

/** What an online mixer is told at its beginning; it goes with its state. */
export const MixerConfig = z.strictObject({
  method: z.enum(["doremi", "aioli"]).describe("what weights follow: excess loss, or learnt effects on the losses"),
  tiers: z.array(z.string()).min(2),
  weights: shares.describe("the first mix, by tier; one that breaks a rule is replaced by the nearest that does not"),
  rules: z.array(MixerRule).default([]),
  rate: MixerRate.default({kind: "constant", rate: 1}),
  smoothing: share.default(1e-3).describe("part of each mix that is uniform before the rules are applied"),
  reference: numbers.nullable().default(null).describe("doremi: the reference model's loss by tier, nats per token"),
  explore: share.default(0.1).describe("aioli: part of each mix that goes to one tier in turn, to learn its effect"),
  memory: share.default(0.95).describe("aioli: what a step's evidence weighs one step later"),
  ridge: z.number().positive().default(1e-3).describe("aioli: pull of the effects to their mean, in steps a step"),
  tokenizer: z.string().min(1).describe("sha256 of the tokenizer that losses are counted by")
});

export type MixerConfig = z.infer<typeof MixerConfig>;

/** An online mixer between two steps, as it is saved. */
export const MixerState = z.strictObject({
  version: z.literal(1),
  config: MixerConfig,
  /** losses taken so far */
  step: z.int().min(0),
  /** by tier: the mix to train with until the next losses */
  weights: shares,
  /** by tier: the mix without exploration, which the updates act on */
  base: shares,
  /** by tier: the mean of `base` over the steps, DoReMi's answer */
  average: shares,
  /** the last losses; null before the first */
  losses: numbers.nullable(),
  /** aioli: Σ w wᵀ and Σ fall wᵀ over the steps, fading, tiers × tiers row by row; empty for doremi */
  gram: numbers,
  cross: numbers
});

export type MixerState = z.infer<typeof MixerState>;

/**
 * A state from parsed JSON, for losses that are counted by the same tokenizer: weights found with one tokenizer are not
 * those of another.
 *
 * @throws TypeError naming the field, what was expected and what came; RangeError for another tokenizer
 */
export function parseMixer(value: unknown, {tokenizer}: {tokenizer: string}, source = "mixer"): MixerState {
  const result = MixerState.safeParse(value);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
    throw new TypeError(`${source}: ${issues.join("; ")}`);
  }
  const state = result.data;
  const k = state.config.tiers.length;
  const square = state.config.method === "aioli" ? k * k : 0;
  const sizes = {
    weights: [state.weights.length, k],
    base: [state.base.length, k],
    average: [state.average.length, k],
    losses: [state.losses?.length ?? k, k],
    gram: [state.gram.length, square],
    cross: [state.cross.length, square]
  };
  for (const [field, [got, expected]] of Object.entries(sizes))
    if (got !== expected) throw new TypeError(`${source}: ${field}: expected ${expected} numbers, got ${got}`);
  checkConfig(state.config, source);
  checkTokenizer(state.config, tokenizer);
  return state;
}

/** @throws TypeError for tiers given twice, or lists that are not as long as the tiers */
export function checkConfig({tiers, weights, rules, reference}: MixerConfig, source = "mixer"): void {
  const twice = tiers.find((tier, j) => tiers.indexOf(tier) !== j);
  if (twice !== undefined) throw new TypeError(`${source}: tiers: expected each once, got ${twice} again`);
  for (const [field, list] of [
    ["weights", weights] as const,
    ["reference", reference ?? tiers] as const,
    ...rules.map(({rule, a}) => [`rule ${rule}`, a] as const)
  ])
    if (list.length !== tiers.length)
      throw new TypeError(`${source}: ${field}: expected ${tiers.length} numbers, one a tier, got ${list.length}`);
}

/** @throws RangeError where losses are counted by another tokenizer than the mixer's */
export function checkTokenizer({tokenizer: known}: Pick<MixerConfig, "tokenizer">, tokenizer: string): void {
  if (tokenizer !== known)
    throw new RangeError(
      `tokenizer: expected ${known}, which the mixer began with, got ${tokenizer}; weights do not carry over from one tokenizer to another`
    );
}
