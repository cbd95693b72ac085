import {z} from "zod";

/** Which part of a split a document fell into; only train is ever shown to a generator. */
export const Split = z.enum(["train", "dev", "test"]);

export type Split = z.infer<typeof Split>;

/** A piece of trusted source material. */
export const Seed = z.strictObject({
  /** sha256 of `text` in UTF-8, hex; the seed's identity */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** id of the source in the recipe, e.g. "sotu" */
  source: z.string().min(1),
  /** the document it was cut from, e.g. "1862_abraham_lincoln_r"; splits never cut a document */
  document: z.string(),
  /** human, textbook, or simulator: a state (JSON in `text`) from which a program starts */
  kind: z.enum(["human", "textbook", "simulator"]),
  domain: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** SPDX identifier, or LicenseRef-…; a seed without one is refused */
  license: z.string().min(1),
  split: Split,
  text: z.string()
});

export type Seed = z.infer<typeof Seed>;
