import {batchOf} from "./batch.js";
import type {Context, Law, Parameter} from "./law.js";
import {lossOf, slopeOf, type Objective} from "./objective.js";

/** Runs, a law and an objective, as a function of the law's free parameters in the coordinates of the search. */
export interface Problem {
  readonly law: Law;
  readonly context: Context;
  readonly parameters: readonly Parameter[];
  readonly objective: Objective;
  readonly rows: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weight: Float64Array;
  /** places of the parameters that are estimated */
  readonly free: readonly number[];
  /** whole theta from the coordinates of the search, one a free parameter: its value, or its logarithm */
  theta(phi: ArrayLike<number>): Float64Array;
  /** coordinates of the search from a whole theta */
  phi(theta: ArrayLike<number>): Float64Array;
  /** Writes the gradient by phi and returns the objective; Infinity where the law has no value. */
  evaluate(phi: Float64Array, gradient: Float64Array): number;
  /** Writes √weight · residual, and its derivatives row by row; false where the law has no value. */
  residuals(phi: Float64Array, r: Float64Array, jacobian: Float64Array): boolean;
}

/**
 * The problem of fitting a law to runs.
 *
 * @param data.rows as the law reads them, see rowOf
 * @param data.weight 1 / variance up to a factor; 1 by default
 * @throws RangeError for a measured value that has no logarithm where residuals are logarithmic
 */
export function createProblem(
  law: Law,
  context: Context,
  {rows, y, weight}: {rows: readonly Float64Array[]; y: ArrayLike<number>; weight?: ArrayLike<number>},
  objective: Objective,
  parameters: readonly Parameter[] = law.parameters(context)
): Problem {
  const n = rows.length;
  const measured = Float64Array.from(y);
  const logs = objective.residuals === "log";
  const goal = logs ? measured.map((v) => Math.log(v)) : measured;
  for (let i = 0; i < n; i++)
    if (logs && !(measured[i] > 0))
      throw new RangeError(`expected positive values for a fit of logarithms, got ${measured[i]}`);
  const weights = weight === undefined ? new Float64Array(n).fill(1) : Float64Array.from(weight);
  const places = [...parameters.keys()].filter((i) => parameters[i].fixed === undefined);
  const isLog = parameters.map(({scale}) => scale === "log");
  const k = places.length;
  const full = Float64Array.from(parameters, ({fixed}) => fixed ?? 0);
  const width = parameters.length;
  const batch = batchOf(law, rows, width);
  const predictions = new Float64Array(n);
  const derivatives = new Float64Array(n * width);
  // By free parameter: what a derivative is multiplied by to be one of the search's coordinate.
  const factor = new Float64Array(k);
  const free = Int32Array.from(places);
  const roots = weights.map((w) => Math.sqrt(w));
  const fill = (phi: ArrayLike<number>) => {
    for (let j = 0; j < k; j++) {
      const log = isLog[free[j]];
      full[free[j]] = log ? Math.exp(phi[j]) : phi[j];
      factor[j] = log ? full[free[j]] : 1;
    }
  };
  return {
    law,
    context,
    parameters,
    objective,
    rows,
    y: measured,
    weight: weights,
    free: places,
    theta(phi) {
      fill(phi);
      return full.slice();
    },
    phi: (theta) => Float64Array.from(places, (i) => (isLog[i] ? Math.log(theta[i]) : theta[i])),
    evaluate(phi, gradient) {
      fill(phi);
      batch(full, predictions, derivatives);
      gradient.fill(0);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const p = predictions[i];
        if (logs && !(p > 0)) return Infinity;
        const r = (logs ? Math.log(p) : p) - goal[i];
        sum += weights[i] * lossOf(objective, r);
        const slope = (weights[i] * slopeOf(objective, r)) / (logs ? p : 1);
        for (let j = 0, at = i * width; j < k; j++) gradient[j] += slope * derivatives[at + free[j]];
      }
      for (let j = 0; j < k; j++) gradient[j] *= factor[j];
      return Number.isFinite(sum) ? sum : Infinity;
    },
    residuals(phi, r, jacobian) {
      fill(phi);
      batch(full, predictions, derivatives);
      const [p, by, whole] = [predictions, factor, k === width];
      for (let i = 0, from = 0, to = 0; i < n; i++, from += width, to += k) {
        const value = p[i];
        if (logs ? !(value > 0 && value < Infinity) : !Number.isFinite(value)) return false;
        const root = roots[i];
        r[i] = root * ((logs ? Math.log(value) : value) - goal[i]);
        const share = logs ? root / value : root;
        if (whole) for (let j = 0; j < k; j++) jacobian[to + j] = share * by[j] * derivatives[from + j];
        else for (let j = 0; j < k; j++) jacobian[to + j] = share * by[j] * derivatives[from + free[j]];
      }
      return true;
    }
  };
}
