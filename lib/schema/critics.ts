import {z} from "zod";

/** How a recipe's critics judge. */
export const Critics = z.strictObject({
  judges: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
    .default([])
    .describe("endpoints of the panel; of each sample those count whose family did not write it, three at least"),
  aggregate: z
    .enum(["median", "trimmed-mean", "dawid-skene"])
    .default("median")
    .describe(
      "how votes become one score: the median of their signed confidences (of an even number the lower of the two middle ones), their trimmed mean, or 2p - 1 with p the probability that the text is right, given each judge's own error rates in the files of calibration"
    ),
  least: z.int().min(1).default(3).describe("votes that count which a verdict needs"),
  pass: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .describe("a text passes whose score is above this: -1 is a sure fail by all, 1 a sure pass by all"),
  calibration: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("files that ballast verify GOLD --calibrate --out wrote of these judges, relative to the recipe"),
  prior: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      "share of right texts among drafts, for dawid-skene; that of the gold sets without it, which says little of drafts where these were balanced by hand"
    ),
  constitution: z.string().optional().describe("file with rules, one a line, relative to the recipe; ours without it"),
  terminology: z
    .array(z.string())
    .default([])
    .describe("MRCONSO.RRF or ICD-10-CM files (order file or tabular XML), relative to the recipe"),
  vocabularies: z
    .array(z.string().regex(/^[A-Z0-9][A-Za-z0-9_-]*$/))
    .min(1)
    .default(["ICD10CM", "LNC", "MSH", "RXNORM", "SNOMEDCT_US"])
    .describe("sources (SAB) that are taken of an MRCONSO.RRF")
});

export type Critics = z.infer<typeof Critics>;
