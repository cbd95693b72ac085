import type {Calibration} from "./calibration.js";
import {jacobianAt} from "./jacobianAt.js";
import type {Problem} from "./problem.js";

/** The shape of a problem around its optimum, from the derivatives of its residuals. */
export interface Curvature {
  /** by free coordinate: its standard error; a guess where the runs do not tell it */
  readonly error: Float64Array;
  /** by free coordinate: how the others move, in their order, for each unit that it moves */
  readonly rest: readonly Float64Array[];
}

/**
 * The curvature that walks along a profile start with: (JᵀJ)⁻¹ on columns of length 1, with a ridge of 1e-12 that keeps
 * it finite where the runs do not tell coordinates apart.
 *
 * @param phi the optimum in the coordinates of the search
 */
export function tangents(problem: Problem, phi: Float64Array, {variance}: Calibration): Curvature {
  const n = problem.rows.length;
  const k = problem.free.length;
  const jacobian = jacobianAt(problem, phi) ?? new Float64Array(n * k);
  const length = new Float64Array(k);
  for (let i = 0; i < n; i++) for (let a = 0; a < k; a++) length[a] += jacobian[i * k + a] ** 2;
  for (let a = 0; a < k; a++) length[a] = Math.sqrt(length[a]) || 1;
  const normal = Array.from({length: k}, (_, a) => {
    const row = new Float64Array(k);
    row[a] = 1e-12;
    return row;
  });
  for (let i = 0; i < n; i++)
    for (let a = 0; a < k; a++)
      for (let b = 0; b < k; b++) normal[a][b] += (jacobian[i * k + a] / length[a]) * (jacobian[i * k + b] / length[b]);
  const inverse = invert(normal);
  const guess = (a: number) => 0.1 * (Math.abs(phi[a]) + 0.1);
  return {
    error: Float64Array.from({length: k}, (_, a) => {
      const error = Math.sqrt(variance * Math.max(0, inverse[a][a])) / length[a];
      // A coordinate that the runs hardly move would be thrown across its whole range at the first step.
      return error > 0 && Number.isFinite(error) ? Math.min(error, 10 * guess(a)) : guess(a);
    }),
    rest: Array.from({length: k}, (_, a) =>
      Float64Array.from(
        [...inverse.keys()].filter((b) => b !== a),
        (b) => (inverse[b][a] / inverse[a][a]) * (length[a] / length[b])
      )
    )
  };
}

/** The inverse of a symmetric positive definite matrix, by Gauss and Jordan. */
function invert(matrix: readonly Float64Array[]): Float64Array[] {
  const k = matrix.length;
  const rows = matrix.map((row, i) => {
    const wide = new Float64Array(2 * k);
    wide.set(row);
    wide[k + i] = 1;
    return wide;
  });
  for (let i = 0; i < k; i++) {
    const pivot = rows[i][i] || 1e-300;
    for (let c = 0; c < 2 * k; c++) rows[i][c] /= pivot;
    for (let r = 0; r < k; r++) {
      const by = rows[r][i];
      if (r !== i && by !== 0) for (let c = 0; c < 2 * k; c++) rows[r][c] -= by * rows[i][c];
    }
  }
  return rows.map((row) => row.slice(k));
}
