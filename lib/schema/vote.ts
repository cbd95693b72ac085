import {z} from "zod";

/** One judge's word on one sample, and whether it counts. */
export const Vote = z.strictObject({
  /** id of the critic that asked, e.g. "critic-support" */
  critic: z.string(),
  /** endpoint, model and family of the judge */
  judge: z.string(),
  model: z.string(),
  family: z.string(),
  /** "void" where its evidence does not stand in the text or it gave no usable answer; counts no more than "abstain" does */
  answer: z.enum(["pass", "fail", "abstain", "void"]),
  /** 0 to 1, the judge's own; null where it gave none */
  confidence: z.number().min(0).max(1).nullable(),
  /** what it quotes, as it is in the text; empty where it quotes nothing */
  quote: z.string(),
  /** slug of why a vote is void; empty where it is not */
  reason: z.string(),
  /** the judge's own words, for a person */
  detail: z.string()
});

export type Vote = z.infer<typeof Vote>;
