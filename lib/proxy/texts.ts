import type {Tier} from "../schema/tier.js";

/** What the experiments read: all of one domain and one tokenizer, cut into passages. */
export interface Texts {
  vocabSize: number;
  /** sha256 of the tokenizer */
  tokenizer: string;
  /** bytes of each token */
  bytes: Uint8Array;
  /** human text that may be trained on */
  human: readonly Uint16Array[];
  /** human text by benchmark, e.g. bpb_dev, bpb_test, bpb_moby: never trained on, never shown to a generator */
  heldOut: Readonly<Record<string, readonly Uint16Array[]>>;
  /** the data set's own shards; `generated` is the share of their tokens that a generator wrote, in [0, 1] */
  tiers: Readonly<Partial<Record<Tier, {passages: readonly Uint16Array[]; generated: number}>>>;
}
