import {createPrediction} from "../../lib/scaling/prediction.js";
import type {Observations, Scalar} from "../../lib/scaling/observations.js";
import {supplyName} from "../../lib/scaling/variables.js";
import type {Fit} from "../../lib/schema/fit.js";
import type {Datum} from "../download.js";

/** A run beside what the fit says of it. */
export interface Point {
  /** row of the file, from 1 */
  readonly row: number;
  /** in the order of the fit's inputs */
  readonly x: readonly number[];
  readonly measured: number;
  readonly predicted: number;
  /** in the unit of the fit's residuals: log measured − log predicted, or their difference */
  readonly residual: number;
  readonly holdout: boolean;
  readonly seed: string;
}

/** A run's inputs, in the order of the fit's. */
export function inputsOf({inputs, roles}: Fit, columns: Observations, i: number): number[] {
  return inputs.map((name, j) => {
    const role = roles[j];
    if (role === "share" || role === "shares") return columns.inputs[name][i];
    if (role === "supplies")
      return columns.supplies![Object.keys(columns.supplies!).find((of) => supplyName(of) === name)!][i];
    return columns.scalars![role as Scalar]![i];
  });
}

const known = new WeakMap<Fit, {columns: Observations; points: Point[]}>();

/** Every run beside its prediction, in the order of the columns; made once for a fit and its columns. */
export function pointsOf(fit: Fit, columns: Observations, rows: readonly number[]): readonly Point[] {
  const before = known.get(fit);
  if (before?.columns === columns) return before.points;
  const points = predicted(fit, columns, rows);
  known.set(fit, {columns, points});
  return points;
}

function predicted(fit: Fit, columns: Observations, rows: readonly number[]): Point[] {
  const prediction = createPrediction(fit);
  const log = fit.objectiveForm.residuals === "log";
  return columns.target.map((measured, i) => {
    const x = inputsOf(fit, columns, i);
    const predicted = prediction.value(x);
    return {
      row: rows[i],
      x,
      measured,
      predicted,
      residual: log ? Math.log(measured / predicted) : measured - predicted,
      holdout: columns.holdout?.[i] ?? false,
      seed: String(columns.seed?.[i] ?? "")
    };
  });
}

/** Runs beside their predictions, as rows of a file. */
export function predictionRows({inputs}: Fit, points: readonly Point[]): Datum[] {
  return points.map(({row, x, measured, predicted, residual, holdout}) => ({
    row,
    ...Object.fromEntries(inputs.map((name, j) => [name, x[j]])),
    measured,
    predicted,
    residual,
    holdout
  }));
}

/** Inputs of a fit that can be an axis: those that vary, and are no supply. */
export function axesOf({inputs, roles, domain}: Fit): string[] {
  return inputs.filter((name, j) => roles[j] !== "supplies" && domain[name][1] > domain[name][0]);
}

/** Whether an input spans orders of magnitude, so that it is drawn on a logarithmic axis. */
export function isLog(fit: Fit, name: string): boolean {
  const [low, high] = fit.domain[name];
  return low > 0 && high / low > 20;
}

/**
 * A way through the inputs along one of them, the others held at the middle of the runs; along a tier's share the other
 * shares make room in their proportions.
 */
export function along(fit: Fit, axis: string, points: readonly Point[]): (value: number) => number[] {
  const middle = fit.inputs.map((_, j) => median(points.map(({x}) => x[j])));
  const at = fit.inputs.indexOf(axis);
  const shares = [...fit.inputs.keys()].filter((j) => fit.roles[j] === "shares");
  if (fit.roles[at] !== "shares") return (value) => middle.map((v, j) => (j === at ? value : v));
  const means = shares.map((j) => (j === at ? 0 : points.reduce((sum, {x}) => sum + x[j], 0)));
  const total = means.reduce((a, b) => a + b, 0);
  return (value) => {
    const x = [...middle];
    for (const [k, j] of shares.entries())
      x[j] = j === at ? value : total === 0 ? (1 - value) / (shares.length - 1) : ((1 - value) * means[k]) / total;
    return x;
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? NaN : sorted[(sorted.length - 1) >> 1];
}
