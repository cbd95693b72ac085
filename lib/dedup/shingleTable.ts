/** Numbers distinct shingles by their two hashes: open addressing in typed arrays, 12 to 24 bytes a shingle. */
export interface ShingleTable {
  /** how many there are */
  size: number;
  /** the number of a shingle, −1 where it was never added */
  find(low: number, high: number): number;
  /** the number of a shingle, counted from 0 in the order they came */
  add(low: number, high: number): number;
  /** what the table is made of, for a copy elsewhere: its own arrays, until something is added */
  data(): ShingleTableData;
}

/** A table's arrays, by place: both hashes of a shingle, and its number + 1, so that 0 is a free place. */
export interface ShingleTableData {
  lows: Int32Array;
  highs: Int32Array;
  numbers: Int32Array;
  size: number;
}

/** An empty table, or one over the arrays of another, which nothing may be added to. Two shingles that agree in 64 bits of hash are taken for one. */
export function createShingleTable(from?: ShingleTableData): ShingleTable {
  let mask = (from?.numbers.length ?? 1024) - 1;
  let lows = from?.lows ?? new Int32Array(mask + 1);
  let highs = from?.highs ?? new Int32Array(mask + 1);
  let numbers = from?.numbers ?? new Int32Array(mask + 1);

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
    size: from?.size ?? 0,
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
    },
    data: () => ({lows, highs, numbers, size: table.size})
  };
  return table;
}
