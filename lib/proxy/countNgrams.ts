import {discount, discounts, type Discounts} from "./discounts.js";
import {sortPositions} from "./sortPositions.js";

/** The n-grams of one length, sorted; an n-gram's index is its id, and its context is the id of all but its last token. */
export interface Level {
  /** what followed context c lies from starts[c] to starts[c + 1] */
  readonly starts: Int32Array;
  /** last tokens, ascending within a context */
  readonly tokens: Uint16Array;
  readonly counts: Int32Array;
  /** for each context: the sum of its counts, then the sum of their discounts */
  readonly sums: Float64Array;
  readonly discounts: Discounts;
}

/** What one tier was seen to say: integer counts, with the tier's own discounts. Weights come later. */
export interface Counts {
  readonly order: number;
  readonly vocabSize: number;
  /** tokens counted */
  readonly tokens: number;
  /** by length of n-gram, from 1 on; length 1 lists the whole vocabulary, unseen tokens with count 0 */
  readonly levels: readonly Level[];
}

/**
 * Counts the n-grams of one tier: raw counts at the top order and at the start of a document, where nothing can come
 * before; below, the number of distinct tokens that come before (Kneser–Ney's continuation counts).
 *
 * Positions are sorted by the order tokens that start there, last token first, and read once: neighbours share their
 * shorter n-grams, so that no table is searched.
 *
 * @param documents tokens below vocabSize; no n-gram crosses from one document into the next
 * @throws RangeError for a token outside the vocabulary, an order outside 1 … 12, a vocabulary above 65,535
 */
export function countNgrams(
  documents: readonly Uint16Array[],
  {order, vocabSize}: {order: number; vocabSize: number}
): Counts {
  if (!Number.isInteger(order) || order < 1 || order > 12)
    throw new RangeError(`expected an order from 1 to 12, got ${order}`);
  if (!Number.isInteger(vocabSize) || vocabSize < 1 || vocabSize > 65_535)
    throw new RangeError(`expected a vocabulary of 1 to 65535 tokens, got ${vocabSize}`);
  // The start of a document is one more token, vocabSize, that is only ever a context.
  const boundary = vocabSize;
  const flat = join(documents, boundary, order);
  const sorted = sortPositions(flat, {order, keys: boundary + 1});
  const size = sorted.length;
  const next = byLength(order, () => new Uint16Array(size));
  const counts = byLength(order, () => new Int32Array(size));
  const starts = byLength(order, () => new Int32Array(size + 1));
  // A position where each n-gram starts; and by position, the id of the n-gram that starts there.
  const places = byLength(order, () => new Int32Array(size));
  const ids = byLength(order - 1, () => new Int32Array(flat.length));
  const n = new Int32Array(order + 1);
  starts[2] = new Int32Array(boundary + 2);
  for (let i = 0, before = -1; i < size; i++) {
    const position = sorted[i];
    let shared = 0;
    if (before >= 0) while (shared < order && flat[position + shared] === flat[before + shared]) shared++;
    before = position;
    const raw = flat[position] === boundary;
    for (let k = 2; k <= order; k++) {
      const token = flat[position + k - 1];
      if (token === boundary) break;
      if (k > shared) {
        const id = n[k]++;
        next[k][id] = token;
        places[k][id] = position;
        if (k === 2) starts[2][flat[position] + 1]++;
        if (k < order) starts[k + 1][id] = n[k + 1];
      }
      if (k < order) ids[k][position] = n[k] - 1;
      if (raw || k === order) counts[k][n[k] - 1]++;
    }
  }
  for (let token = 0; token <= boundary && order > 1; token++) starts[2][token + 1] += starts[2][token];
  const unigrams = new Int32Array(vocabSize);
  if (order === 1) for (const position of sorted) if (flat[position] < boundary) unigrams[flat[position]]++;
  // A distinct n-gram is one way to come before its own ending.
  for (let id = 0; id < n[2]; id++) unigrams[next[2][id]]++;
  for (let k = 3; k <= order; k++) for (let id = 0; id < n[k]; id++) counts[k - 1][ids[k - 1][places[k][id] + 1]]++;
  const vocabulary = Uint16Array.from(unigrams.keys());
  const levels: Level[] = [];
  levels[1] = summarise({starts: Int32Array.of(0, vocabSize), tokens: vocabulary, counts: unigrams});
  for (let k = 2; k <= order; k++) {
    starts[k][k === 2 ? boundary + 1 : n[k - 1]] = n[k];
    levels[k] = summarise({
      starts: starts[k].slice(0, k === 2 ? boundary + 2 : n[k - 1] + 1),
      tokens: next[k].slice(0, n[k]),
      counts: counts[k].slice(0, n[k])
    });
  }
  return {order, vocabSize, tokens: size - documents.length, levels};
}

/** All documents in a row, each after a boundary, with `padding` boundaries at the end. */
function join(documents: readonly Uint16Array[], boundary: number, padding: number): Uint16Array {
  const flat = new Uint16Array(documents.reduce((sum, document) => sum + document.length + 1, padding)).fill(boundary);
  let at = 1;
  for (const document of documents) {
    for (let i = 0; i < document.length; i++)
      if (document[i] >= boundary) throw new RangeError(`expected tokens below ${boundary}, got ${document[i]}`);
    flat.set(document, at);
    at += document.length + 1;
  }
  return flat;
}

/** An array for each length of n-gram from 2 to the order. */
function byLength<T>(order: number, make: () => T): T[] {
  const out: T[] = [];
  for (let k = 2; k <= order; k++) out[k] = make();
  return out;
}

function summarise({starts, tokens, counts}: Omit<Level, "sums" | "discounts">): Level {
  const n: [number, number, number, number] = [0, 0, 0, 0];
  for (let i = 0; i < counts.length; i++) if (counts[i] > 0 && counts[i] < 5) n[counts[i] - 1]++;
  const d = discounts(n);
  const sums = new Float64Array((starts.length - 1) * 2);
  for (let c = 0; c + 1 < starts.length; c++) {
    for (let i = starts[c]; i < starts[c + 1]; i++) {
      sums[c * 2] += counts[i];
      sums[c * 2 + 1] += discount(d, counts[i]);
    }
  }
  return {starts, tokens, counts, sums, discounts: d};
}
