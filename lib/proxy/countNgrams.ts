import {discount, discounts, type Discounts} from "./discounts.js";
import {createPositionSorter} from "./positionSorter.js";

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
 * All positions are sorted by their first token, then each group by the next one, and so on: reads stay in small
 * arrays, and most groups of a higher order hold one position alone.
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
  const flat = join(documents, boundary);
  const sort = createPositionSorter(flat, boundary + 1);
  let sorted = Int32Array.from({length: flat.length - 1}, (_, i) => i);
  sort(sorted, 0, sorted.length, 0);
  let spare = new Int32Array(sorted.length);
  // Where each n-gram's positions begin in `sorted`; and by position, the id of the n-gram that starts there.
  let groups = firstOfEach(sorted, flat, boundary + 1);
  let ids = new Int32Array(flat.length);
  let shorterIds = new Int32Array(flat.length);
  const unigrams = new Int32Array(vocabSize);
  if (order === 1) for (let i = 0; i < vocabSize; i++) unigrams[i] = groups[i + 1] - groups[i];
  const levels: Omit<Level, "sums" | "discounts">[] = [];
  levels[1] = {starts: Int32Array.of(0, vocabSize), tokens: Uint16Array.from(unigrams.keys()), counts: unigrams};
  for (let k = 2; k <= order; k++) {
    const contexts = groups.length - 1;
    const starts = new Int32Array(contexts + 1);
    const next = new Uint16Array(sorted.length);
    const counts = new Int32Array(sorted.length);
    const nextGroups = new Int32Array(sorted.length + 1);
    const shorter = levels[k - 1].counts;
    let n = 0;
    let end = 0;
    for (let context = 0; context < contexts; context++) {
      const first = end;
      for (let j = groups[context]; j < groups[context + 1]; j++)
        if (flat[sorted[j] + k - 1] !== boundary) spare[end++] = sorted[j];
      if (end - first > 1) sort(spare, first, end, k - 1);
      for (let j = first; j < end; n++) {
        const position = spare[j];
        const token = flat[position + k - 1];
        nextGroups[n] = j;
        next[n] = token;
        while (j < end && flat[spare[j] + k - 1] === token) ids[spare[j++]] = n;
        if (k === order || flat[position] === boundary) counts[n] = j - nextGroups[n];
        // A distinct n-gram is one way to come before its own ending.
        shorter[k === 2 ? token : shorterIds[position + 1]]++;
      }
      starts[context + 1] = n;
    }
    nextGroups[n] = end;
    levels[k] = {starts, tokens: next.slice(0, n), counts: counts.slice(0, n)};
    groups = nextGroups.subarray(0, n + 1);
    [sorted, spare] = [spare.subarray(0, end), sorted];
    [ids, shorterIds] = [shorterIds, ids];
  }
  return {order, vocabSize, tokens: flat.length - 1 - documents.length, levels: levels.map(summarise)};
}

/** All documents in a row, each after a boundary, and a boundary at the end. */
function join(documents: readonly Uint16Array[], boundary: number): Uint16Array {
  const flat = new Uint16Array(documents.reduce((sum, document) => sum + document.length + 1, 1)).fill(boundary);
  let at = 1;
  for (const document of documents) {
    for (let i = 0; i < document.length; i++)
      if (document[i] >= boundary) throw new RangeError(`expected tokens below ${boundary}, got ${document[i]}`);
    flat.set(document, at);
    at += document.length + 1;
  }
  return flat;
}

function firstOfEach(sorted: Int32Array, flat: Uint16Array, keys: number): Int32Array {
  const starts = new Int32Array(keys + 1);
  for (let i = 0; i < sorted.length; i++) starts[flat[sorted[i]] + 1]++;
  for (let key = 0; key < keys; key++) starts[key + 1] += starts[key];
  return starts;
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
