import {fmix32} from "./fmix32.js";
import type {Tokenizer} from "../text/tokenizer.js";
import {alone, foldingTable, passedOver, separator, type NormalisationName} from "./normalise.js";

export interface SpanReading {
  /** how words are read; `plain`, so that punctuation and case do not hide a copy */
  normalisation?: NormalisationName;
  /** its tokens in place of words: then case, punctuation and spaces count */
  tokenizer?: Tokenizer;
}

/** The tokens of one text, in order. The arrays belong to the reader and are longer than needed: copy what must last. */
export interface SpanTokens {
  count: number;
  /** whether tokens lie side by side, with nothing between them */
  tiling: boolean;
  /** two hashes of each token */
  low: Int32Array;
  high: Int32Array;
  /**
   * where each begins and ends, in UTF-16 code units of the text: the whole characters in it, so that a token of a part of
   * a character may end before it begins
   */
  starts: Int32Array;
  ends: Int32Array;
  /** token i is read as units[at[i]] to units[at[i + 1]]: folded code units of a word, or one token id */
  at: Int32Array;
  units: Uint16Array;
}

/**
 * A function from a text to its tokens with their places, which reuses its arrays from call to call. Two tokens are equal
 * when their units are: hashes only find candidates.
 */
export function createSpanReader({normalisation = "plain", tokenizer}: SpanReading = {}): (text: string) => SpanTokens {
  const tokens: SpanTokens = {
    count: 0,
    tiling: tokenizer !== undefined,
    low: new Int32Array(1024),
    high: new Int32Array(1024),
    starts: new Int32Array(1024),
    ends: new Int32Array(1024),
    at: new Int32Array(1025),
    units: new Uint16Array(8192)
  };
  if (tokenizer !== undefined) return (text) => readTokens(text, tokenizer, tokens);
  const table = foldingTable(normalisation);
  return (text) => readWords(text, table, tokens);
}

function readWords(text: string, table: Int32Array, tokens: SpanTokens): SpanTokens {
  if (text.length > tokens.units.length) tokens.units = new Uint16Array(2 * text.length);
  const {units} = tokens;
  let n = 0;
  let filled = 0;
  let a = 0;
  let b = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)];
    if (code === separator) {
      if (inside) close();
      continue;
    }
    if (code === passedOver) {
      // An accent belongs to the letter before it.
      if (inside) tokens.ends[n] = i + 1;
      else if (n > 0 && tokens.ends[n - 1] === i) tokens.ends[n - 1] = i + 1;
      continue;
    }
    if (inside && code >= alone) close();
    if (!inside) {
      if (n + 1 >= tokens.at.length) grow(tokens, 2 * tokens.low.length);
      tokens.starts[n] = i;
      tokens.at[n] = filled;
      a = 0x2545f491;
      b = 0x6c62272e;
      inside = true;
    }
    units[filled++] = code;
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x5bd1e995);
    tokens.ends[n] = i + 1;
    if (code >= alone) close();
  }
  if (inside) close();
  tokens.at[n] = filled;
  tokens.count = n;
  return tokens;

  function close(): void {
    tokens.low[n] = fmix32(a);
    tokens.high[n++] = fmix32(b);
    inside = false;
  }
}

function readTokens(text: string, tokenizer: Tokenizer, tokens: SpanTokens): SpanTokens {
  const ids = tokenizer.encode(text);
  if (ids.length > tokens.low.length) grow(tokens, 2 * ids.length);
  if (ids.length > tokens.units.length) tokens.units = new Uint16Array(2 * ids.length);
  // The first character that does not end before the token does, and the bytes before it.
  let unit = 0;
  let before = 0;
  let bytes = 0;
  for (let i = 0; i < ids.length; i++) {
    tokens.starts[i] = before === bytes ? unit : unit + widthAt(text, unit);
    bytes += tokenizer.byteLength(ids[i]);
    for (;;) {
      const code = text.codePointAt(unit);
      if (code === undefined) break;
      const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      if (before + length > bytes) break;
      before += length;
      unit += widthAt(text, unit);
    }
    tokens.ends[i] = unit;
    tokens.at[i] = i;
    tokens.units[i] = ids[i];
    tokens.low[i] = fmix32(Math.imul(ids[i] + 1, 0x01000193));
    tokens.high[i] = fmix32(Math.imul(ids[i] + 1, 0x5bd1e995));
  }
  tokens.at[ids.length] = ids.length;
  tokens.count = ids.length;
  return tokens;
}

function widthAt(text: string, unit: number): number {
  return text.codePointAt(unit)! < 0x10000 ? 1 : 2;
}

function grow(tokens: SpanTokens, length: number): void {
  for (const name of ["low", "high", "starts", "ends", "at"] as const) {
    const larger = new Int32Array(name === "at" ? length + 1 : length);
    larger.set(tokens[name]);
    tokens[name] = larger;
  }
}
