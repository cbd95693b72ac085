import {symmetricEigen, type Eigen} from "./symmetricEigen.js";

/** A design made ready for ridge regression on any number of right-hand sides. */
export interface Ridge {
  /** @param y one value a row @param lambda penalty; by default the one that cross-validation chooses */
  solve(y: ArrayLike<number>, lambda?: number): RidgeSolution;
}

/** Coefficients that a penalty has shrunk. */
export interface RidgeSolution {
  /** in the units of the rows, the constant's first */
  readonly coefficients: Float64Array;
  /** on columns scaled to variance 1, with the loss Σ w r² / Σ w + λ Σ b² */
  readonly lambda: number;
  /** effective coefficients: the trace of the hat matrix, the constant counted */
  readonly degrees: number;
  /** weighted sum of squared residuals */
  readonly residual: number;
}

/**
 * Ridge regression: least squares with λ Σ b² added, the columns centred and scaled to variance 1, the constant free.
 *
 * λ is the minimum of generalised cross-validation, n · residual / (n − degrees)², over a grid of a factor 10^(1/4)
 * and then between its neighbours. Columns that depend on others, shares that sum to 1 among them, are no obstacle:
 * their coefficients are the shortest that fit.
 *
 * @param rows n rows of k values, the first of them 1
 * @param weight 1 / variance up to a factor, 0 for a row that is left out; 1 by default
 * @throws RangeError if there are no rows, the first column is not constant, or a value is not finite
 * Source: Golub, Heath & Wahba (1979), doi:10.1080/00401706.1979.10489751.
 */
export function ridge(rows: readonly ArrayLike<number>[], weight?: ArrayLike<number>): Ridge {
  if (rows.length === 0) throw new RangeError("expected at least one row, got none");
  const n = rows.length;
  const k = rows[0].length - 1;
  for (const [i, row] of rows.entries()) {
    if (row[0] !== 1) throw new RangeError(`expected a first column of 1, got ${row[0]} in row ${i + 1}`);
    for (let j = 1; j <= k; j++)
      if (!Number.isFinite(row[j]))
        throw new RangeError(`expected finite values, got ${row[j]} in row ${i + 1}, column ${j + 1}`);
  }
  const w = Float64Array.from(rows, (_, i) => weight?.[i] ?? 1);
  const total = w.reduce((a, b) => a + b, 0);
  const used = w.reduce((count, v) => count + (v > 0 ? 1 : 0), 0);
  if (!(total > 0)) throw new RangeError("expected a positive weight, got none");
  const centre = Float64Array.from(
    {length: k},
    (_, j) => rows.reduce((sum, row, i) => sum + w[i] * row[j + 1], 0) / total
  );
  const scale = centre.map((c, j) => {
    const variance = rows.reduce((sum, row, i) => sum + w[i] * (row[j + 1] - c) ** 2, 0) / total;
    // A column that rounding alone makes vary is a constant too.
    return variance > 1e-24 * c * c ? Math.sqrt(variance) : 0;
  });
  const x = rows.map((row) => centre.map((c, j) => (scale[j] === 0 ? 0 : (row[j + 1] - c) / scale[j])));
  const {values, vectors} = principal(x.map((row, i) => row.map((v) => v * Math.sqrt(w[i] / total))));
  const top = Math.max(0, ...values);
  const kept = [...values.keys()].filter((j) => values[j] > 1e-12 * top);

  return {
    solve(y, lambda) {
      for (let i = 0; i < n; i++)
        if (!Number.isFinite(y[i])) throw new RangeError(`expected finite values, got ${y[i]} in row ${i + 1}`);
      let mean = 0;
      for (let i = 0; i < n; i++) mean += (w[i] * y[i]) / total;
      const cross = new Float64Array(k);
      let squares = 0;
      for (let i = 0; i < n; i++) {
        const r = y[i] - mean;
        squares += (w[i] * r * r) / total;
        for (let j = 0; j < k; j++) cross[j] += (w[i] * r * x[i][j]) / total;
      }
      const along = kept.map((j) => vectors[j].reduce((sum, v, i) => sum + v * cross[i], 0));
      const explained = kept.map((j, i) => along[i] ** 2 / values[j]);
      const rest = Math.max(0, squares - explained.reduce((a, b) => a + b, 0));
      const degreesAt = (at: number): number => 1 + kept.reduce((sum, j) => sum + values[j] / (values[j] + at), 0);
      const residualAt = (at: number): number =>
        rest + kept.reduce((sum, j, i) => sum + explained[i] * (at / (values[j] + at)) ** 2, 0);
      const score = (at: number): number => residualAt(at) / Math.max(1e-9, 1 - degreesAt(at) / used) ** 2;
      const chosen = lambda ?? minimum(score, top);
      const coefficients = new Float64Array(k + 1);
      for (const [i, j] of kept.entries()) {
        const size = along[i] / (values[j] + chosen);
        for (let c = 0; c < k; c++) if (scale[c] > 0) coefficients[c + 1] += (size * vectors[j][c]) / scale[c];
      }
      coefficients[0] = mean - centre.reduce((sum, c, j) => sum + c * coefficients[j + 1], 0);
      return {coefficients, lambda: chosen, degrees: degreesAt(chosen), residual: residualAt(chosen) * total};
    }
  };
}

/** Eigenvalues of XᵀX and their vectors; where there are fewer rows than columns those of XXᵀ lead to them. */
function principal(x: readonly Float64Array[]): Eigen {
  const [n, k] = [x.length, x[0].length];
  const dual = n < k;
  const lines = dual ? x : Array.from({length: k}, (_, j) => Float64Array.from(x, (row) => row[j]));
  const {values, vectors} = symmetricEigen(
    lines.map((a, i) => Float64Array.from(lines, (b, j) => (j < i ? 0 : dot(a, b))))
  );
  if (!dual) return {values, vectors};
  return {
    values,
    vectors: vectors.map((u, at) => {
      const v = new Float64Array(k);
      const root = Math.sqrt(Math.max(values[at], Number.MIN_VALUE));
      for (let i = 0; i < n; i++) {
        const [by, row] = [u[i] / root, x[i]];
        for (let j = 0; j < k; j++) v[j] += by * row[j];
      }
      return v;
    })
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The λ of least score: on a grid down from the largest eigenvalue, then by golden section between its neighbours. */
function minimum(score: (lambda: number) => number, top: number): number {
  if (top === 0) return 0;
  const grid = Array.from({length: 57}, (_, i) => top * 10 ** (2 - i / 4));
  let best = 0;
  for (let i = 1; i < grid.length; i++) if (score(grid[i]) < score(grid[best])) best = i;
  let [low, high] = [grid[Math.min(best + 1, grid.length - 1)], grid[Math.max(best - 1, 0)]].map(Math.log);
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 40; i++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (score(Math.exp(a)) <= score(Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}
