/** Σ a_i x_i ≤ bound, or = bound. */
export interface Row {
  readonly a: readonly number[];
  readonly bound: number;
  readonly equal?: boolean;
}

const tiny = 1e-11;

/**
 * A corner x ≥ 0 that meets every row and minimises c · x; null where no x meets them.
 *
 * The two-phase simplex on a dense tableau with Bland's rule, which cannot cycle: for tens of variables and rows. HiGHS
 * loads asynchronously; this one is for schedules and for the online mixer, whose steps are plain functions of a state.
 *
 * @throws RangeError if the minimum is unbounded
 * Source: Bland (1977), doi:10.1287/moor.2.2.103.
 */
export function linearProgram(c: readonly number[], rows: readonly Row[]): number[] | null {
  const n = c.length;
  const slacks = rows.filter((row) => !row.equal).length;
  const width = n + slacks + rows.length;
  let slack = n;
  const table = rows.map((row, i) => {
    const line = new Float64Array(width + 1);
    line.set(row.a);
    if (!row.equal) line[slack++] = 1;
    line[width] = row.bound;
    if (row.bound < 0) for (let j = 0; j <= width; j++) line[j] = -line[j];
    line[n + slacks + i] = 1;
    return line;
  });
  const base = rows.map((_, i) => n + slacks + i);
  const artificial = new Float64Array(width);
  artificial.fill(1, n + slacks);
  if (minimise(table, base, artificial, width) > 1e-9) return null;
  for (const [i, b] of base.entries()) {
    if (b < n + slacks) continue;
    // An artificial variable at zero leaves the basis by any column; a row without one says nothing new.
    const j = table[i].findIndex((v, at) => at < n + slacks && Math.abs(v) > 1e-9);
    if (j >= 0) pivot(table, base, i, j);
  }
  const cost = new Float64Array(width);
  cost.set(c);
  minimise(table, base, cost, n + slacks);
  const x = new Array<number>(n).fill(0);
  for (const [i, b] of base.entries()) if (b < n) x[b] = Math.max(0, table[i][width]);
  return x;
}

/** Minimises over the columns below `allowed`; the table ends at a basis of the optimum. */
function minimise(table: Float64Array[], base: number[], cost: Float64Array, allowed: number): number {
  const width = cost.length;
  while (true) {
    let enter = -1;
    for (let j = 0; j < allowed && enter < 0; j++) {
      let reduced = cost[j];
      for (let i = 0; i < table.length; i++) reduced -= cost[base[i]] * table[i][j];
      if (reduced < -1e-10) enter = j;
    }
    if (enter < 0) break;
    let leave = -1;
    let least = Infinity;
    for (let i = 0; i < table.length; i++) {
      if (table[i][enter] <= 1e-10) continue;
      const ratio = table[i][width] / table[i][enter];
      if (ratio < least - tiny || (ratio < least + tiny && base[i] < base[leave])) {
        leave = i;
        least = Math.min(least, ratio);
      }
    }
    if (leave < 0) throw new RangeError("expected a bounded linear program; its minimum is without end");
    pivot(table, base, leave, enter);
  }
  return base.reduce((sum, b, i) => sum + cost[b] * table[i][width], 0);
}

function pivot(table: Float64Array[], base: number[], i: number, j: number): void {
  const line = table[i];
  const by = line[j];
  for (let t = 0; t < line.length; t++) line[t] /= by;
  for (const [r, other] of table.entries()) {
    if (r === i || other[j] === 0) continue;
    const factor = other[j];
    for (let t = 0; t < line.length; t++) other[t] -= factor * line[t];
  }
  base[i] = j;
}
