import {z} from "zod";

const interval = z.tuple([z.number(), z.number()]);

/** One law that competed for the same runs. */
export const Candidate = z.strictObject({
  law: z.string(),
  k: z.int(),
  /** objective of the fit: residual sum of squares, or what the law's fit minimises; null: not fitted, see note */
  objective: z.number().nullable(),
  aicc: z.number().nullable(),
  /** k-fold cross-validation: root mean squared error in the target's unit */
  cvRmse: z.number().nullable(),
  note: z.string()
});

/** A law, its coefficients, their intervals, its held-out error, and what it was fitted on. */
export const Fit = z.strictObject({
  version: z.literal(1),
  law: z.string(),
  /** column or SQL expression that was fitted, e.g. "bpb_test" */
  target: z.string(),
  /** whether a smaller target is better */
  lowerIsBetter: z.boolean(),
  /** names of the columns or expressions that the law reads, in the order of its row */
  inputs: z.array(z.string()),
  /** what each input is to the law */
  roles: z.array(z.enum(["n", "d", "u", "loss", "generation", "samples", "cut", "share", "shares", "supplies"])),
  /** parameters that were not estimated, with their values */
  fixed: z.record(z.string(), z.number()),
  /** what the fit minimised */
  objectiveForm: z.strictObject({
    loss: z.enum(["squares", "huber", "asymmetric"]),
    residuals: z.enum(["log", "raw"]),
    delta: z.number(),
    penalty: z.number()
  }),
  /** generated tokens over all tokens within each tier, for laws over synthetic share */
  syntheticByTier: z.record(z.string(), z.number()).nullable(),
  coefficients: z.record(
    z.string(),
    z.strictObject({value: z.number(), interval, identified: z.boolean(), unit: z.string()})
  ),
  objective: z.number(),
  n: z.int(),
  heldOut: z.strictObject({
    n: z.int(),
    meanRelativeError: z.number().nullable(),
    rmse: z.number().nullable(),
    spearman: z.number().nullable()
  }),
  candidates: z.array(Candidate),
  /** bootstrap draws of the coefficients, one row a draw, in the order of `coefficients` */
  draws: z.array(z.array(z.number())),
  level: z.number(),
  seed: z.int(),
  /** range of each input in the runs: predictions outside are extrapolations */
  domain: z.record(z.string(), interval),
  /** prediction at the lowest measured synthetic share and SD between replicates, for collapse risk */
  baseline: z.strictObject({
    inputs: z.record(z.string(), z.number()),
    value: z.number(),
    replicateSd: z.number().nullable(),
    replicates: z.int()
  }),
  data: z.strictObject({
    source: z.string(),
    sha256: z.string(),
    tokenizer: z.string().nullable(),
    where: z.string().nullable()
  })
});

export type Fit = z.infer<typeof Fit>;
