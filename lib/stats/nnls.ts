/** The least squares solution without a negative coefficient. */
export interface NonNegative {
  readonly x: Float64Array;
  /** sum of squares of b − A x */
  readonly residual: number;
  /** Aᵀ(b − A x): 0 where x is positive, at most 0 elsewhere, both up to rounding (Karush, Kuhn and Tucker) */
  readonly dual: Float64Array;
}

/**
 * Non-negative least squares, min ‖A x − b‖² over x ≥ 0, by Lawson and Hanson's active set. The columns in use are kept
 * orthonormal, each orthogonalised twice, so that the condition number is not squared.
 *
 * @param rows A by rows, of any number and length; already multiplied by the square root of their weight
 * @param tolerance share of ‖column‖ ‖b‖ under which a column promises no gain, and of ‖column‖ under which its
 *   remainder says that it depends on the columns in use
 * @throws RangeError if there are no rows, or a value is not finite
 * Source: Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23.
 */
export function nnls(rows: readonly ArrayLike<number>[], b: ArrayLike<number>, tolerance = 1e-13): NonNegative {
  const m = rows.length;
  if (m === 0) throw new RangeError("expected at least one row, got none");
  if (b.length !== m) throw new RangeError(`expected ${m} right-hand values, one a row, got ${b.length}`);
  const n = rows[0].length;
  const columns = Array.from({length: n}, (_, j) => Float64Array.from(rows, (row) => row[j]));
  const rest = Float64Array.from(b);
  for (let i = 0; i < m; i++) {
    if (!Number.isFinite(rest[i])) throw new RangeError(`expected finite values, got ${rest[i]} in row ${i + 1} of b`);
    for (let j = 0; j < n; j++)
      if (!Number.isFinite(columns[j][i]))
        throw new RangeError(`expected finite values, got ${columns[j][i]} in row ${i + 1}, column ${j + 1}`);
  }
  const lengths = columns.map((column) => Math.sqrt(dot(column, column)));
  for (const [j, column] of columns.entries()) if (lengths[j] > 0) for (let i = 0; i < m; i++) column[i] /= lengths[j];
  const scale = Math.sqrt(dot(rest, rest));
  const x = new Float64Array(n);
  // Columns in use, their orthonormal basis, and column t of R: the shares of used[t] along the basis up to t.
  const used: number[] = [];
  const basis: Float64Array[] = [];
  const r: Float64Array[] = [];
  const refused = new Uint8Array(n);
  for (let round = 0; ; round++) {
    // Each round lowers the residual, so it ends; the bound only guards against a cycle of rounding errors.
    if (round > 30 * (n + 10)) throw new RangeError(`expected an end after ${round} rounds of ${n} columns, got none`);
    let next = -1;
    let most = tolerance * scale;
    for (let j = 0; j < n; j++) {
      if (refused[j] || lengths[j] === 0 || used.includes(j)) continue;
      const promise = dot(columns[j], rest);
      if (promise > most) [next, most] = [j, promise];
    }
    if (next < 0) break;
    if (!use(next) || solve()[used.length - 1] <= 0) {
      // Its gain is rounding: it depends on the columns in use.
      refused[next] = 1;
      if (used.at(-1) === next) cut(used.length - 1);
      continue;
    }
    refused.fill(0);
    for (let z = solve(); ; z = solve()) {
      let step = 1;
      let blocking = -1;
      for (let t = 0; t < used.length; t++) {
        const share = z[t] <= 0 ? x[used[t]] / (x[used[t]] - z[t]) : 1;
        if (share < step) [step, blocking] = [share, t];
      }
      let first = used.length;
      for (let t = used.length - 1; t >= 0; t--) {
        const j = used[t];
        x[j] += step * (z[t] - x[j]);
        if (t === blocking || x[j] <= 0) [x[j], first] = [0, t];
      }
      if (first === used.length) break;
      const kept = used.slice(first).filter((j) => x[j] > 0);
      cut(first);
      for (const j of kept) if (!use(j)) x[j] = 0;
    }
    remainder();
  }
  const dual = Float64Array.from(columns, (column, j) => lengths[j] * dot(column, rest));
  for (let j = 0; j < n; j++) if (x[j] > 0) x[j] /= lengths[j];
  return {x, residual: dot(rest, rest), dual};

  /** Takes a column into use, unless it depends on those that are. */
  function use(j: number): boolean {
    if (basis.length === m) return false;
    const q = columns[j].slice();
    const shares = new Float64Array(basis.length + 1);
    for (let pass = 0; pass < 2; pass++)
      for (const [t, other] of basis.entries()) {
        const share = dot(other, q);
        shares[t] += share;
        for (let i = 0; i < m; i++) q[i] -= share * other[i];
      }
    const length = Math.sqrt(dot(q, q));
    if (!(length > tolerance)) return false;
    for (let i = 0; i < m; i++) q[i] /= length;
    shares[basis.length] = length;
    used.push(j);
    basis.push(q);
    r.push(shares);
    return true;
  }

  function cut(length: number): void {
    used.length = basis.length = r.length = length;
  }

  /** Least squares on the columns in use. */
  function solve(): Float64Array {
    const z = Float64Array.from(basis, (q) => dot(q, b));
    for (let t = z.length - 1; t >= 0; t--) {
      z[t] /= r[t][t];
      for (let u = 0; u < t; u++) z[u] -= r[t][u] * z[t];
    }
    return z;
  }

  function remainder(): void {
    rest.set(b);
    for (const q of basis) {
      const share = dot(q, rest);
      for (let i = 0; i < m; i++) rest[i] -= share * q[i];
    }
  }
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
