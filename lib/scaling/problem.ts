import {gram} from "../stats/gram.js";
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
  /** Writes the residuals, not weighted; false where the law has no value. */
  residuals(phi: Float64Array, r: Float64Array): boolean;
  /** Takes their derivatives J by phi, row by row, at the phi of the last residuals; they stay till it is called again. */
  derive(): void;
  /** Writes Jᵀ push, and the lower half of Jᵀ diag(curve) J by rows. */
  normal(push: Float64Array, curve: Float64Array, g: Float64Array, lower: Float64Array): void;
  /** Writes J itself. */
  jacobian(out: Float64Array): void;
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
  const pushes = new Float64Array(n);
  const curves = new Float64Array(n);
  const fill = (phi: ArrayLike<number>) => {
    for (let j = 0; j < k; j++) {
      const log = isLog[free[j]];
      full[free[j]] = log ? Math.exp(phi[j]) : phi[j];
      factor[j] = log ? full[free[j]] : 1;
    }
  };
  // J is share[i] · by[j] times these derivatives by the free parameters.
  const share = new Float64Array(n).fill(1);
  const by = new Float64Array(k);
  const derive = () => {
    by.set(factor);
    if (logs) for (let i = 0; i < n; i++) share[i] = 1 / predictions[i];
    batch.derive(derivatives);
    if (k === width) return;
    for (let i = 0, from = 0, to = 0; i < n; i++, from += width)
      for (let j = 0; j < k; j++, to++) derivatives[to] = derivatives[from + free[j]];
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
      batch.predict(full, predictions);
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const p = predictions[i];
        if (logs && !(p > 0)) return Infinity;
        const r = (logs ? Math.log(p) : p) - goal[i];
        sum += weights[i] * lossOf(objective, r);
        pushes[i] = (weights[i] * slopeOf(objective, r)) / (logs ? p : 1);
      }
      derive();
      gram(derivatives, pushes, null, gradient, null);
      for (let j = 0; j < k; j++) gradient[j] *= by[j];
      return Number.isFinite(sum) ? sum : Infinity;
    },
    residuals(phi, r) {
      fill(phi);
      batch.predict(full, predictions);
      for (let i = 0; i < n; i++) {
        const p = predictions[i];
        if (logs ? !(p > 0 && p < Infinity) : !Number.isFinite(p)) return false;
        r[i] = (logs ? Math.log(p) : p) - goal[i];
      }
      return true;
    },
    derive,
    normal(push, curve, g, lower) {
      for (let i = 0; i < n; i++) {
        pushes[i] = share[i] * push[i];
        curves[i] = share[i] * share[i] * curve[i];
      }
      gram(derivatives, pushes, curves, g, lower);
      for (let a = 0, at = 0; a < k; a++, at += k) {
        g[a] *= by[a];
        for (let b = 0; b <= a; b++) lower[at + b] *= by[a] * by[b];
      }
    },
    jacobian(out) {
      for (let i = 0, at = 0; i < n; i++)
        for (let j = 0; j < k; j++, at++) out[at] = share[i] * by[j] * derivatives[at];
    }
  };
}
