/** Which of the texts added so far share a band with another. */
export interface BandIndex {
  /** Ordinals of the texts added under one of the keys, ascending, each once; the array is used again. */
  candidates(keys: ArrayLike<number>): Int32Array;
  /** Adds a text with the next ordinal or a later one; what is full stays as it is. */
  add(keys: ArrayLike<number>, ordinal: number): void;
  /** times a text was not added under one of its keys because so many were there before it */
  readonly left: number;
}

/** A band and its key as one number, which tells it from all others. */
export function bandedKey(band: number, key: number): number {
  return band * 2 ** 32 + key;
}

// Up to here sorting by insertion beats a call of the engine's own.
const shortList = 32;

/**
 * An index over keys of bands as `bandedKey` gives them: open addressing and chains in typed arrays, 8 bytes an entry and
 * 24 to 48 a distinct key.
 *
 * @param options.most texts held under one key: what bounds the work where many texts share a band and are no duplicates
 */
export function createBandIndex({most = Infinity}: {most?: number} = {}): BandIndex {
  // Number of a key + 1, so that 0 is a free place.
  let table = new Int32Array(1024);
  let keysOf = new Float64Array(512);
  let held = new Int32Array(512);
  let newest = new Int32Array(512);
  let size = 0;
  // An entry is an ordinal and the entry before it under its key, −1 for none.
  let ordinals = new Int32Array(1024);
  let before = new Int32Array(1024);
  let entries = 0;
  let found = new Int32Array(256);
  let left = 0;

  function place(key: number): number {
    const mask = table.length - 1;
    let at = scattered(key) & mask;
    while (table[at] !== 0 && keysOf[table[at] - 1] !== key) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    keysOf = longer(keysOf, new Float64Array(2 * size));
    held = longer(held, new Int32Array(2 * size));
    newest = longer(newest, new Int32Array(2 * size));
    table = new Int32Array(4 * size);
    for (let i = 0; i < size; i++) table[place(keysOf[i])] = i + 1;
  }

  return {
    candidates(keys) {
      let n = 0;
      for (let i = 0; i < keys.length; i++) {
        const number = table[place(keys[i])];
        if (number === 0) continue;
        if (n + held[number - 1] > found.length) found = longer(found, new Int32Array(2 * (n + held[number - 1])));
        for (let entry = newest[number - 1]; entry !== -1; entry = before[entry]) found[n++] = ordinals[entry];
      }
      if (n > shortList) found.subarray(0, n).sort();
      else insertionSort(found, n);
      let distinct = Math.min(n, 1);
      for (let i = 1; i < n; i++) if (found[i] !== found[i - 1]) found[distinct++] = found[i];
      return found.subarray(0, distinct);
    },
    add(keys, ordinal) {
      for (let i = 0; i < keys.length; i++) {
        let at = place(keys[i]);
        if (table[at] === 0) {
          if (size === keysOf.length) {
            grow();
            at = place(keys[i]);
          }
          keysOf[size] = keys[i];
          held[size] = 0;
          newest[size] = -1;
          table[at] = ++size;
        }
        const number = table[at] - 1;
        if (held[number] >= most) {
          left++;
          continue;
        }
        if (entries === ordinals.length) {
          ordinals = longer(ordinals, new Int32Array(2 * entries));
          before = longer(before, new Int32Array(2 * entries));
        }
        ordinals[entries] = ordinal;
        before[entries] = newest[number];
        newest[number] = entries++;
        held[number]++;
      }
    },
    get left() {
      return left;
    }
  };
}

function insertionSort(list: Int32Array, n: number): void {
  for (let i = 1; i < n; i++) {
    const value = list[i];
    let at = i;
    for (; at > 0 && list[at - 1] > value; at--) list[at] = list[at - 1];
    list[at] = value;
  }
}

function scattered(key: number): number {
  const h = Math.imul(key ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b), 0x9e3779b1);
  return h ^ (h >>> 15);
}

function longer<T extends Int32Array | Float64Array>(from: T, into: T): T {
  into.set(from);
  return into;
}
