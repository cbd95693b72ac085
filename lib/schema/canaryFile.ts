import {z} from "zod";

/** The secrets of a set of canaries: a file of its own, kept from whoever sees the seeds. */
export const CanaryFile = z.strictObject({
  space: z.strictObject({template: z.string(), alphabet: z.string(), length: z.int()}),
  canaries: z
    .array(
      z.strictObject({
        id: z.string(),
        secret: z.string().regex(/^[a-z0-9]+$/, "expected letters a–z and digits"),
        text: z.string()
      })
    )
    .min(1)
});
export type CanaryFile = z.infer<typeof CanaryFile>;
