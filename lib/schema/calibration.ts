import {z} from "zod";
import {Critics} from "./critics.js";

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const interval = z.tuple([z.number(), z.number()]);
const ofTwo = interval.nullable();

const Rate = z.strictObject({value: share.nullable(), cases: count, exact: ofTwo, wilson: ofTwo});
const Confusion = z.strictObject({
  truePositive: count,
  falseNegative: count,
  trueNegative: count,
  falsePositive: count
});
const byReason = z.record(z.string(), count);

/** What shapes the word of a critic's judges and of its panel, beside the judges themselves. */
export const CriticBasis = z.strictObject({
  critic: z.string(),
  /** what shapes the vote of a judge */
  asked: z.strictObject({
    version: z.string(),
    /** sha256 of its prompt files, by id */
    prompts: z.record(z.string(), sha256),
    /** sha256 of the other files that its judges are shown */
    files: z.array(sha256)
  }),
  /** how votes become the panel's word */
  aggregation: z.strictObject({
    aggregate: Critics.shape.aggregate.unwrap(),
    least: z.int().min(1),
    pass: z.number(),
    /** sha256 of the judges' rates by which votes are weighed; null where they are not */
    rates: sha256.nullable()
  })
});

export type CriticBasis = z.infer<typeof CriticBasis>;

/** How one judge did on texts whose truth is known. */
const CalibratedJudge = z.strictObject({
  judge: z.string(),
  model: z.string(),
  family: z.string(),
  /** sha256, or "none-api" */
  weights: z.string(),
  /** share of texts on which its vote counts */
  counted: Rate,
  votes: z.strictObject({pass: count, fail: count, abstain: count, void: count}),
  /** void votes by reason */
  voids: byReason,
  confusion: Confusion,
  /** of the votes that count: right texts passed, wrong ones failed */
  sensitivity: Rate,
  specificity: Rate,
  reliability: z
    .strictObject({
      bins: z.array(
        z.strictObject({from: share, to: share, n: count, confidence: share, right: share, interval: interval})
      ),
      error: z.number(),
      interval: interval
    })
    .nullable()
});

export type CalibratedJudge = z.infer<typeof CalibratedJudge>;

/** How a panel and its judges did on texts whose truth is known. "Positive" is a text that is right. */
export const Calibration = z.strictObject({
  gold: z.string(),
  /** of the gold set's texts, sources and labels */
  goldSha256: sha256,
  ...CriticBasis.shape,
  /** texts, right and wrong, and those left out by reason */
  n: count,
  right: count,
  wrong: count,
  left: byReason,
  judges: z.array(CalibratedJudge),
  /** as a gate: right texts accepted, wrong ones not, whatever the reason */
  panel: z.strictObject({
    confusion: Confusion,
    sensitivity: Rate,
    specificity: Rate,
    reasons: byReason,
    /** texts on which counted votes stand on both sides */
    disagreements: count
  }),
  /** Krippendorff's alpha of votes that count */
  alpha: z.strictObject({
    alpha: z.number().nullable(),
    units: count,
    values: count,
    interval: ofTwo,
    undefinedDraws: count
  }),
  /** share of texts of which two judges say the same, where both count */
  pairs: z.array(z.strictObject({a: z.string(), b: z.string(), same: Rate}))
});

export type Calibration = z.infer<typeof Calibration>;

/** What `ballast verify GOLD --calibrate --out FILE` writes. */
export const Calibrations = z.strictObject({version: z.literal(1), reports: z.array(Calibration).min(1)});

export type Calibrations = z.infer<typeof Calibrations>;

/** The calibrations of a run, `meta/calibration.json`: what its recipe names, and what they must fit. */
export const RunCalibrations = z.strictObject({
  version: z.literal(1),
  /** critics of the run that ask judges */
  critics: z.array(CriticBasis),
  files: z.array(z.strictObject({path: z.string(), sha256, reports: z.array(Calibration)}))
});

export type RunCalibrations = z.infer<typeof RunCalibrations>;
