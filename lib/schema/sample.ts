import {z} from "zod";
import {Media, Picture} from "./media.js";
import {Tier} from "./tier.js";
import {Verdict} from "./verdict.js";

/** A run of a sample's text that was copied from a seed: text.slice(start, end) is seed.text.slice(from, from + end − start). */
export const Span = z.strictObject({
  /** offset in the sample's text, UTF-16 code units */
  start: z.int().min(0),
  end: z.int().min(0),
  /** sha256 of the seed */
  seed: z.string(),
  /** offset in the seed's text, UTF-16 code units */
  from: z.int().min(0)
});

export type Span = z.infer<typeof Span>;

/** What a generator yields: a candidate that nobody has verified yet. */
export const Draft = z.strictObject({
  /** canonical training text; a verifier judges from this alone */
  text: z.string(),
  /** the same content in structured form, for people and tools; never trusted by a verifier */
  payload: z.record(z.string(), z.unknown()),
  domain: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** shape of the text: prose, problem, task, trajectory, game, cloze … */
  kind: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** the best tier its origin allows */
  ceiling: Tier,
  /** copied runs, in order, not overlapping; one span over the whole text for a T0 sample */
  spans: z.array(Span),
  /** endpoints whose models wrote it; none where no model was asked */
  writers: z.array(z.string()).optional(),
  /** pictures that belong to the text, their bytes stored by whoever drew them; none where it does not say */
  media: z.array(Picture).optional(),
  /**
   * what critics may find support in, in place of the seed's text: what code alone made of it, never what a model wrote. It
   * is all that they are shown of the seed, so that what may not leave it does not
   */
  source: z.string().optional(),
  /** what became of a draft that a model did not give: it counts, and is refused for this reason (a slug) */
  failed: z.strictObject({reason: z.string().regex(/^[a-z][a-z0-9-]*$/), detail: z.string()}).optional()
});

export type Draft = z.infer<typeof Draft>;

/** One training example with its whole provenance. */
export const Sample = z.strictObject({
  /** sha256 of `text` in UTF-8, hex */
  id: z.string().regex(/^[0-9a-f]{64}$/),
  /** where it was made, unique in a data set: generator/seed prefix/number, e.g. "word-problems/3fa2c91b/7" */
  origin: z.string().min(1),
  text: z.string(),
  /** JSON */
  payload: z.string(),
  domain: z.string(),
  kind: z.string(),
  /** tokens of `text`, by the tokenizer that the card names */
  tokens: z.int().min(0),
  /** tokens that a generator wrote: those not wholly inside a copied span */
  generated: z.int().min(0),
  /** sha256 of the seed */
  seed: z.string(),
  /** generator's id; "human" for seed text passed on unchanged */
  generator: z.string(),
  family: z.string(),
  version: z.string(),
  ceiling: Tier,
  tier: Tier,
  spans: z.array(Span),
  verdicts: z.array(Verdict),
  /** pictures that belong to the text; a data set in which no draft has any has no such field */
  media: z.array(Media).optional()
});

export type Sample = z.infer<typeof Sample>;

/** A sample that was not kept, and why. */
export const Reject = z.strictObject({
  ...Sample.omit({tier: true}).shape,
  /** the stage that refused it: generate, form, contamination, verify, privacy, dedup, quota, audit */
  stage: z.string(),
  /** slug: a verifier's id and its reason ("arithmetic:wrong-answer"), or "exact-duplicate", "near-duplicate", "held-out-overlap" … */
  reason: z.string(),
  detail: z.string(),
  /** personal data that its texts held and that tags such as <EMAIL> stand for; id, tokens and spans are the redacted text's */
  pii: z.array(
    z.strictObject({
      type: z.string(),
      /** HMAC-SHA256 of the value's letters and digits, lower case, under the run's key */
      hash: z.string().regex(/^[0-9a-f]{64}$/)
    })
  )
});

export type Reject = z.infer<typeof Reject>;
