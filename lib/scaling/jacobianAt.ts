import type {Problem} from "./problem.js";

/** The derivatives of √weight · residual at a point, row by row; null where the law has no value or no finite ones. */
export function jacobianAt(problem: Problem, phi: Float64Array): Float64Array | null {
  const n = problem.rows.length;
  const k = problem.free.length;
  if (!problem.residuals(phi, new Float64Array(n))) return null;
  const jacobian = new Float64Array(n * k);
  problem.derive();
  problem.jacobian(jacobian);
  for (let i = 0; i < n; i++) {
    const root = Math.sqrt(problem.weight[i]);
    for (let j = i * k; j < (i + 1) * k; j++) jacobian[j] *= root;
  }
  return jacobian.every(Number.isFinite) ? jacobian : null;
}
