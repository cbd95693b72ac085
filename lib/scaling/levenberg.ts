import type {Descent} from "./lbfgs.js";
import type {Problem} from "./problem.js";

/**
 * A local minimum of a problem's sum of squares by Levenberg and Marquardt's steps, damped by the largest diagonal of
 * JᵀJ seen so far, so that the scale of a parameter does not matter.
 *
 * @param options.tolerance relative fall of the objective below which the search has ended
 * @throws RangeError if the problem's loss is not squares
 * Source: Moré (1978), doi:10.1007/BFb0067700, with the gain-ratio rule of Nielsen (1999), IMM-REP-1999-05.
 */
export function levenberg(problem: Problem, start: ArrayLike<number>, {tolerance = 1e-13, steps = 300} = {}): Descent {
  if (problem.objective.loss !== "squares") throw new RangeError(`expected squares, got ${problem.objective.loss}`);
  const n = problem.rows.length;
  const k = problem.free.length;
  let x = Float64Array.from(start);
  let [r, next] = [new Float64Array(n), new Float64Array(n)];
  let [jacobian, nextJacobian] = [new Float64Array(n * k), new Float64Array(n * k)];
  if (!problem.residuals(x, r, jacobian)) return {x, value: Infinity, converged: false, evaluations: 1};
  let value = halfSquares(r);
  let damping = 1e-3;
  let growth = 2;
  let evaluations = 1;
  let quiet = 0;
  const scale = new Float64Array(k);
  const normal = new Float64Array(k * k);
  const g = new Float64Array(k);
  for (let step = 0; step < steps; step++) {
    normalEquations(jacobian, r, n, k, normal, g);
    for (let j = 0; j < k; j++) scale[j] = Math.max(scale[j], normal[j * k + j], 1e-300);
    let moved = false;
    for (let tries = 0; tries < 30 && !moved; tries++) {
      const d = solveDamped(normal, g, scale, damping, k);
      const at = x.map((v, j) => v + (d?.[j] ?? 0));
      evaluations++;
      const reached = d !== null && problem.residuals(at, next, nextJacobian) ? halfSquares(next) : Infinity;
      if (!(reached <= value)) {
        damping *= growth;
        growth *= 2;
        continue;
      }
      let expected = 0;
      for (let j = 0; j < k; j++) expected += 0.5 * d![j] * (damping * scale[j] * d![j] - g[j]);
      const gain = (value - reached) / Math.max(expected, 1e-300);
      quiet = value - reached <= tolerance * (reached + 1e-300) ? quiet + 1 : 0;
      damping = Math.max(1e-15, damping * Math.max(1 / 3, 1 - (2 * gain - 1) ** 3));
      growth = 2;
      x = at;
      value = reached;
      [r, next] = [next, r];
      [jacobian, nextJacobian] = [nextJacobian, jacobian];
      moved = true;
    }
    if (!moved || quiet >= 2) return {x, value, converged: true, evaluations};
  }
  return {x, value, converged: false, evaluations};
}

function halfSquares(r: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < r.length; i++) sum += r[i] * r[i];
  return Number.isFinite(sum) ? sum / 2 : Infinity;
}

function normalEquations(
  jacobian: Float64Array,
  r: Float64Array,
  n: number,
  k: number,
  normal: Float64Array,
  g: Float64Array
): void {
  normal.fill(0);
  g.fill(0);
  for (let i = 0; i < n; i++)
    for (let a = 0; a < k; a++) {
      const v = jacobian[i * k + a];
      if (v === 0) continue;
      g[a] += v * r[i];
      for (let b = 0; b <= a; b++) normal[a * k + b] += v * jacobian[i * k + b];
    }
  for (let a = 0; a < k; a++) for (let b = 0; b < a; b++) normal[b * k + a] = normal[a * k + b];
}

/** −(N + damping · diag scale)⁻¹ g by Cholesky on the matrix scaled to a unit diagonal; null where it has none. */
function solveDamped(
  normal: Float64Array,
  g: Float64Array,
  scale: Float64Array,
  damping: number,
  k: number
): Float64Array | null {
  const root = scale.map((v) => Math.sqrt(v));
  const l = new Float64Array(k * k);
  const d = new Float64Array(k);
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      let v = normal[a * k + b] / (root[a] * root[b]) + (a === b ? damping : 0);
      for (let c = 0; c < b; c++) v -= l[a * k + c] * l[b * k + c];
      if (a !== b) l[a * k + b] = v / l[b * k + b];
      else if (v <= 1e-16) return null;
      else l[a * k + a] = Math.sqrt(v);
    }
    let v = -g[a] / root[a];
    for (let c = 0; c < a; c++) v -= l[a * k + c] * d[c];
    d[a] = v / l[a * k + a];
  }
  for (let a = k - 1; a >= 0; a--) {
    for (let c = a + 1; c < k; c++) d[a] -= l[c * k + a] * d[c];
    d[a] /= l[a * k + a];
  }
  for (let a = 0; a < k; a++) d[a] /= root[a];
  return d;
}
