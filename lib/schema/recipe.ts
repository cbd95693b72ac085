import {z} from "zod";
import {Critics} from "./critics.js";
import {Endpoint} from "./endpoint.js";

const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, "expected a lowercase slug such as word-problems");

/** Where seeds come from. */
export const SeedSource = z.strictObject({
  id: slug.describe("name of this source within the recipe"),
  source: slug.describe("sotu, moby-dick, lodash, states, text, jsonl or parquet"),
  path: z.string().optional().describe("file or folder, relative to the recipe; for text, jsonl and parquet"),
  column: z.string().default("text").describe("field or column that holds the text; for jsonl and parquet"),
  license: z
    .string({error: (issue) => (issue.input === undefined ? "a seed without a licence is refused" : undefined)})
    .min(1, "a seed without a licence is refused")
    .describe("SPDX identifier, or LicenseRef-…"),
  kind: z.enum(["human", "textbook", "simulator"]),
  domain: slug,
  heldOut: z
    .strictObject({dev: z.number().min(0).max(1).default(0), test: z.number().min(0).max(1).default(0)})
    .default({dev: 0, test: 0})
    .describe("shares of the documents kept apart for evaluation, never shown to a generator"),
  limit: z.int().min(1).optional().describe("at most this many seeds, drawn by the recipe's seed"),
  options: z.record(z.string(), z.unknown()).default({})
});

export type SeedSource = z.infer<typeof SeedSource>;

/** One generator at work on one source of seeds. */
export const GenerateStep = z.strictObject({
  generator: slug,
  from: slug.describe("id of a seed source"),
  perSeed: z.int().min(1).default(1).describe("drafts wanted from each seed"),
  limit: z.int().min(1).optional().describe("at most this many seeds of the source"),
  teachers: z
    .array(slug)
    .default([])
    .describe("endpoints whose models the generator asks, in turn by seed; for generators that ask models"),
  image: slug.optional().describe("endpoint that draws the pictures; for generators that have them drawn"),
  accept: z
    .int()
    .min(1)
    .optional()
    .describe(
      "exactly this many kept samples: drafts are asked for until they are there, perSeed of each seed at most"
    ),
  options: z.record(z.string(), z.unknown()).default({})
});

export type GenerateStep = z.infer<typeof GenerateStep>;

/** What the samples of one kind must pass. */
export const KindPolicy = z.strictObject({
  require: z.array(slug).default([]).describe("verifiers whose no rejects a sample"),
  promote: z.array(slug).default([]).describe("verifiers that must all say yes for T1 or T2; else the sample is T3")
});

export type KindPolicy = z.infer<typeof KindPolicy>;

/** What a factory run should do. */
export const Recipe = z.strictObject({
  name: slug,
  description: z.string().default(""),
  seed: z.int().min(0).default(1),
  license: z.string().min(1).describe("licence of the data set that comes out"),
  publishText: z.boolean().default(false).describe("whether a site may carry the samples' text"),
  tokenizer: z.literal("bpe-2048").default("bpe-2048"),
  seeds: z.array(SeedSource).min(1),
  generate: z.array(GenerateStep).min(1),
  policy: z.record(slug, KindPolicy).describe("by kind of sample"),
  endpoints: z.array(Endpoint).default([]).describe("models that generators and critics ask"),
  critics: Critics.prefault({}),
  budget: z
    .strictObject({
      money: z
        .record(z.string().regex(/^[A-Z]{3}$/, "expected a currency such as EUR"), z.number().min(0))
        .default({})
        .describe("most that all requests may cost, by currency"),
      tokens: z.int().min(1).optional().describe("most tokens of all requests, of input and answers")
    })
    .prefault({})
    .describe("what all requests together may take, over all runs of the recipe"),
  prompts: z.string().optional().describe("folder of prompt files that take the place of ours, relative to the recipe"),
  answers: z
    .string()
    .default(".ballast/answers")
    .describe("folder in which the answers of models are kept, relative to the recipe; none is paid twice"),
  dedup: z
    .strictObject({
      shingle: z.int().min(1).default(5).describe("words a shingle"),
      bands: z.int().min(1).default(20),
      rows: z.int().min(1).default(8),
      threshold: z.number().min(0).max(1).default(0.8).describe("exact Jaccard at which a pair is a near duplicate")
    })
    .prefault({}),
  pii: z
    .strictObject({
      also: z
        .array(z.enum(["PERSON", "ADDRESS", "URL", "DATE"]))
        .default([])
        .describe(
          "what counts as personal beside e-mail addresses, phone, card, account and identity numbers and public IP addresses, which always do"
        ),
      seeds: z.enum(["redact", "drop"]).default("redact").describe("what becomes of seeds that hold personal data"),
      key: z
        .string()
        .optional()
        .describe("file with at least 16 secret bytes for the hashes, relative to the recipe; without it one is made")
    })
    .prefault({})
    .describe("personal data: redacted in seeds, refused in samples, redacted in rejects"),
  contamination: z
    .strictObject({
      benchmarks: z
        .array(z.string().min(1))
        .default([])
        .describe("files of held-out items of others, in the clear or as hashes only, relative to the recipe"),
      columns: z
        .strictObject({question: z.string().optional(), answer: z.string().optional(), id: z.string().optional()})
        .prefault({})
        .describe("columns of these files; each found by its usual name where it is not given"),
      block: z
        .array(z.string())
        .default(["ngram-13"])
        .describe("methods whose traces refuse a sample; the others are only reported"),
      key: z.string().optional().describe("file with the key of hashes, relative to the recipe")
    })
    .prefault({})
    .describe("benchmarks that no sample may hold"),
  rules: z
    .strictObject({
      anchor: z.number().min(0).max(1).default(0.3).describe("least share of tokens from T0 and T1"),
      generators: z.int().min(1).default(2).describe("least number of generators behind the generated tokens")
    })
    .prefault({}),
  mix: z
    .partialRecord(z.enum(["T0", "T1", "T2", "T3"]), z.number().min(0))
    .optional()
    .describe("weights by tier to train with; without them the natural shares are taken"),
  shard: z.strictObject({rows: z.int().min(1).default(50_000)}).prefault({})
});

export type Recipe = z.infer<typeof Recipe>;
