import {fmix32} from "../../dedup/fmix32.js";
import {createShingleTable} from "../../dedup/shingleTable.js";
import {checkKey, comparedValue, keyedDraws, keyedHash} from "./piiKey.js";
import {piiTypes, type PiiType} from "./piiSpan.js";

/** A found value in another text. */
export interface PiiLeak {
  start: number;
  end: number;
  type: PiiType;
  hash: string;
  /** of the value, from 0 in the order that they were added */
  number: number;
}

/** A found value without the value: what a search for it needs. */
export interface FoundValue {
  type: PiiType;
  /** see keyedHash */
  hash: string;
  words: number;
  /** letters and digits of a value that is digits alone, else 0 */
  digits: number;
  /** 32 bits of a fast hash under the key: what is worth the slow one */
  print: number;
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Words of the longest value that is looked for: an address. */
const longest = 48;

/**
 * Values that were found, as keyed hashes alone, and where other texts have them: any run of whole words whose letters and
 * digits, blanks and marks aside, hash to one of them. Values of other spelling, cut or joined to a word, are not seen.
 *
 * Values of fewer than `shortest` letters and digits, weekdays and years are passed over: they say nothing about a person,
 * and every text has them. Memory grows with the different values, about 40 bytes each.
 */
export class FoundPii {
  readonly #key: Uint8Array;
  readonly #shortest: number;
  readonly #seed: number;
  /** first 64 bits of the hashes */
  readonly #table = createShingleTable();
  #types = new Uint8Array(64);
  #prints = new Uint32Array(64);
  #size = 0;
  /** two bits of each print: 64 bits a value, so that one run in a thousand is hashed in vain */
  #bits = new Uint32Array(2048);
  /** whether a value may have so many words */
  readonly #counts = new Uint8Array(longest + 1);
  #most = 0;

  constructor({key, shortest = 5}: {key: Uint8Array; shortest?: number}) {
    checkKey(key);
    this.#key = key;
    this.#shortest = shortest;
    this.#seed = keyedDraws(key, "print", "")(2 ** 32) | 0;
  }

  /** Different values so far. */
  get size(): number {
    return this.#size;
  }

  /** A value as it would be added, null where it is passed over. */
  valueOf(type: PiiType, value: string): FoundValue | null {
    const compared = comparedValue(value);
    if (compared.length < this.#shortest || (type === "DATE" && compared.length < 6) || /^[a-z]+day$/.test(compared))
      return null;
    return {
      ...{type, hash: keyedHash(this.#key, compared)},
      words: Math.min(longest, value.normalize("NFKC").match(word)?.length ?? 0),
      digits: /^\p{N}+$/u.test(compared) ? compared.length : 0,
      print: fmix32(rolled(this.#seed, compared)) >>> 0
    };
  }

  /** Adds a value and returns its hash, null where it is passed over. */
  add(type: PiiType, value: string): string | null {
    const found = this.valueOf(type, value);
    if (found !== null) this.addValue(found);
    return found?.hash ?? null;
  }

  addValue({type, hash, words, digits, print}: FoundValue): void {
    const at = this.#table.add(...halves(hash));
    // A number may be grouped otherwise elsewhere.
    const [least, most] = digits > 0 ? [1, Math.max(words, Math.min(digits, 8))] : [words, words];
    this.#counts.fill(1, least, most + 1);
    this.#most = Math.max(this.#most, most);
    if (at < this.#size) return;
    if (at === this.#types.length) {
      this.#types = grown(this.#types, new Uint8Array(2 * at));
      this.#prints = grown(this.#prints, new Uint32Array(2 * at));
    }
    this.#types[at] = piiTypes.indexOf(type);
    this.#prints[at] = print;
    this.#size = at + 1;
    if (64 * this.#size > 32 * this.#bits.length) {
      this.#bits = new Uint32Array(2 * this.#bits.length);
      for (let i = 0; i < at; i++) this.#mark(this.#prints[i]);
    }
    this.#mark(print);
  }

  /** Where a text has values that were added, the longest at each place. Time grows with the text's words. */
  find(text: string): PiiLeak[] {
    if (this.#size === 0) return [];
    const starts: number[] = [];
    const values: string[] = [];
    const ends: number[] = [];
    for (const {index, 0: value} of text.matchAll(word)) {
      starts.push(index);
      ends.push(index + value.length);
      values.push(/[^\0-\x7f]/.test(value) ? comparedValue(value) : value.toLowerCase());
    }
    const leaks: PiiLeak[] = [];
    for (let i = 0; i < values.length; i++) {
      let print = this.#seed;
      let leak: PiiLeak | null = null;
      for (let n = 1; n <= this.#most && i + n <= values.length; n++) {
        print = rolled(print, values[i + n - 1]);
        if (this.#counts[n] === 0 || !this.#marked(fmix32(print) >>> 0)) continue;
        const hash = keyedHash(this.#key, values.slice(i, i + n).join(""));
        const at = this.#table.find(...halves(hash));
        if (at >= 0) leak = {start: starts[i], end: ends[i + n - 1], type: piiTypes[this.#types[at]], hash, number: at};
      }
      if (leak === null) continue;
      leaks.push(leak);
      while (i + 1 < values.length && starts[i + 1] < leak.end) i++;
    }
    return leaks;
  }

  #mark(print: number): void {
    const mask = 32 * this.#bits.length - 1;
    for (const bit of [print & mask, Math.imul(print, 0x9e3779b1) & mask]) this.#bits[bit >>> 5] |= 1 << (bit & 31);
  }

  #marked(print: number): boolean {
    const mask = 32 * this.#bits.length - 1;
    const [one, two] = [print & mask, Math.imul(print, 0x9e3779b1) & mask];
    return ((this.#bits[one >>> 5] >>> (one & 31)) & (this.#bits[two >>> 5] >>> (two & 31)) & 1) === 1;
  }
}

function grown<T extends Uint8Array | Uint32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

function halves(hash: string): [number, number] {
  return [parseInt(hash.slice(0, 8), 16) | 0, parseInt(hash.slice(8, 16), 16) | 0];
}

/** FNV-1a over UTF-16 units (Fowler, Noll and Vo), from a state on. */
function rolled(state: number, value: string): number {
  let h = state;
  for (let i = 0; i < value.length; i++) h = Math.imul(h ^ value.charCodeAt(i), 0x01000193);
  return h;
}
