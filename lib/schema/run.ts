import {z} from "zod";

/**
 * One measured training run: the row of a runs table that Ballast itself writes. A user's own table may have any
 * columns; `fit` names those it reads.
 */
export const Run = z.strictObject({
  /** e.g. "share", "generations", "verification", "tiers" */
  experiment: z.string(),
  /** the condition compared within an experiment, e.g. "replace", "teacher/supply=100000" */
  arm: z.string(),
  /** runs with the same seed share their corpus draw, so that arms are compared in pairs */
  seed: z.int(),
  /** generation of self-training, 0 for a model trained on human text alone; null where it has no meaning */
  generation: z.int().nullable(),
  /** token budget of the run, repeats included */
  tokens: z.number(),
  /** human tokens available before repeating */
  supply: z.number(),
  /** share of the budget from each tier; they sum to 1 */
  share_T0: z.number(),
  share_T1: z.number(),
  share_T2: z.number(),
  share_T3: z.number(),
  /** generated tokens over all tokens, those inside T1 included */
  synthetic_share: z.number(),
  /** sha256 of the tokenizer; runs counted with different ones are not fitted together */
  tokenizer: z.string(),
  /** benchmark values by name, e.g. bpb_test (bits per byte of held-out human text); flattened into columns on disk */
  benchmarks: z.record(z.string(), z.number())
});

export type Run = z.infer<typeof Run>;
