import {z} from "zod";

/** How a recipe's critics judge. */
export const Critics = z.strictObject({
  judges: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
    .default([])
    .describe("endpoints of the panel; of each sample those count whose family did not write it, three at least"),
  aggregate: z
    .enum(["median", "trimmed-mean"])
    .default("median")
    .describe(
      "how the signed confidences of votes become one score; of an even number the lower of the two middle ones"
    ),
  least: z.int().min(1).default(3).describe("votes that count which a verdict needs"),
  pass: z
    .number()
    .min(-1)
    .max(1)
    .default(0)
    .describe("a text passes whose score is above this: -1 is a sure fail by all, 1 a sure pass by all"),
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
