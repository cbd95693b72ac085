import {z} from "zod";

const count = z.int().min(0);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** What a data set was made of, meta/manifest.json: equal keys mean equal content. */
export const Manifest = z.strictObject({
  version: z.literal(1),
  /** of recipe, versions, seeds and chunks */
  key: sha256,
  /** version of this package */
  ballast: z.string(),
  tokenizer: z.strictObject({id: z.string(), sha256}),
  seeds: z.array(
    z.strictObject({
      id: z.string(),
      /** of the training seeds' hashes in the order they were used */
      sha256,
      train: count,
      heldOut: count,
      /** material that did not become a seed, by reason */
      dropped: z.record(z.string(), count),
      /** pieces of personal data in the source that tags stand for, by type */
      redacted: z.record(z.string(), count)
    })
  ),
  /** files of held-out items of others that the samples were searched for */
  benchmarks: z.array(z.strictObject({path: z.string(), sha256})),
  chunks: z.array(
    z.strictObject({
      /** of everything that shapes the chunk: generator, options, seeds, verifiers, recipe's seed, tokenizer */
      key: sha256,
      /** of its bytes in the store */
      sha256,
      step: count,
      label: z.string(),
      seeds: count,
      drafts: count,
      /** refused for themselves, before they were compared with others */
      refused: count
    })
  ),
  /** times the purge found a band full: near duplicates that share nothing else may have been missed */
  fullBands: count
});

export type Manifest = z.infer<typeof Manifest>;
