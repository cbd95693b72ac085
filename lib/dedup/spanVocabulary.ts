import type {SpanTokens} from "./spanReader.js";

/** Numbers for tokens, from 1 in the order they came. Tokens are compared unit by unit, so that no two share a number. */
export interface SpanVocabulary {
  size: number;
  /** the number of token i, −1 where it was never added */
  find(tokens: SpanTokens, i: number): number;
  add(tokens: SpanTokens, i: number): number;
}

/** An empty vocabulary: open addressing, about 16 bytes and the units a distinct token. */
export function createSpanVocabulary(): SpanVocabulary {
  let mask = 4095;
  let numbers = new Int32Array(mask + 1);
  let hashes = new Int32Array(2048);
  let ends = new Float64Array(2048);
  let units = new Uint16Array(16_384);

  function place({low, at, units: own}: SpanTokens, i: number): number {
    const hash = low[i];
    const length = at[i + 1] - at[i];
    let slot = hash & mask;
    for (; numbers[slot] !== 0; slot = (slot + 1) & mask) {
      const number = numbers[slot];
      if (hashes[number] !== hash) continue;
      const start = ends[number - 1];
      if (ends[number] - start !== length) continue;
      let k = 0;
      while (k < length && units[start + k] === own[at[i] + k]) k++;
      if (k === length) break;
    }
    return slot;
  }

  function grow(): void {
    mask = 2 * mask + 1;
    numbers = new Int32Array(mask + 1);
    for (let number = 1; number <= vocabulary.size; number++) {
      let slot = hashes[number] & mask;
      while (numbers[slot] !== 0) slot = (slot + 1) & mask;
      numbers[slot] = number;
    }
  }

  const vocabulary: SpanVocabulary = {
    size: 0,
    find(tokens, i) {
      const number = numbers[place(tokens, i)];
      return number === 0 ? -1 : number;
    },
    add(tokens, i) {
      let slot = place(tokens, i);
      if (numbers[slot] !== 0) return numbers[slot];
      if (2 * vocabulary.size > mask) {
        grow();
        slot = place(tokens, i);
      }
      const number = ++vocabulary.size;
      if (number >= hashes.length) {
        hashes = larger(hashes, new Int32Array(2 * number));
        ends = larger(ends, new Float64Array(2 * number));
      }
      const start = ends[number - 1];
      const {at, units: own} = tokens;
      const length = at[i + 1] - at[i];
      if (start + length > units.length) units = larger(units, new Uint16Array(2 * (start + length)));
      for (let k = 0; k < length; k++) units[start + k] = own[at[i] + k];
      hashes[number] = tokens.low[i];
      ends[number] = start + length;
      numbers[slot] = number;
      return number;
    }
  };
  return vocabulary;
}

function larger<T extends Int32Array | Float64Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
