import {discounts, type Discounts} from "./discounts.js";
import {GramTable} from "./gramTable.js";

/** What one tier was seen to say: integer counts, with the tier's own discounts. Weights come later. */
export interface Counts {
  readonly order: number;
  readonly vocabSize: number;
  /** tokens counted */
  readonly tokens: number;
  /** counts of single tokens; the start of a document is one more token, vocabSize, that is only ever a context */
  readonly unigrams: Int32Array;
  /** n-grams by length, from 2 on; their ids are the contexts of the next length */
  readonly tables: readonly GramTable[];
  /** by length of n-gram: the tier's discounts */
  readonly discounts: readonly Discounts[];
  /** by length of n-gram, for each context: the sum of its counts, then the sum of their discounts */
  readonly contexts: readonly Float64Array[];
}

/**
 * Counts the n-grams of one tier: raw counts at the top order and at the start of a document, where nothing can come
 * before; below, the number of distinct tokens that come before (Kneser–Ney's continuation counts).
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
  const tokens = documents.reduce((sum, document) => sum + document.length, 0);
  const unigrams = new Int32Array(vocabSize + 1);
  const tables: GramTable[] = [];
  for (let k = 2; k <= order; k++) tables[k] = new GramTable(tokens * (k === 2 ? 0.25 : k === 3 ? 0.6 : 0.8));
  // By length: id of the n-gram that ended at the token before.
  const ids = new Int32Array(order + 1);
  for (const document of documents) {
    ids[1] = vocabSize;
    for (let i = 0; i < document.length; i++) {
      const token = document[i];
      if (token >= vocabSize) throw new RangeError(`expected tokens below ${vocabSize}, got ${token}`);
      if (order === 1) unigrams[token]++;
      const longest = Math.min(order, i + 2);
      let parent = ids[1];
      let suffix = 0;
      ids[1] = token;
      for (let k = 2; k <= longest; k++) {
        const table = tables[k];
        const size = table.size;
        const at = table.add(parent, token);
        if (table.size > size) {
          // A new n-gram is a new way to come before its own ending.
          if (k === 2) unigrams[token]++;
          else tables[k - 1].slots[suffix + 3]++;
        }
        if (k === order || k === i + 2) table.slots[at + 3]++;
        parent = ids[k];
        ids[k] = table.slots[at + 2] - 1;
        suffix = at;
      }
    }
  }
  for (let k = 2; k <= order; k++) tables[k].shrink();
  return {order, vocabSize, tokens, unigrams, tables, ...summarise(unigrams, tables, order)};
}

function summarise(unigrams: Int32Array, tables: readonly GramTable[], order: number) {
  const byLength: Discounts[] = [];
  const contexts: Float64Array[] = [];
  for (let k = 1; k <= order; k++) {
    const slots = k === 1 ? unigrams : tables[k].slots;
    const [stride, offset] = k === 1 ? [1, 0] : [4, 3];
    const n: [number, number, number, number] = [0, 0, 0, 0];
    for (let at = offset; at < slots.length; at += stride) if (slots[at] > 0 && slots[at] < 5) n[slots[at] - 1]++;
    const d = discounts(n);
    const size = k === 1 ? 1 : k === 2 ? unigrams.length : tables[k - 1].size;
    const sums = new Float64Array(size * 2);
    for (let at = offset; at < slots.length; at += stride) {
      const count = slots[at];
      if (count === 0) continue;
      const context = k === 1 ? 0 : slots[at - 3] * 2;
      sums[context] += count;
      sums[context + 1] += d[count < 3 ? count - 1 : 2];
    }
    byLength[k] = d;
    contexts[k] = sums;
  }
  return {discounts: byLength, contexts};
}
