import {z} from "zod";

/** How a recipe's critics judge. */
export const Critics = z.strictObject({
  judges: z
    .array(z.string().regex(/^[a-z][a-z0-9-]*$/))
    .default([])
    .describe("endpoints of the panel; of each sample those count whose family did not write it, three at least"),
  aggregate: z.enum(["median", "trimmed-mean"]).default("median").describe("how votes become one score"),
  least: z.int().min(1).default(3).describe("votes that count which a verdict needs"),
  constitution: z.string().optional().describe("file with rules, one a line, relative to the recipe; ours without it"),
  terminology: z.array(z.string()).default([]).describe("MRCONSO.RRF or ICD-10-CM files, relative to the recipe")
});

export type Critics = z.infer<typeof Critics>;
