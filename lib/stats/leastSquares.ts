/** A design matrix, taken apart once and then solved for any number of right-hand sides. */
export interface LeastSquares {
  readonly rank: number;
  /** by column: whether the rows tell this coefficient apart from the others */
  readonly estimable: readonly boolean[];
  /** ratio of the largest to the smallest diagonal of R after columns were scaled to length 1; a lower bound of the
   * condition number, never infinite: dependent columns are left out */
  readonly condition: number;
  /** by row: the diagonal of the hat matrix, in [0, 1] */
  readonly leverage: Float64Array;
  /** Coefficients that minimise the sum of squares; those of columns that were left out are 0. */
  solve(y: ArrayLike<number>): Float64Array;
  /** The z with XᵀX z = g, through the triangle of the design, so that its condition number is not squared twice. */
  solveNormal(g: ArrayLike<number>): Float64Array;
  /** Residual sum of squares at the minimum, without the coefficients. */
  residual(y: ArrayLike<number>): number;
  /** Sum of squares that the columns explain: y's own less the residual, faster and to 1e-16 of y's own. */
  explained(y: ArrayLike<number>): number;
}

/**
 * Least squares by modified Gram–Schmidt with column pivoting, each column orthogonalised twice.
 *
 * @param rows n rows of k values each, already multiplied by the square root of their weight
 * @param tolerance a column whose remainder is shorter than this share of its length depends on the others
 * @throws RangeError if there are no rows or a value is not finite
 * Source: Björck (1996), Numerical Methods for Least Squares Problems, sections 2.4.4 and 2.7.
 */
export function leastSquares(rows: readonly ArrayLike<number>[], tolerance = 1e-9): LeastSquares {
  if (rows.length === 0) throw new RangeError("expected at least one row, got none");
  const n = rows.length;
  const k = rows[0].length;
  const columns = Array.from({length: k}, (_, j) => Float64Array.from(rows, (row) => row[j]));
  for (const [j, column] of columns.entries())
    for (let i = 0; i < n; i++)
      if (!Number.isFinite(column[i]))
        throw new RangeError(`expected finite values, got ${column[i]} in row ${i + 1}, column ${j + 1}`);
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  const left = [...columns.keys()].filter((j) => lengths[j] > 0);
  for (const j of left) for (let i = 0; i < n; i++) columns[j][i] /= lengths[j];
  const taken: number[] = [];
  const basis: Float64Array[] = [];
  // r[j][i]: the share of column j along basis vector i, columns scaled to length 1.
  const r = columns.map(() => new Float64Array(Math.min(n, k)));
  const diagonal: number[] = [];
  while (left.length > 0 && basis.length < n) {
    let best = -1;
    let most = tolerance;
    for (const j of left) {
      const length = Math.sqrt(dot(columns[j], columns[j]));
      // The margin keeps the pivot order from hanging on the last bit.
      if (length > most * (1 + 1e-9)) [best, most] = [j, length];
    }
    if (best < 0) break;
    const q = columns[best];
    for (let pass = 0; pass < 2; pass++)
      for (let i = 0; i < basis.length; i++) {
        const share = dot(basis[i], q);
        r[best][i] += share;
        for (let t = 0; t < n; t++) q[t] -= share * basis[i][t];
      }
    const length = Math.sqrt(dot(q, q));
    for (let t = 0; t < n; t++) q[t] /= length;
    const at = basis.length;
    r[best][at] = length;
    diagonal.push(length);
    taken.push(best);
    basis.push(q);
    left.splice(left.indexOf(best), 1);
    for (const j of left) {
      const share = dot(q, columns[j]);
      r[j][at] = share;
      for (let t = 0; t < n; t++) columns[j][t] -= share * q[t];
    }
  }
  const estimable = new Array<boolean>(k).fill(false);
  for (const j of taken) estimable[j] = true;
  // A column that was left out is a sum of taken ones: none of those can be told apart from it.
  for (const j of left) {
    const sum = back(r[j]);
    for (const [i, t] of taken.entries()) if (Math.abs(sum[i]) > 1e-7) estimable[t] = false;
  }
  const leverage = new Float64Array(n);
  for (const q of basis) for (let i = 0; i < n; i++) leverage[i] += q[i] * q[i];

  function back(rhs: ArrayLike<number>): Float64Array {
    const out = new Float64Array(taken.length);
    for (let i = taken.length - 1; i >= 0; i--) {
      let value = rhs[i];
      for (let j = i + 1; j < taken.length; j++) value -= r[taken[j]][i] * out[j];
      out[i] = value / diagonal[i];
    }
    return out;
  }

  return {
    rank: taken.length,
    estimable,
    condition: diagonal.length === 0 ? 1 : Math.max(...diagonal) / Math.min(...diagonal),
    leverage: leverage.map((h) => Math.min(1, h)),
    solve(y) {
      const scaled = back(basis.map((q) => dot(q, y)));
      const out = new Float64Array(k);
      for (const [i, j] of taken.entries()) out[j] = scaled[i] / lengths[j];
      return out;
    },
    solveNormal(g) {
      const half = new Float64Array(taken.length);
      for (const [i, j] of taken.entries()) {
        let value = g[j] / lengths[j];
        for (let t = 0; t < i; t++) value -= r[j][t] * half[t];
        half[i] = value / diagonal[i];
      }
      const scaled = back(half);
      const out = new Float64Array(k);
      for (const [i, j] of taken.entries()) out[j] = scaled[i] / lengths[j];
      return out;
    },
    residual(y) {
      const rest = Float64Array.from(y);
      for (const q of basis) {
        const share = dot(q, rest);
        for (let i = 0; i < n; i++) rest[i] -= share * q[i];
      }
      return dot(rest, rest);
    },
    explained(y) {
      let sum = 0;
      for (const q of basis) sum += dot(q, y) ** 2;
      return sum;
    }
  };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
