import {z} from "zod";
import {AuditResult} from "./audit.js";
import {RuleCheck} from "./plan.js";
import {Tier} from "./tier.js";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const interval = z.tuple([z.number(), z.number()]);

const Tokenizer = z.strictObject({id: z.string(), sha256});

/** Provenance of one shard, `<shard>.card.json`. */
export const ShardCard = z.strictObject({
  version: z.literal(1),
  dataset: z.string(),
  shard: z.strictObject({path: z.string(), sha256, bytes: count, rows: count, tokens: count, generated: count}),
  domain: z.string(),
  tier: z.strictObject({id: Tier, rule: z.string(), policySha256: sha256}),
  /** sha256 of the sorted distinct seed hashes, joined by newlines */
  seedHash: sha256,
  seeds: z.array(
    z.strictObject({source: z.string(), license: z.string(), kind: z.string(), seeds: count, rows: count})
  ),
  generators: z.array(
    z.strictObject({id: z.string(), family: z.string(), version: z.string(), rows: count, tokens: count})
  ),
  verifiers: z.array(
    z.strictObject({
      id: z.string(),
      family: z.string(),
      version: z.string(),
      sandbox: z.string(),
      passed: count,
      failed: count
    })
  ),
  tokenizer: Tokenizer
});

export type ShardCard = z.infer<typeof ShardCard>;

const Totals = z.strictObject({rows: count, tokens: count, generated: count, share: z.number()});

/** Provenance of a whole data set, `data-card.json`. */
export const DataCard = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  description: z.string(),
  license: z.string(),
  publishText: z.boolean(),
  recipeSha256: sha256,
  seed: z.int(),
  tokenizer: Tokenizer,
  /** generated = kept + the sum of byReason */
  counts: z.strictObject({
    generated: count,
    kept: count,
    rejected: count,
    byReason: z.record(z.string(), count),
    /** drafts made, kept and rejected by stage, for each generator */
    byGenerator: z.record(
      z.string(),
      z.strictObject({family: z.string(), generated: count, kept: count, rejected: z.record(z.string(), count)})
    )
  }),
  tokens: count,
  /** generated tokens over all tokens, those inside T1 included */
  syntheticShare: z.number(),
  /** tokens of T0 and T1 over all tokens */
  anchorShare: z.number(),
  tiers: z.record(Tier, Totals),
  domains: z.record(z.string(), Totals),
  rules: z.array(RuleCheck),
  warnings: z.array(z.string()),
  seeds: z.array(
    z.strictObject({
      id: z.string(),
      source: z.string(),
      license: z.string(),
      kind: z.string(),
      domain: z.string(),
      train: count,
      heldOut: count,
      /** sha256 of the sorted seed hashes, joined by newlines */
      sha256
    })
  ),
  heldOut: z.strictObject({
    seeds: count,
    /** words of the n-grams that were looked for */
    ngram: z.int(),
    /** samples that shared one with a held-out text, or were its near duplicate: rejected */
    rejected: count
  }),
  /** benchmarks that the samples were searched for; null where the recipe names none */
  contamination: z
    .strictObject({
      /** samples that were looked at */
      documents: count,
      /** of them those refused, by the methods that block */
      blocked: count,
      block: z.array(z.string()),
      benchmarks: z.array(
        z.strictObject({
          benchmark: z.string(),
          items: count,
          /** items known by their hashes alone */
          sealed: count,
          /** items of which some method found a copy, altered or not, and the samples that hold one */
          contaminated: count,
          documents: count
        })
      )
    })
    .nullable(),
  /** models that were asked, by role and endpoint; null where none was */
  models: z
    .strictObject({
      /** version of the table that families were read from */
      families: z.string(),
      asked: z.array(
        z.strictObject({
          role: z.enum(["generate", "judge", "draw"]),
          endpoint: z.string(),
          model: z.string(),
          family: z.string(),
          /** sha256, or "none-api" */
          weights: z.string(),
          /** terms of use of what it writes */
          terms: z.strictObject({train: z.boolean(), jurisdictions: z.array(z.string()), terms: z.string()}),
          requests: count,
          /** tokens, as the endpoint counts them */
          input: count,
          output: count,
          /** drafts that it was asked for or about, and how many of them were kept */
          drafts: count,
          kept: count
        })
      ),
      /** words of each judge, by critic */
      votes: z.array(
        z.strictObject({critic: z.string(), judge: z.string(), pass: count, fail: count, abstain: count, void: count})
      ),
      /** drafts on which judges of one critic were of two minds */
      disagreements: count,
      /** how judges that voted did on texts whose truth is known, by critic and gold set; a judge that is not here is not calibrated */
      calibration: z.array(
        z.strictObject({
          critic: z.string(),
          judge: z.string(),
          model: z.string(),
          family: z.string(),
          weights: z.string(),
          gold: z.string(),
          /** sha256 of the gold set's texts, sources and labels */
          goldSha256: sha256,
          /** texts on which its vote counted, and those of them that are right */
          n: count,
          right: count,
          /** share of right texts that it passed, and of wrong ones that it failed; null without such a text */
          sensitivity: z.number().nullable(),
          specificity: z.number().nullable(),
          /** exact, 95 % */
          intervals: z.strictObject({sensitivity: interval.nullable(), specificity: interval.nullable()})
        })
      ),
      /** drafts that a panel judged, by critic and the judges that sat in it */
      yields: z.array(
        z.strictObject({
          critic: z.string(),
          judges: z.array(z.string()),
          drafts: count,
          passed: count,
          /** share passed, and its exact 95 % interval */
          share: z.number(),
          interval,
          /** share of right ones among the drafts, corrected by how just this panel did on a gold set; none where it was measured on none */
          corrected: z.array(
            z.strictObject({
              gold: z.string(),
              goldSha256: sha256,
              /** of the panel; null where the gold set holds no right text, or no wrong one */
              sensitivity: z.number().nullable(),
              specificity: z.number().nullable(),
              /** null where the gold set does not identify it: one of them is null, or their sum is at most 1; the interval then is [0, 1] */
              share: z.number().nullable(),
              interval
            })
          )
        })
      ),
      /** Krippendorff's alpha of the votes that count (pass, fail), by critic */
      agreement: z.array(
        z.strictObject({
          critic: z.string(),
          /** null where all votes are the same, or no draft has two */
          alpha: z.number().nullable(),
          /** 95 %, of bootstrap draws of drafts */
          interval: interval.nullable(),
          /** drafts with two votes or more, and the votes on them */
          drafts: count,
          votes: count
        })
      )
    })
    .nullable(),
  dedup: z.strictObject({
    shingle: z.int(),
    bands: z.int(),
    rows: z.int(),
    threshold: z.number(),
    exact: count,
    near: count,
    clusters: count,
    largestCluster: count
  }),
  /** what people said of samples that were drawn for them; absent where nobody looked */
  audit: AuditResult.optional(),
  /** pictures under media/, which are named by their hashes; absent where there are none */
  media: z
    .strictObject({
      pictures: count,
      bytes: count,
      /** of a line "<sha256>  <path>" each, sorted by path, joined by newlines */
      sha256
    })
    .optional(),
  /** every file of the data set but this one, README.md and pictures, by path */
  files: z.record(z.string(), z.strictObject({sha256, bytes: count, rows: count.nullable()}))
});

export type DataCard = z.infer<typeof DataCard>;
