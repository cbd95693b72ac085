/** Eigenvalues of a symmetric matrix and their vectors, one vector a value, each of length 1. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: Float64Array[];
}

/**
 * All eigenvalues and vectors of a symmetric matrix: Householder's reflections to three diagonals, then implicit QL
 * rotations of these; in no order. About 9 n³ operations.
 *
 * @param matrix square; what is below the diagonal is not read
 * @throws RangeError for values that are not finite
 * Source: Wilkinson & Reinsch (1971), Handbook for Automatic Computation II, tred2 and tql2.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): Eigen {
  const n = matrix.length;
  // By column, so that rotations of two vectors run along memory.
  const z = matrix.map((_, j) => Float64Array.from({length: n}, (_, i) => (i <= j ? matrix[i][j] : matrix[j][i])));
  let top = 0;
  for (const column of z) for (let i = 0; i < n; i++) top = Math.max(top, Math.abs(column[i]));
  if (!Number.isFinite(top)) throw new RangeError("expected a finite matrix, got one that is not");
  if (top > 0) for (const column of z) for (let i = 0; i < n; i++) column[i] /= top;
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  tridiagonal(z, d, e);
  rotate(z, d, e);
  return {values: Array.from(d, (v) => v * top), vectors: z};
}

/** Beside a largest value of 1 this is none, and its square is still a number. */
const none = 1e-100;

/** Leaves in z the columns of the orthogonal Q, in d the diagonal of Qᵀ A Q, in e from place 1 on what is beside it. */
function tridiagonal(z: Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = d.length;
  const factor = new Float64Array(n);
  const reflections: Float64Array[] = [];
  for (let i = n - 1; i > 0; i--) {
    // The reflection that leaves of row i, up to the diagonal, the last value alone; by symmetry the row is column i.
    const u = z[i].slice(0, i);
    const size = u.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
    reflections[i] = u;
    e[i] = u[i - 1];
    if (u.every((v, j) => j === i - 1 || Math.abs(v) < none)) continue;
    const length = size * Math.sqrt(u.reduce((sum, v) => sum + (v / size) ** 2, 0));
    e[i] = u[i - 1] > 0 ? -length : length;
    u[i - 1] -= e[i];
    const h = -e[i] * u[i - 1];
    factor[i] = 1 / h;
    const p = new Float64Array(i);
    for (let j = 0; j < i; j++) addTo(p, u[j] / h, z[j], i);
    const half = dot(u, p, i) / (2 * h);
    for (let j = 0; j < i; j++) p[j] -= half * u[j];
    for (let j = 0; j < i; j++) {
      addTo(z[j], -u[j], p, i);
      addTo(z[j], -p[j], u, i);
    }
  }
  for (let i = 0; i < n; i++) d[i] = z[i][i];
  for (let i = 0; i < n; i++) z[i].fill(0)[i] = 1;
  // Q = H(n − 1) … H(2), its leading corners from the smallest on.
  for (let i = 2; i < n; i++)
    if (factor[i] > 0)
      for (let j = 0; j < i; j++) addTo(z[j], -factor[i] * dot(reflections[i], z[j], i), reflections[i], i);
}

/** Turns the three diagonals into one, and the columns of z with them. */
function rotate(z: Float64Array[], d: Float64Array, e: Float64Array): void {
  const n = d.length;
  e.copyWithin(0, 1);
  if (n > 0) e[n - 1] = 0;
  for (let l = 0; l < n; l++)
    for (let turn = 0; turn < 60; turn++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > 2 ** -53 * (Math.abs(d[m]) + Math.abs(d[m + 1]))) m++;
      if (m === l) break;
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.sqrt(g * g + 1);
      g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
      let [s, c, p] = [1, 1, 0];
      let i = m - 1;
      for (; i >= l; i--) {
        const [f, b] = [s * e[i], c * e[i]];
        const size = Math.max(Math.abs(f), Math.abs(g));
        r = size === 0 ? 0 : size * Math.sqrt((f / size) ** 2 + (g / size) ** 2);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= p;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        r = (d[i] - g) * s + 2 * c * b;
        p = s * r;
        d[i + 1] = g + p;
        g = c * r - b;
        const [low, high] = [z[i], z[i + 1]];
        for (let k = 0; k < n; k++) {
          const v = high[k];
          high[k] = s * low[k] + c * v;
          low[k] = c * low[k] - s * v;
        }
      }
      if (r === 0 && i >= l) continue;
      d[l] -= p;
      e[l] = g;
      e[m] = 0;
    }
}

function dot(a: Float64Array, b: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += a[i] * b[i];
  return sum;
}

function addTo(a: Float64Array, by: number, b: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) a[i] += by * b[i];
}
