/** A model of characters that has counted what followed what. */
export interface CharacterModel {
  /** characters counted */
  characters: number;
  /** mean surprise of a text in bits a character, by order from 1 on; NaN for an empty text */
  bits(text: string): Float64Array;
}

// ASCII stands for itself; what lies beyond is one symbol, which costs nothing in English and keeps a 6-gram below 2^43.
const symbols = 128;
const other = 1;

/**
 * Counts characters in contexts of up to `order` − 1, with Witten–Bell smoothing: a context that was followed by t
 * different characters in c places gives t / (t + c) of its weight to the next shorter context, and the empty one to the
 * uniform distribution over 128 symbols.
 *
 * @param options.order 1 to 6 characters, context and prediction together
 * Source: Witten and Bell (1991), IEEE Transactions on Information Theory 37(4), method C; interpolated as in Chen and
 * Goodman (1998), TR-10-98, section 2.5.
 */
export function wittenBell(texts: Iterable<string>, {order = 6} = {}): CharacterModel {
  if (!Number.isInteger(order) || order < 1 || order > 6)
    throw new RangeError(`expected an order of 1 to 6, got ${order}`);
  const grams = new GramTable();
  let characters = 0;
  for (const text of texts) {
    let known = 1;
    grams.add(1);
    // By length: keys[n] is that of the last n characters.
    const keys = new Float64Array(order).fill(1);
    for (let i = 0; i < text.length; i++) {
      const symbol = symbolOf(text, i);
      for (let n = known - 1; n >= 0; n--) {
        const key = keys[n] * symbols + symbol;
        const slot = grams.add(key);
        // A table that grew has moved its slots.
        const context = grams.find(keys[n]);
        if (grams.counts[slot]++ === 0) grams.types[context]++;
        grams.totals[context]++;
        if (n + 1 < order) keys[n + 1] = key;
      }
      known = Math.min(order, known + 1);
    }
    characters += text.length;
  }
  return {
    characters,
    bits(text) {
      const sums = new Float64Array(order);
      // By length: the slot of the last n characters, −1 where they were never seen together.
      let contexts = new Int32Array(order).fill(-1);
      let next = new Int32Array(order).fill(-1);
      const keys = new Float64Array(order).fill(1);
      contexts[0] = grams.find(1);
      for (let i = 0; i < text.length; i++) {
        const symbol = symbolOf(text, i);
        const known = Math.min(order, i + 1);
        let probability = 1 / symbols;
        let n = 0;
        for (; n < known; n++) {
          const context = contexts[n];
          if (context < 0 || grams.totals[context] === 0) break;
          const slot = grams.find(keys[n] * symbols + symbol);
          if (n + 1 < order) next[n + 1] = slot;
          const types = grams.types[context];
          probability = ((slot < 0 ? 0 : grams.counts[slot]) + types * probability) / (grams.totals[context] + types);
          sums[n] -= Math.log2(probability);
        }
        // Where the longer context was never seen, the longer orders say what the shorter ones do.
        for (let m = n; m < order; m++) sums[m] -= Math.log2(probability);
        for (let m = n + 1; m < order; m++) next[m] = -1;
        next[0] = contexts[0];
        [contexts, next] = [next, contexts];
        for (let m = Math.min(known, order - 1); m > 0; m--) keys[m] = keys[m - 1] * symbols + symbol;
      }
      return sums.map((sum) => sum / text.length);
    }
  };
}

function symbolOf(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return code < symbols ? code : other;
}

/** An open-addressing table from a gram's key to its counts; keys are whole numbers of at most 2^43, never 0. */
class GramTable {
  #size = 0;
  #mask = 2 ** 16 - 1;
  #keys = new Float64Array(2 ** 16);
  counts = new Int32Array(2 ** 16);
  totals = new Int32Array(2 ** 16);
  types = new Int32Array(2 ** 16);

  /** The slot of a key, or −1. */
  find(key: number): number {
    let slot = this.#hash(key);
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask) if (this.#keys[slot] === key) return slot;
    return -1;
  }

  /** The slot of a key, made where there was none. */
  add(key: number): number {
    if (this.#size * 2 > this.#mask) this.#grow();
    let slot = this.#hash(key);
    for (; this.#keys[slot] !== 0; slot = (slot + 1) & this.#mask) if (this.#keys[slot] === key) return slot;
    this.#keys[slot] = key;
    this.#size++;
    return slot;
  }

  #hash(key: number): number {
    const high = Math.floor(key / 2 ** 32);
    let h = Math.imul((key - high * 2 ** 32) ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
    h ^= h >>> 15;
    h = Math.imul(h, 0xc2b2ae35);
    return (h ^ (h >>> 13)) & this.#mask;
  }

  #grow(): void {
    const {counts, totals, types} = this;
    const keys = this.#keys;
    const capacity = keys.length * 2;
    this.#mask = capacity - 1;
    this.#size = 0;
    this.#keys = new Float64Array(capacity);
    this.counts = new Int32Array(capacity);
    this.totals = new Int32Array(capacity);
    this.types = new Int32Array(capacity);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === 0) continue;
      const slot = this.add(keys[i]);
      this.counts[slot] = counts[i];
      this.totals[slot] = totals[i];
      this.types[slot] = types[i];
    }
  }
}
