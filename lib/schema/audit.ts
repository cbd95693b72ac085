import {z} from "zod";
import {Tier} from "./tier.js";
import {Verdict} from "./verdict.js";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, "expected a lowercase slug such as wrong-answer");
const share = z.number().min(0).max(1);

/** When a data set passes: every drawn sample is without a defect, or a sequential test says so. */
export const AuditRule = z.discriminatedUnion("plan", [
  z.strictObject({
    plan: z.literal("zero-defect"),
    /** share of defects that is shown not to be reached */
    defects: z.number().gt(0).lt(1),
    confidence: z.number().gt(0).lt(1)
  }),
  z.strictObject({
    plan: z.literal("sprt"),
    /** share of defects that is fine, and share that is not */
    p0: z.number().gt(0).lt(1),
    p1: z.number().gt(0).lt(1),
    /** probabilities of refusing what is fine, and of accepting what is not */
    alpha: z.number().gt(0).lt(0.5),
    beta: z.number().gt(0).lt(0.5),
    /** drawn samples, after which what is not accepted is refused */
    most: z.int().min(1)
  })
]);

export type AuditRule = z.infer<typeof AuditRule>;

/** A part of the frame, of which samples were drawn at random. */
export const AuditStratum = z.strictObject({
  /** tier/generator/domain; disagreement/tier where judges disagree */
  id: z.string(),
  tier: Tier,
  /** empty where judges disagree */
  generator: z.string(),
  domain: z.string(),
  /** judges disagree on its samples: it is no part of the gate, and where all of it is looked at each sample is decided alone */
  disagreement: z.boolean(),
  size: count,
  chosen: count
});

export type AuditStratum = z.infer<typeof AuditStratum>;

/** Which samples people look at, drawn before anybody looks. */
export const AuditPlan = z.strictObject({
  version: z.literal(1),
  dataset: z.string(),
  /** what was drawn from: kept samples of T2 and T3 */
  frame: z.strictObject({
    /** of id, origin, tier, generator and domain of every sample, sorted by origin */
    sha256,
    rows: count
  }),
  seed: count,
  rule: AuditRule,
  /** whether the data set had votes of judges; without them nothing is known of their disagreement */
  votes: z.boolean(),
  strata: z.array(AuditStratum),
  labellers: z.array(slug).min(1),
  /** what a defect may be called */
  reasons: z.array(slug).min(1),
  /** in the order in which they are looked at */
  samples: z.array(
    z.strictObject({
      id: sha256,
      origin: z.string(),
      stratum: z.string(),
      /** place in the test's sequence, from 1; null where judges disagree */
      place: z.int().min(1).nullable(),
      /** who looks at it, each without the others' word */
      labellers: z.array(slug).min(1)
    })
  )
});

export type AuditPlan = z.infer<typeof AuditPlan>;

/** First line of a labeller's file of tasks: what the plan says, without the samples. */
export const AuditHead = z.strictObject({
  plan: sha256,
  labeller: slug,
  ...AuditPlan.pick({dataset: true, rule: true, strata: true, reasons: true}).shape,
  tasks: count
});

export type AuditHead = z.infer<typeof AuditHead>;

/** One sample that a person looks at. */
export const AuditTask = z.strictObject({
  ...AuditPlan.shape.samples.element.omit({labellers: true}).shape,
  tier: Tier,
  generator: z.string(),
  domain: z.string(),
  kind: z.string(),
  text: z.string(),
  /** text of the seed that it grew from; empty where it is not in the data set */
  source: z.string(),
  /** paths in the data set of the pictures that belong to the text; absent where it has none */
  pictures: z.array(z.string()).optional(),
  verdicts: z.array(Verdict.pick({verifier: true, ok: true, reason: true, score: true, detail: true}))
});

export type AuditTask = z.infer<typeof AuditTask>;

/** What one person said of one sample. */
export const AuditLabel = z.strictObject({
  /** sha256 of the plan */
  plan: sha256,
  id: sha256,
  labeller: slug,
  /** "skip": the person cannot say; it counts as not looked at */
  label: z.enum(["accept", "defect", "skip"]),
  /** what is wrong; empty unless it is a defect */
  reason: z.union([slug, z.literal("")]).default(""),
  note: z.string().default(""),
  /** when it was said, ISO 8601; empty where nobody knows */
  at: z.string().default("")
});

export type AuditLabel = z.infer<typeof AuditLabel>;

const interval = z.tuple([share, share]);

/** What the labels say of a plan: in meta/audit.json and on the card once it was applied. */
export const AuditResult = z.strictObject({
  version: z.literal(1),
  plan: sha256,
  frame: AuditPlan.shape.frame,
  seed: count,
  rule: AuditRule,
  decision: z.enum(["accept", "reject", "go-on"]),
  /** why, in words */
  because: z.string(),
  /** drawn samples that the gate looks at, those looked at so far in its order, and defects among these */
  gate: z.strictObject({
    drawn: count,
    looked: count,
    defects: count,
    /** of the share of defects, each as if the samples were drawn from all alike; null while none was looked at */
    exact: interval.nullable(),
    wilson: interval.nullable(),
    /** of a sequential test: valid although it stops when it looks clear; null for other plans */
    sequential: interval.nullable()
  }),
  /** weighted over all strata; null while a stratum was not looked at */
  overall: z.strictObject({share, wilson: interval, exact: interval, effective: z.number().nullable()}).nullable(),
  strata: z.array(
    z.strictObject({
      ...AuditStratum.shape,
      looked: count,
      defects: count,
      wilson: interval.nullable(),
      decision: z.enum(["accept", "reject", "go-on"])
    })
  ),
  /** by reason, of all samples that are a defect */
  reasons: z.record(z.string(), count),
  labels: z.strictObject({
    all: count,
    skipped: count,
    /** samples that two or more looked at, and those of them on which they differ: a defect if one says so */
    double: count,
    differ: count,
    labellers: z.record(slug, z.strictObject({accept: count, defect: count, skip: count}))
  }),
  /** Krippendorff's alpha of those, nominal; null where it is not defined */
  alpha: z.number().nullable(),
  alphaInterval: z.tuple([z.number(), z.number()]).nullable()
});

export type AuditResult = z.infer<typeof AuditResult>;
