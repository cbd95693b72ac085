import {fmix32} from "./fmix32.js";
import {asciiLimits, createAsciiHashes, type AsciiHashes} from "./asciiHashes.js";
import {alone, foldingTable, passedOver, separator, type NormalisationName} from "./normalise.js";

/** What a shingle is a run of: words, characters (words parted by one blank), or tokens of a tokenizer. */
export type ShingleUnit = "words" | "characters" | "tokens";

export interface ShingleOptions {
  unit?: ShingleUnit;
  /** units a shingle; a shorter text is one shingle of all its units */
  size?: number;
  /** how words and characters are read; tokens are read as they come */
  normalisation?: NormalisationName;
  /** the tokens of a text, for the unit "tokens" */
  tokenize?: (text: string) => ArrayLike<number>;
}

/** The hashed shingles of one text, in order, repeats included. The arrays belong to the shingler: copy what must last. */
export interface Shingles {
  count: number;
  /** words (or characters, or tokens) of the text */
  words: number;
  /** two independent 32-bit hashes of each shingle */
  low: Int32Array;
  high: Int32Array;
}

/** The two hashes of each word (or character, or token), not yet mixed: what `hashRuns` makes runs of other sizes of. */
export interface HashedUnits {
  words: number;
  lowUnits: Int32Array;
  highUnits: Int32Array;
}

// Texts of up to so many code units share arrays that are never given back; a longer one gets its own.
const shared = 1 << 20;

/**
 * A function from a text, or its UTF-8, to the hashes of its shingles, which reuses its arrays from call to call.
 *
 * A word's hash is multiplicative over its folded code units, a shingle's a polynomial of its words' hashes, so that
 * sliding by one word costs the same for any size; both end in fmix32. A text without words has no shingle.
 * Not cryptographic: who knows the constants can make texts collide, and then two texts pass as one.
 * Source of the finaliser: A. Appleby, MurmurHash3, fmix32.
 *
 * @throws RangeError without a tokenizer for the unit "tokens"
 */
export function createShingler({unit = "words", size = 5, normalisation = "precise", tokenize}: ShingleOptions = {}): (
  text: string | Uint8Array
) => Shingles & HashedUnits {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`expected a shingle of 1 word or more, got ${size}`);
  if (unit === "tokens" && tokenize === undefined) throw new RangeError("expected a tokenizer for shingles of tokens");
  // Made for the first text: a tenth of a second, and many a shingler gets none.
  let table: Int32Array | undefined;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder(undefined, {ignoreBOM: true});
  let bytes: Uint8Array = new Uint8Array(0);
  let arrays = Array.from({length: 4}, () => new Int32Array(0));
  let ascii: AsciiHashes | undefined;
  return (text) => {
    table ??= foldingTable(normalisation);
    if (unit === "words" && text.length <= asciiLimits.bytes && size <= asciiLimits.size) {
      ascii ??= createAsciiHashes(table, [lowBase, highBase]);
      if (typeof text !== "string") {
        if (ascii.put(text)) return asciiShingles(ascii, text.length, size);
      } else {
        const {read, written} = encoder.encodeInto(text, ascii.text);
        // As many bytes as units: ASCII alone.
        if (read === text.length && written === read) return asciiShingles(ascii, read, size);
      }
    }
    let [low, high, lowUnits, highUnits] = arrays;
    let units: number;
    if (unit === "tokens") {
      const tokens = tokenize!(typeof text === "string" ? text : decoder.decode(text));
      if (tokens.length > low.length) [low, high, lowUnits, highUnits] = arrays = four(2 * tokens.length);
      units = hashTokens(tokens, lowUnits, highUnits);
    } else {
      let read = bytes;
      let written: number;
      if (text.length > shared) {
        read = typeof text === "string" ? encoder.encode(text) : text;
        written = read.length;
        [low, high, lowUnits, highUnits] = four((unit === "words" ? countWords(read, table) : written) + 1);
      } else {
        // A text of n units, or bytes, has at most n words, hence at most n shingles.
        if (text.length > low.length) [low, high, lowUnits, highUnits] = arrays = four(2 * text.length);
        if (typeof text !== "string") {
          read = text;
          written = text.length;
        } else {
          // Reading bytes is twice as fast as asking a string for its units, which are at most three bytes each.
          if (3 * text.length > bytes.length) read = bytes = new Uint8Array(6 * text.length);
          ({written} = encoder.encodeInto(text, bytes));
        }
      }
      const hash = unit === "words" ? hashWords : hashCharacters;
      units = hash(read, written, table, lowUnits, highUnits);
    }
    const run = Math.min(size, units);
    const count = slide(lowUnits, units, run, lowBase, low);
    slide(highUnits, units, run, highBase, high);
    return {count, words: units, low, high, lowUnits, highUnits};
  };
}

function asciiShingles(hashes: AsciiHashes, length: number, size: number): Shingles & HashedUnits {
  const words = length === 0 ? 0 : hashes.words(length);
  const run = Math.min(size, words);
  const count = words === 0 ? 0 : words - run + 1;
  if (count > 0) hashes.shingles(count, run);
  const {low, high, lowUnits, highUnits} = hashes;
  return {count, words, low, high, lowUnits, highUnits};
}

/** The shingles of another size of a text that is already hashed, as a shingler of that size gives them; how many. */
export function hashRuns(
  {words, lowUnits, highUnits}: HashedUnits,
  size: number,
  low: Int32Array,
  high: Int32Array
): number {
  const run = Math.min(size, words);
  slide(highUnits, words, run, highBase, high);
  return slide(lowUnits, words, run, lowBase, low);
}

function four(length: number): Int32Array<ArrayBuffer>[] {
  return Array.from({length: 4}, () => new Int32Array(length));
}

function hashTokens(tokens: ArrayLike<number>, low: Int32Array, high: Int32Array): number {
  for (let i = 0; i < tokens.length; i++) {
    low[i] = Math.imul(tokens[i] + 1, 0x01000193);
    high[i] = Math.imul(tokens[i] + 1, 0x5bd1e995);
  }
  return tokens.length;
}

/** An upper bound of the words of a UTF-8 text: places where a word may begin. */
function countWords(bytes: Uint8Array, table: Int32Array): number {
  let n = 0;
  let before = separator;
  for (const byte of bytes) {
    // Beyond ASCII any character may be a word of its own; its first byte says that it is there.
    const code = byte < 0x80 ? table[byte] : byte >= 0xc0 ? alone : passedOver;
    if (code === passedOver) continue;
    if (code >= alone || (code !== separator && (before === separator || before >= alone))) n++;
    before = code;
  }
  return n;
}

/** Each folded character of a UTF-8 text as a unit; what separates words is one blank between them. */
function hashCharacters(
  bytes: Uint8Array,
  length: number,
  table: Int32Array,
  low: Int32Array,
  high: Int32Array
): number {
  let n = 0;
  let blank = false;
  const add = (code: number) => {
    low[n] = Math.imul(code, 0x01000193);
    high[n++] = Math.imul(code, 0x5bd1e995);
  };
  for (let i = 0; i < length;) {
    let unit = bytes[i++];
    if (unit >= 0xf0)
      unit = ((unit & 0x07) << 18) | ((bytes[i++] & 0x3f) << 12) | ((bytes[i++] & 0x3f) << 6) | (bytes[i++] & 0x3f);
    else if (unit >= 0xe0) unit = ((unit & 0x0f) << 12) | ((bytes[i++] & 0x3f) << 6) | (bytes[i++] & 0x3f);
    else if (unit >= 0x80) unit = ((unit & 0x1f) << 6) | (bytes[i++] & 0x3f);
    const code = unit < 65_536 ? table[unit] : unit;
    if (code === passedOver) continue;
    if (code === separator) {
      blank = n > 0;
      continue;
    }
    if (blank) add(0x20);
    blank = false;
    add(unit < 65_536 ? code & 0xffff : code);
  }
  return n;
}

/** Hashes each word of a UTF-8 text twice and returns how many there are. */
function hashWords(bytes: Uint8Array, length: number, table: Int32Array, low: Int32Array, high: Int32Array): number {
  let n = 0;
  let a = 0;
  let b = 0;
  let inside = 0;
  for (let i = 0; i < length;) {
    let unit = bytes[i++];
    if (unit >= 0x80) {
      if (unit < 0xe0) unit = ((unit & 0x1f) << 6) | (bytes[i++] & 0x3f);
      else if (unit < 0xf0) unit = ((unit & 0x0f) << 12) | ((bytes[i++] & 0x3f) << 6) | (bytes[i++] & 0x3f);
      else {
        // Beyond the table, emoji and rare scripts alike: part of a word.
        unit = ((unit << 24) | (bytes[i++] << 16) | (bytes[i++] << 8) | bytes[i++]) ^ a;
        a = Math.imul(unit, 0x01000193);
        b = Math.imul(unit ^ b, 0x5bd1e995);
        inside = -1;
        continue;
      }
    }
    const code = table[unit];
    if (code >= 0x10000) {
      if (code === 0x20000) continue;
      low[n] = a;
      high[n] = b;
      n -= inside;
      low[n] = Math.imul(code, 0x01000193);
      high[n++] = Math.imul(code, 0x5bd1e995);
      a = b = inside = 0;
      continue;
    }
    // Where words end cannot be predicted, so no branch hangs on it: −1 inside a word, 0 at what separates words.
    const letter = (0 - code) >> 31;
    low[n] = a;
    high[n] = b;
    n -= inside & ~letter;
    a = Math.imul(a ^ code, 0x01000193) & letter;
    b = Math.imul(b ^ code, 0x5bd1e995) & letter;
    inside = letter;
  }
  low[n] = a;
  high[n] = b;
  return n - inside;
}

/** Hashes each run of `size` words as a polynomial in `base`, and returns how many runs there are. */
function slide(words: Int32Array, count: number, size: number, base: number, out: Int32Array): number {
  if (count === 0) return 0;
  // What the oldest word weighs when it leaves: base^size.
  let leaving = 1;
  for (let i = 0; i < size; i++) leaving = Math.imul(leaving, base);
  let sum = 0;
  for (let i = 0; i < size; i++) sum = (Math.imul(sum, base) + words[i]) | 0;
  out[0] = fmix32(sum);
  for (let i = size; i < count; i++) {
    sum = (Math.imul(sum, base) + words[i] - Math.imul(words[i - size], leaving)) | 0;
    out[i - size + 1] = fmix32(sum);
  }
  return count - size + 1;
}

const lowBase = 0x9e3779b1 | 0;
const highBase = 0x85ebca77 | 0;
