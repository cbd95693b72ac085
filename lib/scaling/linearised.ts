import {leastSquares, type LeastSquares} from "../stats/leastSquares.js";
import type {Estimate, Estimator} from "./estimator.js";
import {slopeOf} from "./objective.js";

/** A fit as least squares around its optimum, for steps that do not refit. */
interface Linearised {
  /** places of the parameters that move: the free ones, without a shape that is searched on a grid */
  readonly places: readonly number[];
  /** by point: derivatives of the residual by these, in units of `unit`, times the root of the weight */
  readonly rows: readonly Float64Array[];
  /** by place: what a step of 1 is; a parameter that is searched by its logarithm moves in shares of itself */
  readonly unit: readonly number[];
  /** by point: the residual at which least squares would pull as the loss does */
  readonly pull: Float64Array;
  readonly design: LeastSquares;
}

/**
 * A fit, linearised at its optimum. Under squares this is Gauss and Newton's model. Huber's and the asymmetric loss have
 * a curvature of their own, the mean of the loss's second derivative over the residuals, smoothed a little where it is a
 * step: taken as the same at all points, as for errors of one shape.
 *
 * @param estimator over single runs
 * @returns null where the law has no finite derivatives at the optimum
 * Source: Huber (1981), Robust Statistics, section 7.6.
 */
export function linearise(
  {law, objective, parameters, free, sample, exact}: Estimator,
  {theta}: Pick<Estimate, "theta">
): Linearised | null {
  const places = exact === null ? free : free.filter((i) => i < parameters.length - law.linear!.shape);
  const n = sample.y.length;
  const logs = objective.residuals === "log";
  const out = new Float64Array(parameters.length);
  const unit = places.map((i) => (parameters[i].scale === "log" ? theta[i] : 1));
  const residual = new Float64Array(n);
  const width = places.length;
  const all = new Float64Array(n * width);
  const rows = Array.from({length: n}, (_, i) => all.subarray(i * width, (i + 1) * width));
  for (let i = 0; i < n; i++) {
    out.fill(0);
    const p = law.gradient(theta, sample.rows[i], out);
    residual[i] = logs ? Math.log(p) - Math.log(sample.y[i]) : p - sample.y[i];
    const root = Math.sqrt(sample.weight[i]);
    const row = rows[i];
    for (const [j, at] of places.entries()) row[j] = (root * out[at] * unit[j]) / (logs ? p : 1);
    if (!row.every(Number.isFinite)) return null;
  }
  const curvature = objective.loss === "squares" ? 1 : meanCurvature((r) => slopeOf(objective, r), residual);
  return {
    places,
    rows,
    unit,
    pull: residual.map((r, i) => (Math.sqrt(sample.weight[i]) * slopeOf(objective, r)) / curvature),
    design: leastSquares(rows)
  };
}

/** The mean slope of a loss's slope over residuals, by differences over a band that narrows as runs grow many. */
function meanCurvature(slope: (r: number) => number, residual: Float64Array): number {
  const sizes = residual.map(Math.abs).sort();
  const scale = sizes[sizes.length >> 1] / 0.6745 || sizes[sizes.length - 1] || 1;
  const half = 0.5 * scale * residual.length ** -0.2;
  let sum = 0;
  for (const r of residual) sum += (slope(r + half) - slope(r - half)) / (2 * half);
  return sum > 0 ? sum / residual.length : 1;
}
