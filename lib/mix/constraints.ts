import {z} from "zod";

const share = z.number().min(0).max(1);

/**
 * What a mix must keep to, as a user writes it in YAML or JSON. The anti-collapse rules hold without being written:
 * an anchor of 0.30 and the cap on one generator.
 */
export const Constraints = z.strictObject({
  bounds: z
    .record(z.string(), z.tuple([share, share]))
    .default({})
    .describe("least and largest share of a tier"),
  anchor: share.default(0.3).describe("least share of T0 and T1 together"),
  generatorCap: share
    .default(0.95)
    .describe(
      "largest share of the generated tokens from one generator; above it a mix counts as one generator's alone"
    ),
  generators: z
    .record(z.string(), z.record(z.string(), z.number().min(0)))
    .optional()
    .describe("generated tokens of each tier by generator, in any unit"),
  supply: z.record(z.string(), z.number().min(0)).default({}).describe("tokens at hand of each tier"),
  tokens: z.number().positive().optional().describe("tokens to train on; with supply and repetition it caps a tier"),
  repetition: z.number().positive().default(4).describe("most epochs over a tier"),
  reference: z
    .record(z.string(), z.number().min(0))
    .optional()
    .describe("mix to stay near where the runs do not decide; the tiers' natural shares, say"),
  syntheticByTier: z.record(z.string(), share).optional().describe("generated tokens over all tokens of each tier"),
  measured: z.boolean().default(true).describe("stay within the range of shares that the runs cover"),
  heldOut: z
    .array(z.string())
    .default([])
    .describe("targets that are held out, human-made and were never shown to a generator")
});

export type Constraints = z.infer<typeof Constraints>;

/**
 * Constraints from parsed YAML or JSON.
 *
 * @throws TypeError naming the field, what was expected and what came
 */
export function parseConstraints(value: unknown, source = "constraints"): Constraints {
  const result = Constraints.safeParse(value ?? {});
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new TypeError(`${source}: ${issues.join("; ")}`);
}
