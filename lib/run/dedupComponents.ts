/**
 * The set of a row in a forest that several threads join at once. A parent is never greater than its child, so that there
 * are no cycles; halving a path writes only ancestors, so that a stale write costs a step and no more.
 */
export function findRoot(parents: Int32Array, row: number): number {
  let at = row;
  for (;;) {
    const parent = parents[at];
    if (parent === at) return at;
    const grand = parents[parent];
    if (grand === parent) return parent;
    parents[at] = grand;
    at = grand;
  }
}

/**
 * Joins two rows' sets under the smaller root. The sets that come of it are the same in whatever order threads join.
 *
 * Source: R. Anderson, H. Woll (1991), wait-free parallel union-find: a root is linked by compare-and-swap, or looked up
 * again.
 */
export function joinRows(parents: Int32Array<SharedArrayBuffer>, a: number, b: number): void {
  for (;;) {
    const x = findRoot(parents, a);
    const y = findRoot(parents, b);
    if (x === y) return;
    const [small, great] = x < y ? [x, y] : [y, x];
    if (Atomics.compareExchange(parents, great, great, small) === great) return;
  }
}

// Keys and rows of a part, and its table, fit a core's nearest cache.
const partSize = 1024;

/**
 * Joins all active rows that share a key of one band, and notes the band in `met`: bit `band` modulo 32 of each such row.
 * Keys are dealt into parts first, so that looking one up stays within a cache: 10 million take a fraction of what one big
 * table or a sort does.
 */
export function joinBand(
  keys: Uint32Array,
  active: Uint8Array,
  {parents, met, band}: {parents: Int32Array<SharedArrayBuffer>; met: Uint32Array<SharedArrayBuffer>; band: number}
): void {
  const bits = Math.min(12, Math.max(0, Math.ceil(Math.log2(keys.length / partSize))));
  // Keys are hashes; their upper bits choose the part, others the place in its table. Two shifts, as one by 32 is none.
  const shift = 31 - bits;
  const starts = new Uint32Array((1 << bits) + 1);
  for (let row = 0; row < keys.length; row++) if (active[row] === 1) starts[((keys[row] >>> 1) >>> shift) + 1]++;
  for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
  const dealt = new Uint32Array(starts.at(-1)!);
  const rows = new Uint32Array(dealt.length);
  const next = starts.slice();
  for (let row = 0; row < keys.length; row++) {
    if (active[row] !== 1) continue;
    const at = next[(keys[row] >>> 1) >>> shift]++;
    dealt[at] = keys[row];
    rows[at] = row;
  }
  const bit = 1 << (band & 31);
  let table = new Int32Array(0);
  for (let p = 0; p + 1 < starts.length; p++) {
    const n = starts[p + 1] - starts[p];
    if (n < 2) continue;
    let size = 16;
    while (size < 2 * n) size *= 2;
    if (table.length < size) table = new Int32Array(size);
    table.fill(-1, 0, size);
    for (let i = starts[p]; i < starts[p + 1]; i++) {
      const key = dealt[i];
      let at = Math.imul(key, 0x9e3779b1) & (size - 1);
      while (table[at] !== -1 && dealt[table[at]] !== key) at = (at + 1) & (size - 1);
      const first = table[at];
      if (first === -1) table[at] = i;
      else {
        joinRows(parents, rows[first], rows[i]);
        Atomics.or(met, rows[first], bit);
        Atomics.or(met, rows[i], bit);
      }
    }
  }
}
