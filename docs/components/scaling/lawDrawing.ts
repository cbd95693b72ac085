import {createPrediction} from "../../lib/scaling/prediction.js";
import type {Fit} from "../../lib/schema/fit.js";
import {along, isLog, type Point} from "./points.js";

/** A place of a law's curve. */
interface CurveRow {
  readonly law: string;
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A run, moved along the law. */
interface MovedRow {
  readonly law: string;
  readonly x: number;
  readonly y: number;
  /** of the file, from 1 */
  readonly row: number;
  readonly holdout: boolean;
}

/** A law along one input, ready to be drawn. */
export interface LawDrawing {
  /** what stands at its head, a name of its own */
  readonly title: string;
  /** in a few words, how well it did on runs that it had not seen */
  readonly evidence: string;
  readonly log: boolean;
  /** where the runs end along the input */
  readonly domain: readonly [number, number];
  /** with its pointwise band, somewhat beyond the runs on both sides */
  readonly curve: readonly CurveRow[];
  /** the runs as they would have come out with all inputs but one at the middle, their residual kept */
  readonly runs: readonly MovedRow[];
}

/** How far beyond the runs a curve is drawn, as a part of their range. */
const beyond = 0.12;

/** Counts that a law need not have a value below, such as half a sample a generation. */
const counted: readonly Fit["roles"][number][] = ["generation", "samples", "cut"];

/** Places along an input, from end to end of the runs and `more` of their range beyond; of a count only above. */
export function placesAlong(fit: Fit, axis: string, {steps, more}: {steps: number; more: number}): number[] {
  const log = isLog(fit, axis);
  const role = fit.roles[fit.inputs.indexOf(axis)];
  const least = counted.includes(role) ? fit.domain[axis][0] : role.startsWith("share") ? 0 : -Infinity;
  const most = role.startsWith("share") ? 1 : Infinity;
  const [a, b] = fit.domain[axis].map((v) => (log ? Math.log(v) : v));
  const places = Array.from({length: steps + 1}, (_, i) => {
    const at = a + (b - a) * ((i / steps) * (1 + 2 * more) - more);
    return Math.min(most, Math.max(least, log ? Math.exp(at) : at));
  });
  return [...new Set(places)];
}

/** A fit's curve and its runs along one input. */
export function lawDrawing(
  fit: Fit,
  points: readonly Point[],
  axis: string,
  {title, evidence}: Pick<LawDrawing, "title" | "evidence">
): LawDrawing {
  const prediction = createPrediction(fit);
  const way = along(fit, axis, points);
  const at = fit.inputs.indexOf(axis);
  const residuals = fit.objectiveForm.residuals;
  return {
    title,
    evidence,
    log: isLog(fit, axis),
    domain: fit.domain[axis],
    curve: placesAlong(fit, axis, {steps: 72, more: beyond}).map((x) => {
      const inputs = way(x);
      const [low, high] = prediction.interval(inputs);
      return {law: title, x, value: prediction.value(inputs), low, high};
    }),
    runs: points.map(({x, residual, row, holdout}) => {
      const value = prediction.value(way(x[at]));
      return {
        law: title,
        x: x[at],
        y: residuals === "log" ? value * Math.exp(residual) : value + residual,
        row,
        holdout
      };
    })
  };
}
