import {z} from "zod";

const share = z.number().min(0).max(1);

/** What the weights are to be best for. */
export const Objective = z.strictObject({
  kind: z
    .enum(["one", "sum", "worst", "quantile"])
    .default("one")
    .describe(
      "one: the benchmark itself; sum: a weighted sum; worst: the worst of several; quantile: the mean of the worst share of the bootstrap draws (conditional value at risk)"
    ),
  benchmarks: z
    .union([z.string(), z.array(z.string()).min(1), z.record(z.string(), z.number())])
    .optional()
    .describe(
      "benchmark, list of benchmarks, or weights by benchmark; by default the first fit's, for sum and worst all fits'"
    ),
  scales: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe(
      "what a benchmark's difference to the baseline is counted in, where several are put together; by default its standard deviation between replicates"
    ),
  tail: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe("for quantile: share of the draws, the worst, that the mean is over")
});

export type Objective = z.infer<typeof Objective>;

/**
 * What a mix must keep to, as a user writes it in YAML or JSON. The anti-collapse rules hold without being written:
 * an anchor of 0.30 and the cap on one generator. Cells are named by tier, or by domain/tier; a tier stands for all
 * its domains together, a domain for all its tiers.
 */
export const Constraints = z.strictObject({
  objective: Objective.prefault({}),
  bounds: z
    .record(z.string(), z.tuple([share, share]))
    .default({})
    .describe("least and largest share of a tier, a domain, or a domain/tier"),
  anchor: share.default(0.3).describe("least share of T0 and T1 together"),
  generatorCap: share
    .default(0.95)
    .describe(
      "largest share of the generated tokens from one generator; above it a mix counts as one generator's alone"
    ),
  generatorCaps: z.record(z.string(), share).default({}).describe("the same for single generators, by name"),
  generators: z
    .record(z.string(), z.record(z.string(), z.number().min(0)))
    .optional()
    .describe("generated tokens of each tier by generator, in any unit"),
  supply: z.record(z.string(), z.number().min(0)).default({}).describe("tokens at hand of each tier"),
  tokens: z.number().positive().optional().describe("tokens to train on; with supply and repetition it caps a tier"),
  repetition: z.number().positive().default(4).describe("most epochs over a tier"),
  cost: z
    .strictObject({
      perToken: z.record(z.string(), z.number().min(0)).describe("cost of one token of each tier"),
      budget: z.number().min(0).describe("most that all tokens may cost; needs tokens")
    })
    .optional(),
  rules: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        coefficients: z.record(z.string(), z.number()).describe("by tier, domain or domain/tier"),
        least: z.number().optional(),
        most: z.number().optional()
      })
    )
    .default([])
    .describe("further linear rules: least ≤ Σ coefficient · weight ≤ most, e.g. {T1: 1, T3: -1} with least 0"),
  reference: z
    .record(z.string(), z.number().min(0))
    .optional()
    .describe("mix to stay near where the runs do not decide; the tiers' natural shares, say"),
  divergence: z
    .strictObject({
      lambda: z
        .number()
        .min(0)
        .default(0)
        .describe("weight of Σ w log(w / reference), in the objective's unit per nat"),
      most: z.number().positive().optional().describe("largest divergence from the reference, in nats"),
      grid: z.array(z.number().min(0)).max(40).optional().describe("values of lambda that the trade-off is shown at")
    })
    .prefault({}),
  entropy: z.number().min(0).optional().describe("least entropy −Σ w log w of the weights, in nats"),
  minimum: z
    .array(
      z.strictObject({
        benchmark: z.string(),
        value: z.union([z.literal("baseline"), z.number()]).default("baseline"),
        tolerance: z
          .number()
          .min(0)
          .default(0)
          .describe("how much worse than the value it may be, in the benchmark's unit"),
        of: z.enum(["prediction", "interval"]).default("prediction").describe("interval: its worse end")
      })
    )
    .default([])
    .describe("benchmarks that must be at least as good as a value, or as at the baseline"),
  domains: z
    .record(
      z.string(),
      z.strictObject({
        share: z.number().gt(0).max(1).describe("share of the domain in all training tokens"),
        benchmarks: z.array(z.string()).min(1).describe("targets of the fits over the domain's own tiers")
      })
    )
    .optional()
    .describe("domains that were fitted apart, each with its fixed share of the tokens"),
  at: z
    .record(z.string(), z.number().positive())
    .default({})
    .describe("values of a law's other variables to predict at, e.g. n and d; by default the largest of the runs"),
  syntheticByTier: z.record(z.string(), share).optional().describe("generated tokens over all tokens of each tier"),
  measured: z.boolean().default(true).describe("stay within the range of shares that the runs cover"),
  heldOut: z
    .array(z.string())
    .default([])
    .describe("targets that are held out, human-made and were never shown to a generator")
});

export type Constraints = z.infer<typeof Constraints>;
