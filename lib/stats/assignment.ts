/**
 * The pairing of rows with columns of greatest sum, each column once: by row its column. Of equal ones that which gives
 * the last rows their own place first.
 *
 * @param gains square, at most 12 rows: the work is rows · 2^rows
 * @throws RangeError for more
 * Source: Held & Karp (1962), doi:10.1137/0110015, the recursion over subsets.
 */
export function assignment(gains: readonly (readonly number[])[]): number[] {
  const n = gains.length;
  if (n > 12) throw new RangeError(`expected at most 12 rows, got ${n}`);
  const best = new Float64Array(1 << n).fill(-Infinity);
  const taken = new Int8Array(1 << n);
  best[0] = 0;
  for (let set = 1; set < best.length; set++) {
    const row = bits(set) - 1;
    // The row's own column first: it wins ties.
    for (const column of [row, ...Array.from({length: n}, (_, c) => c).filter((c) => c !== row)]) {
      if (((set >> column) & 1) === 0) continue;
      const value = best[set & ~(1 << column)] + gains[row][column];
      if (value > best[set]) [best[set], taken[set]] = [value, column];
    }
  }
  const columns = new Array<number>(n);
  for (let row = n - 1, set = best.length - 1; row >= 0; row--) {
    columns[row] = taken[set];
    set &= ~(1 << taken[set]);
  }
  return columns;
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) count++;
  return count;
}
