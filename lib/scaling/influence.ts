import type {Estimate, Estimator} from "./estimator.js";
import {linearise} from "./linearised.js";

/** How much each point of a fit decides. */
interface Influence {
  /** by point: Cook's distance */
  readonly cooks: Float64Array;
  /** what the parameters move by when a point is left out, in the law's order; one Newton step */
  shift(point: number): Float64Array;
}

/**
 * The influence of each point by one Newton step from the optimum with the point left out: exact for a law that is
 * linear, under squares; see linearise. Of a law whose shape is searched on a grid the shape stays.
 *
 * @param estimator over single runs
 * @returns null where the law has no finite derivatives at the optimum
 * Source: Cook & Weisberg (1982), Residuals and Influence in Regression, sections 3.4 and 5.2.
 */
export function influenceOf(estimator: Estimator, estimate: Estimate): Influence | null {
  const linear = linearise(estimator, estimate);
  if (linear === null) return null;
  const {places, rows, unit, pull, design} = linear;
  const {sample, parameters, objective} = estimator;
  const n = sample.count.reduce((a, b) => a + b, 0);
  const variance = pull.reduce((sum, v) => sum + v * v, 0) / Math.max(1, n - design.rank);
  // A bounded pull does not grow where its point is left out.
  const rest = (i: number) => (objective.loss === "squares" ? Math.max(1e-9, 1 - design.leverage[i]) : 1);
  return {
    cooks: pull.map((v, i) => {
      const scale = design.rank * variance * rest(i) ** 2;
      return scale > 0 ? (v * v * design.leverage[i]) / scale : 0;
    }),
    shift(point) {
      const moved = design.solveNormal(rows[point].map((v) => (v * pull[point]) / rest(point)));
      const shift = new Float64Array(parameters.length);
      for (const [j, i] of places.entries()) shift[i] = moved[j] * unit[j];
      return shift;
    }
  };
}
