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

// Keys of a part, and with them its table, fit a core's cache.
const partSize = 16_384;

/**
 * Joins all active rows that share a key of one band. Rows are dealt into parts by their keys first, so that looking a key
 * up stays within a cache: 10 million take a fraction of what one big table or a sort does.
 */
export function joinBand(keys: Uint32Array, active: Uint8Array, parents: Int32Array<SharedArrayBuffer>): void {
  const bits = Math.max(0, Math.ceil(Math.log2(keys.length / partSize)));
  // Keys are hashes; their upper bits choose the part, the others the place in its table.
  const part = (key: number) => (bits === 0 ? 0 : key >>> (32 - bits));
  const starts = new Uint32Array((1 << bits) + 1);
  for (let row = 0; row < keys.length; row++) if (active[row] === 1) starts[part(keys[row]) + 1]++;
  for (let i = 1; i < starts.length; i++) starts[i] += starts[i - 1];
  const dealt = new Uint32Array(starts.at(-1)!);
  const next = starts.slice();
  for (let row = 0; row < keys.length; row++) if (active[row] === 1) dealt[next[part(keys[row])]++] = row;
  let table = new Int32Array(0);
  for (let p = 0; p + 1 < starts.length; p++) {
    const n = starts[p + 1] - starts[p];
    if (n < 2) continue;
    let size = 16;
    while (size < 2 * n) size *= 2;
    if (table.length < size) table = new Int32Array(size);
    table.fill(-1, 0, size);
    for (let i = starts[p]; i < starts[p + 1]; i++) {
      const row = dealt[i];
      const key = keys[row];
      let at = Math.imul(key, 0x9e3779b1) & (size - 1);
      while (table[at] !== -1 && keys[table[at]] !== key) at = (at + 1) & (size - 1);
      if (table[at] === -1) table[at] = row;
      else joinRows(parents, table[at], row);
    }
  }
}
