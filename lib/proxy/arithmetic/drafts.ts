import type {Random} from "../../text/random.js";
import type {NgramModel} from "../ngram.js";
import {factLength, read, verify} from "./facts.js";

/** Those who keep drafts: the true ones; the true ones and some that slip through; all. */
export const keepers = ["verified", "leaky", "unverified"] as const;

export type Keeper = (typeof keepers)[number];

/** Texts that a model writes, without those whose question is held out. */
export function writeDrafts(
  model: NgramModel,
  {random, count, temperature, heldOut}: {random: Random; count: number; temperature: number; heldOut: Set<number>}
): Uint16Array[] {
  const drafts: Uint16Array[] = [];
  for (let i = 0; i < count; i++) {
    const draft = model.sample({random, length: factLength, temperature});
    if (!heldOut.has(read(draft).pair)) drafts.push(draft);
  }
  return drafts;
}

/**
 * The drafts that pass, each once: equal texts are purged, as the factory purges them.
 *
 * @param options.leak share of wrong drafts that the leaky verifier lets through, in [0, 1]
 * @param options.before texts that were kept already
 */
export function keep(
  drafts: readonly Uint16Array[],
  {keeper, leak, random, before = []}: {keeper: Keeper; leak: number; random: Random; before?: readonly Uint16Array[]}
): Uint16Array[] {
  const seen = new Set(before.map(String));
  const slip = {verified: 0, leaky: leak, unverified: 1}[keeper];
  return drafts.filter((draft) => {
    const key = String(draft);
    if (seen.has(key)) return false;
    seen.add(key);
    return random() < slip || verify(draft);
  });
}
