import {z} from "zod";

const interval = z.tuple([z.number(), z.number()]);

/** How predictions compare with what was measured on runs that the fit had not seen; null where not defined. */
const heldOut = z.strictObject({
  n: z.int(),
  meanRelativeError: z.number().nullable(),
  /** in the target's unit */
  rmse: z.number().nullable(),
  spearman: z.number().nullable()
});

/** One law that competed for the same runs. */
const Candidate = z.strictObject({
  law: z.string(),
  k: z.int(),
  /** objective of the fit: residual sum of squares, or what the law's fit minimises; null: not fitted, see note */
  objective: z.number().nullable(),
  aicc: z.number().nullable(),
  /** k-fold cross-validation: root mean squared error in the target's unit */
  cvRmse: z.number().nullable(),
  /** error on larger runs of fits to smaller ones; null: no scale to roll out over, or too few runs for this law */
  rollout: heldOut.nullable(),
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
    z.strictObject({
      value: z.number(),
      /** percentiles of the draws */
      interval,
      /** where the likelihood ratio keeps the coefficient, the others fitted again; a null end is open; null: not made */
      profile: z.tuple([z.number().nullable(), z.number().nullable()]).nullable(),
      identified: z.boolean(),
      /** why it is not identified; else empty */
      note: z.string(),
      unit: z.string()
    })
  ),
  objective: z.number(),
  n: z.int(),
  /** the runs that were held out; without any, of the law's cross-validation */
  heldOut,
  candidates: z.array(Candidate),
  /** what decided between the candidates, in words */
  chosenBy: z.string(),
  /** how the draws were made, and how the intervals were read from them */
  bootstrap: z.strictObject({kind: z.enum(["residual", "case", "cluster"]), method: z.enum(["percentile", "bca"])}),
  /** where the weights of the runs came from: all 1; a given sd; or the spread of replicates, group by group */
  weighting: z.enum(["equal", "sd", "replicates"]),
  /** bootstrap draws of the coefficients, one row a draw, in the order of `coefficients` */
  draws: z.array(z.array(z.number())),
  level: z.number(),
  seed: z.int(),
  /** range of each input in the runs: predictions outside are extrapolations */
  domain: z.record(z.string(), interval),
  /** distinct inputs of the runs, in the order of `inputs`, at most 2,000 of them: outside their hull a prediction
   * extrapolates */
  hull: z.array(z.array(z.number())),
  /** by input that is no share: its largest value in the runs, at which mixes are predicted unless told otherwise */
  at: z.record(z.string(), z.number()),
  /** the runs without which the fit would move most, at most ten, the first the most */
  influence: z.array(
    z.strictObject({
      /** the run by what it was, not by its place: the order of the runs changes nothing in a fit */
      inputs: z.record(z.string(), z.number()),
      value: z.number(),
      seed: z.string(),
      /** Cook's distance: the move of the predictions, in units of their noise and the number of coefficients */
      cooks: z.number(),
      /** by coefficient: how far it moves when this run is left out */
      shift: z.record(z.string(), z.number())
    })
  ),
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
  }),
  /** what a reader has to know of how this was made, in words */
  notes: z.array(z.string()),
  /** the earlier law of a chain, whose prediction this law reads as its loss */
  get first(): z.ZodNullable<typeof Fit> {
    return Fit.nullable();
  }
});

export type Fit = z.infer<typeof Fit>;
