/** Eigenvalues of a symmetric matrix and their vectors, one vector a value, each of length 1. */
export interface Eigen {
  readonly values: number[];
  readonly vectors: Float64Array[];
}

/**
 * All eigenvalues and vectors of a symmetric matrix by cyclic Jacobi rotations; in no order.
 *
 * @param matrix square; what is below the diagonal is not read
 * Source: Golub & Van Loan (2013), Matrix Computations, algorithm 8.5.2.
 */
export function symmetricEigen(matrix: readonly ArrayLike<number>[]): Eigen {
  const n = matrix.length;
  const a = matrix.map((_, i) => Float64Array.from({length: n}, (_, j) => (i <= j ? matrix[i][j] : matrix[j][i])));
  const vectors = a.map((_, i) => Float64Array.from({length: n}, (_, j) => (i === j ? 1 : 0)));
  const size = Math.sqrt(a.reduce((sum, row) => sum + row.reduce((part, v) => part + v * v, 0), 0));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p][q] ** 2;
    if (Math.sqrt(off) <= 1e-16 * size) break;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        rotate(a, p, q, c, t * c);
        const [u, v] = [vectors[p], vectors[q]];
        for (let i = 0; i < n; i++) [u[i], v[i]] = [c * u[i] - t * c * v[i], t * c * u[i] + c * v[i]];
      }
  }
  return {values: a.map((row, i) => row[i]), vectors};
}

/** Jᵀ A J for a rotation by cosine c and sine s in the plane of p and q. */
function rotate(a: readonly Float64Array[], p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < a.length; i++) [a[i][p], a[i][q]] = [c * a[i][p] - s * a[i][q], s * a[i][p] + c * a[i][q]];
  const [u, v] = [a[p], a[q]];
  for (let i = 0; i < a.length; i++) [u[i], v[i]] = [c * u[i] - s * v[i], s * u[i] + c * v[i]];
  u[q] = v[p] = 0;
}
