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
  const free = [...parameters.keys()].filter((i) => parameters[i].fixed === undefined);
  const isLog = parameters.map(({scale}) => scale === "log");
  const k = free.length;
  const full = Float64Array.from(parameters, ({fixed}) => fixed ?? 0);
  const out = new Float64Array(parameters.length);
  const fill = (phi: ArrayLike<number>) => {
    for (let j = 0; j < k; j++) full[free[j]] = isLog[free[j]] ? Math.exp(phi[j]) : phi[j];
  };
  return {
    law,
    context,
    parameters,
    objective,
    rows,
    y: measured,
    weight: weights,
    free,
    theta(phi) {
      fill(phi);
      return full.slice();
    },
    phi: (theta) => Float64Array.from(free, (i) => (isLog[i] ? Math.log(theta[i]) : theta[i])),
    evaluate(phi, gradient) {
      fill(phi);
      gradient.fill(0);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const p = law.gradient(full, rows[i], out);
        if (logs && !(p > 0)) return Infinity;
        const r = logs ? Math.log(p) - goal[i] : p - goal[i];
        sum += weights[i] * lossOf(objective, r);
        const slope = (weights[i] * slopeOf(objective, r)) / (logs ? p : 1);
        for (let j = 0; j < k; j++) gradient[j] += slope * out[free[j]];
      }
      for (let j = 0; j < k; j++) if (isLog[free[j]]) gradient[j] *= full[free[j]];
      return Number.isFinite(sum) ? sum : Infinity;
    },
    residuals(phi, r, jacobian) {
      fill(phi);
      for (let i = 0; i < n; i++) {
        const p = law.gradient(full, rows[i], out);
        if (!Number.isFinite(p) || (logs && !(p > 0))) return false;
        const root = Math.sqrt(weights[i]);
        r[i] = root * (logs ? Math.log(p) - goal[i] : p - goal[i]);
        const by = root / (logs ? p : 1);
        for (let j = 0; j < k; j++) {
          const at = free[j];
          jacobian[i * k + j] = by * out[at] * (isLog[at] ? full[at] : 1);
        }
      }
      return true;
    }
  };
}
