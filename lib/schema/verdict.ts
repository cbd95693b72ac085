import {z} from "zod";

/** One verifier's word on one sample. */
export const Verdict = z.strictObject({
  /** id of the verifier, e.g. "arithmetic" */
  verifier: z.string().min(1),
  /** model or method family of the verifier; never the generator's */
  family: z.string().min(1),
  version: z.string().min(1),
  ok: z.boolean(),
  /** short slug of why not, e.g. "wrong-answer", "timeout"; empty when ok */
  reason: z.string(),
  /** verifier's own scale, null where it has none */
  score: z.number().nullable(),
  /** what was expected and what came, for a person */
  detail: z.string(),
  /** the sandbox it ran in, e.g. "quickjs"; empty when nothing untrusted was run */
  sandbox: z.string()
});

export type Verdict = z.infer<typeof Verdict>;
