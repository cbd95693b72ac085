import type {Texts} from "../proxy/texts.js";

/** Passages in memory that all threads read: tokens in a row, and where each passage ends. */
interface SharedPassages {
  tokens: Uint16Array;
  ends: Uint32Array;
}

/** Texts whose passages lie in shared memory, so that a worker is handed them without a copy. */
export type SharedTexts = Omit<Texts, "human" | "heldOut" | "tiers"> & {
  human: SharedPassages;
  heldOut: Record<string, SharedPassages>;
  tiers: Record<string, {passages: SharedPassages; generated: number}>;
};

/** Moves texts into shared memory. */
export function shareTexts(texts: Texts): SharedTexts {
  return {
    ...texts,
    human: pack(texts.human),
    heldOut: map(texts.heldOut, pack),
    tiers: map(texts.tiers, ({passages, generated}) => ({passages: pack(passages), generated}))
  };
}

/** The texts, as views of shared memory. */
export function readShared(shared: SharedTexts): Texts {
  return {
    ...shared,
    human: unpack(shared.human),
    heldOut: map(shared.heldOut, unpack),
    tiers: map(shared.tiers, ({passages, generated}) => ({passages: unpack(passages), generated}))
  };
}

function pack(passages: readonly Uint16Array[]): SharedPassages {
  const size = passages.reduce((sum, {length}) => sum + length, 0);
  const tokens = new Uint16Array(new SharedArrayBuffer(size * 2));
  const ends = new Uint32Array(new SharedArrayBuffer(passages.length * 4));
  let at = 0;
  for (const [i, passage] of passages.entries()) {
    tokens.set(passage, at);
    ends[i] = at += passage.length;
  }
  return {tokens, ends};
}

function unpack({tokens, ends}: SharedPassages): Uint16Array[] {
  return Array.from(ends, (end, i) => tokens.subarray(i === 0 ? 0 : ends[i - 1], end));
}

function map<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
