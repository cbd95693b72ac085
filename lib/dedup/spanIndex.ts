import type {SpanTokens} from "./spanReader.js";
import {spanSuffixes} from "./spanSuffixes.js";
import {createSpanVocabulary} from "./spanVocabulary.js";
import {createSpanWindower} from "./spanWindows.js";

/** A run of a text's tokens that an indexed document has too. */
export interface SharedRun {
  /** first token in the text, and how many */
  from: number;
  tokens: number;
  /** document by its number, and the run's place in it in UTF-16 code units */
  document: number;
  start: number;
  end: number;
}

/** Documents, indexed for the longest runs of tokens that other texts share with them. */
export interface SpanIndex {
  /** tokens added so far */
  tokens: number;
  /** adds a document; not after the first look */
  add(tokens: SpanTokens): void;
  /**
   * Gives every shared run of `least` tokens or more that is longest from where it begins and lies in no run given before,
   * in the order they begin. So the longest of all is among them, and every shared n-gram lies within one.
   */
  look(tokens: SpanTokens, found: (run: SharedRun) => void): void;
}

/**
 * An empty index: a suffix array over numbered tokens, so that neither repeats nor one word a million times cost more than
 * length times its logarithm; hashes of runs of `least` tokens spare the texts that share nothing a look at it. Exact: hashes only rule
 * out, and what they let through is compared token by token. Where a run stands in several places one of them is told.
 *
 * Memory is about 40 bytes a token while the array is made, 20 afterwards.
 */
export function createSpanIndex({least = 8}: {least?: number} = {}): SpanIndex {
  const vocabulary = createSpanVocabulary();
  const windowsOf = createSpanWindower(least);
  // The number 0 parts documents: no token has it.
  let text = new Int32Array(4096);
  let starts = new Int32Array(4096);
  let ends = new Int32Array(4096);
  let filled = 0;
  let documents = new Int32Array(64);
  let count = 0;
  let hashes = {low: new Int32Array(4096), high: new Int32Array(4096), count: 0};
  let built: {suffixes: Int32Array; firsts: Int32Array; present: Present} | null = null;

  function build() {
    text = text.slice(0, filled);
    const present = presence(hashes);
    hashes = {low: new Int32Array(0), high: new Int32Array(0), count: 0};
    const firsts = new Int32Array(vocabulary.size + 2);
    for (const number of text) firsts[number + 1]++;
    for (let v = 0; v <= vocabulary.size; v++) firsts[v + 1] += firsts[v];
    return {suffixes: spanSuffixes(text, vocabulary.size), firsts, present};
  }

  const index: SpanIndex = {
    tokens: 0,
    add(tokens) {
      if (built !== null) throw new TypeError("expected documents before the first look, got one after it");
      const {count: n} = tokens;
      if (filled + n + 1 > text.length) {
        const length = Math.ceil(1.5 * (filled + n + 1));
        [text, starts, ends] = [text, starts, ends].map((array) => larger(array, filled, length));
      }
      if (count + 1 >= documents.length) documents = larger(documents, count, 2 * count + 2);
      documents[count++] = filled;
      for (let i = 0; i < n; i++) text[filled + i] = vocabulary.add(tokens, i);
      starts.set(tokens.starts.subarray(0, n), filled);
      ends.set(tokens.ends.subarray(0, n), filled);
      text[filled + n] = 0;
      filled += n + 1;
      index.tokens += n;
      const windows = windowsOf(tokens);
      if (hashes.count + windows.count > hashes.low.length) {
        const length = Math.ceil(1.5 * (hashes.count + windows.count));
        hashes.low = larger(hashes.low, hashes.count, length);
        hashes.high = larger(hashes.high, hashes.count, length);
      }
      hashes.low.set(windows.low.subarray(0, windows.count), hashes.count);
      hashes.high.set(windows.high.subarray(0, windows.count), hashes.count);
      hashes.count += windows.count;
    },
    look(tokens, found) {
      built ??= build();
      const {suffixes, firsts, present} = built;
      const {count: n} = tokens;
      const windows = windowsOf(tokens);
      let numbers: Int32Array | null = null;
      let reach = 0;
      for (let from = 0; from + least <= n; from++) {
        // What begins here is new only when it goes beyond the last run, so its tokens up to there are all shared.
        const last = Math.max(from, reach + 1 - least);
        if (last + least > n) return;
        if (!present(windows.low[last], windows.high[last])) {
          from = last;
          continue;
        }
        if (numbers === null) {
          numbers = new Int32Array(n);
          for (let i = 0; i < n; i++) numbers[i] = vocabulary.find(tokens, i);
        }
        const {length, at} = longest(numbers, from, text, suffixes, firsts);
        if (length < least || from + length <= reach) continue;
        reach = from + length;
        const document = holder(documents, count, at);
        found({from, tokens: length, document, start: starts[at], end: Math.max(starts[at], ends[at + length - 1])});
      }
    }
  };
  return index;
}

/** The longest prefix of numbers[from…] that stands in the text, by binary search among the suffixes. */
function longest(
  numbers: Int32Array,
  from: number,
  text: Int32Array,
  suffixes: Int32Array,
  firsts: Int32Array
): {length: number; at: number} {
  const first = numbers[from];
  if (first < 0) return {length: 0, at: 0};
  const n = numbers.length - from;
  let low = firsts[first] - 1;
  let high = firsts[first + 1];
  // Tokens shared with the suffixes at low and high; those between share at least the fewer of the two.
  let lowShared = 0;
  let highShared = 0;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    const at = suffixes[middle];
    let shared = Math.min(lowShared, highShared);
    while (shared < n && at + shared < text.length && numbers[from + shared] === text[at + shared]) shared++;
    if (shared === n) return {length: n, at};
    if (at + shared < text.length && numbers[from + shared] < text[at + shared]) {
      high = middle;
      highShared = shared;
    } else {
      low = middle;
      lowShared = shared;
    }
  }
  return lowShared >= highShared
    ? {length: lowShared, at: lowShared === 0 ? 0 : suffixes[low]}
    : {length: highShared, at: suffixes[high]};
}

type Present = (low: number, high: number) => boolean;

/** Whether a pair of hashes may be among those given; it says yes to 1 in 50 others at most (two bits of 16 a pair). */
function presence({low, high, count}: {low: Int32Array; high: Int32Array; count: number}): Present {
  let bits = 1024;
  while (bits < 16 * count && bits < 2 ** 32) bits *= 2;
  const words = new Int32Array(bits / 32);
  const mask = bits / 32 - 1;
  for (let i = 0; i < count; i++) {
    words[(low[i] >>> 5) & mask] |= 1 << low[i];
    words[(high[i] >>> 5) & mask] |= 1 << high[i];
  }
  return (a, b) => (words[(a >>> 5) & mask] & (1 << a)) !== 0 && (words[(b >>> 5) & mask] & (1 << b)) !== 0;
}

/** The document that holds a place: the last that begins at or before it. */
function holder(documents: Int32Array, count: number, at: number): number {
  let low = 0;
  let high = count;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (documents[middle] <= at) low = middle;
    else high = middle;
  }
  return low;
}

function larger(from: Int32Array, used: number, length: number): Int32Array<ArrayBuffer> {
  const into = new Int32Array(length);
  into.set(from.subarray(0, used));
  return into;
}
