/** Numbers distinct shingles by their two hashes: open addressing in typed arrays, 12 to 24 bytes a shingle. */
export interface ShingleTable {
  /** how many there are */
  size: number;
  /** the number of a shingle, −1 where it was never added */
  find(low: number, high: number): number;
  /** the number of a shingle, counted from 0 in the order they came */
  add(low: number, high: number): number;
}

/** An empty table. Two shingles that agree in 64 bits of hash are taken for one. */
export function createShingleTable(): ShingleTable {
  let mask = 1023;
  let lows = new Int32Array(mask + 1);
  let highs = new Int32Array(mask + 1);
  // Number + 1, so that 0 is a free place.
  let numbers = new Int32Array(mask + 1);

  function place(low: number, high: number): number {
    let at = (low ^ (high >>> 7)) & mask;
    while (numbers[at] !== 0 && (lows[at] !== low || highs[at] !== high)) at = (at + 1) & mask;
    return at;
  }

  function grow(): void {
    const [oldLows, oldHighs, oldNumbers] = [lows, highs, numbers];
    mask = 2 * mask + 1;
    lows = new Int32Array(mask + 1);
    highs = new Int32Array(mask + 1);
    numbers = new Int32Array(mask + 1);
    for (let i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] === 0) continue;
      const at = place(oldLows[i], oldHighs[i]);
      lows[at] = oldLows[i];
      highs[at] = oldHighs[i];
      numbers[at] = oldNumbers[i];
    }
  }

  const table: ShingleTable = {
    size: 0,
    find: (low, high) => numbers[place(low, high)] - 1,
    add(low, high) {
      let at = place(low, high);
      if (numbers[at] !== 0) return numbers[at] - 1;
      if (2 * table.size > mask) {
        grow();
        at = place(low, high);
      }
      lows[at] = low;
      highs[at] = high;
      numbers[at] = ++table.size;
      return table.size - 1;
    }
  };
  return table;
}
