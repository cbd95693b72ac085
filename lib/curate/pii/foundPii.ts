import {checkKey, comparedValue, keyedHash} from "./piiKey.js";
import type {PiiType} from "./piiSpan.js";

/** A found value in another text. */
export interface PiiLeak {
  start: number;
  end: number;
  type: PiiType;
  hash: string;
}

const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Words of the longest value that is looked for: an address. */
const longest = 48;

/**
 * Values that were found, as keyed hashes alone, and where other texts have them: any run of whole words whose letters and
 * digits, blanks and marks aside, hash to one of them. Values of other spelling, cut or joined to a word, are not seen.
 *
 * Values of fewer than `shortest` letters and digits, weekdays and years are passed over: they say nothing about a person,
 * and every text has them.
 */
export class FoundPii {
  readonly #key: Uint8Array;
  readonly #shortest: number;
  readonly #types = new Map<string, PiiType>();
  /** by number of words, the lengths that values have */
  readonly #lengths = new Map<number, Set<number>>();
  #most = 0;

  constructor({key, shortest = 5}: {key: Uint8Array; shortest?: number}) {
    checkKey(key);
    this.#key = key;
    this.#shortest = shortest;
  }

  /** Different values so far. */
  get size(): number {
    return this.#types.size;
  }

  /** Adds a value and returns its hash, null where it is passed over. */
  add(type: PiiType, value: string): string | null {
    const compared = comparedValue(value);
    if (compared.length < this.#shortest || (type === "DATE" && compared.length < 6) || /^[a-z]+day$/.test(compared))
      return null;
    const words = Math.min(longest, value.normalize("NFKC").match(word)?.length ?? 0);
    const hash = keyedHash(this.#key, value);
    this.#types.set(hash, type);
    // A number may be grouped otherwise elsewhere.
    const digits = /^\p{N}+$/u.test(compared);
    for (let n = digits ? 1 : words; n <= (digits ? Math.min(compared.length, 8) : words); n++) {
      const lengths = this.#lengths.get(n) ?? new Set();
      this.#lengths.set(n, lengths.add(compared.length));
      this.#most = Math.max(this.#most, n);
    }
    return hash;
  }

  /** Where a text has values that were added, the longest at each place. Time grows with the text's words. */
  find(text: string): PiiLeak[] {
    const places = [...text.matchAll(word)].map(({index, 0: value}) => ({
      start: index,
      end: index + value.length,
      value: comparedValue(value)
    }));
    const leaks: PiiLeak[] = [];
    for (let i = 0; i < places.length; i++) {
      let joined = "";
      let leak: PiiLeak | null = null;
      for (let n = 1; n <= this.#most && i + n <= places.length; n++) {
        joined += places[i + n - 1].value;
        if (this.#lengths.get(n)?.has(joined.length) !== true) continue;
        const hash = keyedHash(this.#key, joined);
        const type = this.#types.get(hash);
        if (type !== undefined) leak = {start: places[i].start, end: places[i + n - 1].end, type, hash};
      }
      if (leak === null) continue;
      leaks.push(leak);
      while (i + 1 < places.length && places[i + 1].start < leak.end) i++;
    }
    return leaks;
  }
}
