/** Columns by which rows stand in keep order; the arrays have one element a row. */
export interface RowOrder {
  /** four words of sha256 each */
  id: readonly Uint32Array[];
  /** the keep rule's class, 0 the best */
  classes: Uint32Array;
  /** rows that are never removed: they stay before others of their class */
  fixed(row: number): boolean;
}

/** Negative where row `a` is kept rather than row `b`. */
export function rowOrder({id, classes, fixed}: RowOrder, a: number, b: number): number {
  return (
    classes[a] - classes[b] ||
    Number(fixed(b)) - Number(fixed(a)) ||
    id[0][a] - id[0][b] ||
    id[1][a] - id[1][b] ||
    id[2][a] - id[2][b] ||
    id[3][a] - id[3][b] ||
    a - b
  );
}

/**
 * For each row the first in keep order that has its text: itself where it is that. Texts are the same where these four
 * words are, those of the id by default.
 */
export function firstsOf(order: RowOrder, rows: number, same: readonly Uint32Array[] = order.id): Int32Array {
  const [a, b, c, d] = same;
  let size = 16;
  while (size < 1.5 * rows) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const place = (row: number) => {
    let at = a[row] & (size - 1);
    for (; ; at = (at + 1) & (size - 1)) {
      const held = table[at];
      if (held === -1) return at;
      if (a[held] === a[row] && b[held] === b[row] && c[held] === c[row] && d[held] === d[row]) return at;
    }
  };
  for (let row = 0; row < rows; row++) {
    const at = place(row);
    if (table[at] === -1 || rowOrder(order, row, table[at]) < 0) table[at] = row;
  }
  const firsts = new Int32Array(rows);
  for (let row = 0; row < rows; row++) firsts[row] = table[place(row)];
  return firsts;
}
