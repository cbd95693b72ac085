import {z} from "zod";

/** index.json of an index: how its texts were signed, and its batches. */
export const IndexFile = z.strictObject({
  version: z.literal(2),
  settings: z.strictObject({
    unit: z.enum(["words", "characters", "tokens"]),
    size: z.int(),
    normalisation: z.string(),
    bands: z.int(),
    rows: z.int()
  }),
  segments: z.array(z.strictObject({rows: z.int(), files: z.array(z.string())}))
});

export type IndexFile = z.infer<typeof IndexFile>;
