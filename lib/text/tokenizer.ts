/** Byte-level BPE: 256 bytes, then one token a merge. */
export interface Tokenizer {
  id: string;
  /** sha256 of the merges' canonical JSON; cards, runs and plans name it */
  sha256: string;
  vocabSize: number;
  encode(text: string): Uint16Array;
  /** number of tokens of a text */
  count(text: string): number;
  decode(tokens: ArrayLike<number>): string;
  /** bytes of each token, for bits per byte */
  byteLength(token: number): number;
}

/** What a tokenizer is made of: pairs of token ids, in the order they were learnt. */
export interface TokenizerFile {
  id: string;
  sha256: string;
  merges: readonly (readonly [number, number])[];
}

// Words with their leading space; digits one by one, so that arithmetic does not depend on how numbers were merged.
const piece = / ?\p{L}+| ?\p{N}| ?[^\s\p{L}\p{N}]+|\n+|\s+(?!\S)|\s+/gu;
const cacheLimit = 200_000;

/** A text's words: all at once where they take little memory, which takes half the time. */
function pieces(text: string): Iterable<string> {
  return text.length < 2 ** 20 ? (text.match(piece) ?? []) : oneByOne(text);
}

function* oneByOne(text: string): Generator<string> {
  for (const [word] of text.matchAll(piece)) yield word;
}

/**
 * A tokenizer from its merges.
 *
 * Source: Sennrich et al. (2016), arXiv:1508.07909, algorithm 1, on bytes.
 */
export function createTokenizer({id, sha256, merges}: TokenizerFile): Tokenizer {
  const vocabSize = 256 + merges.length;
  if (vocabSize > 65_536) throw new RangeError(`expected at most 65280 merges, got ${merges.length}`);
  const ranks = new Map<number, number>();
  merges.forEach(([a, b], i) => ranks.set(a * 65_536 + b, i));
  const bytes: Uint8Array[] = Array.from({length: 256}, (_, i) => Uint8Array.of(i));
  for (const [a, b] of merges) {
    const joined = new Uint8Array(bytes[a].length + bytes[b].length);
    joined.set(bytes[a]);
    joined.set(bytes[b], bytes[a].length);
    bytes.push(joined);
  }
  const encoder = new TextEncoder();
  const cache = new Map<string, readonly number[]>();

  function encodePiece(text: string): readonly number[] {
    const hit = cache.get(text);
    if (hit !== undefined) return hit;
    const tokens = Array.from(encoder.encode(text));
    // A very long piece is merged window by window: quadratic work would let one hostile line stall a run.
    const out = tokens.length > 512 ? [] : merge(tokens, ranks);
    for (let i = 0; tokens.length > 512 && i < tokens.length; i += 512) {
      for (const token of merge(tokens.slice(i, i + 512), ranks)) out.push(token);
    }
    if (text.length <= 64) {
      if (cache.size >= cacheLimit) cache.clear();
      cache.set(text, out);
    }
    return out;
  }

  function encode(text: string): Uint16Array {
    let out = new Uint16Array(Math.max(16, text.length >> 1));
    let n = 0;
    for (const word of pieces(text)) {
      const tokens = encodePiece(word);
      if (n + tokens.length > out.length) {
        const grown = new Uint16Array(Math.max(out.length * 2, n + tokens.length));
        grown.set(out);
        out = grown;
      }
      for (let i = 0; i < tokens.length; i++) out[n++] = tokens[i];
    }
    return out.slice(0, n);
  }

  return {
    id,
    sha256,
    vocabSize,
    encode,
    count: (text) => {
      let n = 0;
      for (const word of pieces(text)) n += encodePiece(word).length;
      return n;
    },
    decode: (tokens) => {
      let n = 0;
      for (let i = 0; i < tokens.length; i++) n += bytes[tokens[i]].length;
      const out = new Uint8Array(n);
      n = 0;
      for (let i = 0; i < tokens.length; i++) {
        out.set(bytes[tokens[i]], n);
        n += bytes[tokens[i]].length;
      }
      return new TextDecoder().decode(out);
    },
    byteLength: (token) => bytes[token].length
  };
}

function merge(tokens: number[], ranks: ReadonlyMap<number, number>): number[] {
  while (tokens.length > 1) {
    let best = Infinity;
    for (let i = 0; i + 1 < tokens.length; i++) {
      const rank = ranks.get(tokens[i] * 65_536 + tokens[i + 1]);
      if (rank !== undefined && rank < best) best = rank;
    }
    if (best === Infinity) break;
    let n = 0;
    for (let i = 0; i < tokens.length; i++) {
      if (i + 1 < tokens.length && ranks.get(tokens[i] * 65_536 + tokens[i + 1]) === best) {
        tokens[n++] = 256 + best;
        i++;
      } else tokens[n++] = tokens[i];
    }
    tokens.length = n;
  }
  return tokens;
}

/** Learns `count` merges: the most frequent pair first, ties to the smaller ids. */
export function learnMerges(texts: Iterable<string>, count: number): [number, number][] {
  const frequency = new Map<string, number>();
  for (const text of texts) {
    for (const word of pieces(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const encoder = new TextEncoder();
  const words = [...frequency].map(([word, n]) => ({tokens: Array.from(encoder.encode(word)), n}));
  const pairs = new Map<number, {n: number; words: Set<number>}>();
  const add = (index: number, sign: 1 | -1) => {
    const {tokens, n} = words[index];
    for (let i = 0; i + 1 < tokens.length; i++) {
      const key = tokens[i] * 65_536 + tokens[i + 1];
      const pair = pairs.get(key) ?? {n: 0, words: new Set()};
      pair.n += sign * n;
      if (sign === 1) pair.words.add(index);
      pairs.set(key, pair);
    }
  };
  words.forEach((_, i) => add(i, 1));
  const merges: [number, number][] = [];
  while (merges.length < count) {
    let best = -1;
    let most = 1;
    for (const [key, {n}] of pairs) {
      if (n > most || (n === most && n > 1 && key < best)) {
        best = key;
        most = n;
      }
    }
    if (best < 0) break;
    const pair: [number, number] = [Math.floor(best / 65_536), best % 65_536];
    const rank = new Map([[best, merges.length]]);
    const id = 256 + merges.length;
    merges.push(pair);
    for (const index of pairs.get(best)!.words) {
      add(index, -1);
      const {tokens} = words[index];
      let n = 0;
      for (let i = 0; i < tokens.length; i++) {
        if (i + 1 < tokens.length && rank.has(tokens[i] * 65_536 + tokens[i + 1])) {
          tokens[n++] = id;
          i++;
        } else tokens[n++] = tokens[i];
      }
      tokens.length = n;
      add(index, 1);
    }
    pairs.delete(best);
  }
  return merges;
}
