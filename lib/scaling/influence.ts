import {leastSquares, type LeastSquares} from "../stats/leastSquares.js";
import type {Estimate, Estimator} from "./estimator.js";
import {slopeOf} from "./objective.js";

/** How much each point of a fit decides. */
export interface Influence {
  /** by point: Cook's distance */
  readonly cooks: Float64Array;
  /** what the free parameters move by when a point is left out, in their order; one Newton step */
  shift(point: number): Float64Array;
}

/**
 * The influence of each point by one Newton step from the optimum with the point left out: exact for a law that is
 * linear, under squares. Under Huber's and the asymmetric loss the curvature is that of the weights at which least
 * squares has the same optimum. Of a law whose shape is searched on a grid the shape stays.
 *
 * @param estimator over single runs
 * Source: Cook & Weisberg (1982), Residuals and Influence in Regression, sections 3.4 and 5.2.
 */
export function influenceOf(
  {law, objective, problem, sample, free, parameters, exact}: Estimator,
  {theta}: Estimate
): Influence {
  const places = exact === null ? free : free.filter((i) => i < parameters.length - law.linear!.shape);
  const n = sample.y.length;
  const out = new Float64Array(parameters.length);
  const logs = objective.residuals === "log";
  // The coordinate of a parameter that is searched by its logarithm keeps columns of like size.
  const unit = places.map((i) => (problem.parameters[i].scale === "log" ? theta[i] : 1));
  const residual = new Float64Array(n);
  const rows: Float64Array[] = [];
  let variance = 0;
  let total = 0;
  for (let i = 0; i < n; i++) {
    out.fill(0);
    const p = law.gradient(theta, sample.rows[i], out);
    const r = logs ? Math.log(p) - Math.log(sample.y[i]) : p - sample.y[i];
    const pull = slopeOf(objective, r);
    const root = Math.sqrt(sample.weight[i] * (r === 0 ? 1 : pull / r));
    rows.push(Float64Array.from(places, (at, j) => (root * out[at] * unit[j]) / (logs ? p : 1)));
    residual[i] = root * r;
    variance += residual[i] ** 2;
    total += sample.count[i];
  }
  const design: LeastSquares = leastSquares(rows);
  variance /= Math.max(1, total - design.rank);
  const rest = (i: number) => Math.max(1e-9, 1 - design.leverage[i]);
  return {
    cooks: residual.map((r, i) => {
      const scale = design.rank * variance * rest(i) ** 2;
      return scale > 0 ? (r * r * design.leverage[i]) / scale : 0;
    }),
    shift(point) {
      const pull = residual[point] / rest(point);
      const moved = design.solveNormal(rows[point].map((v) => v * pull));
      const shift = new Float64Array(parameters.length);
      for (const [j, i] of places.entries()) shift[i] = moved[j] * unit[j];
      return shift;
    }
  };
}
