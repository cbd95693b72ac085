import type {Fit} from "../schema/fit.js";
import {quantile} from "../stats/quantile.js";
import {inputsAt} from "./inputsAt.js";
import {createPrediction} from "./prediction.js";

/** A mix that the runs do not tell apart from the best. */
interface PlateauPoint {
  /** as the candidate was given */
  readonly x: readonly number[];
  readonly value: number;
  /** share of the bootstrap draws in which it is the best of all candidates */
  readonly probability: number;
}

/**
 * The candidates that are not distinguishable from the best one: those that are as good or better in more than
 * 1 − level of the draws, compared draw by draw. A plateau is an answer; its best point alone would not be.
 *
 * @param candidates in the order of the fit's inputs, or of its shares alone: its other inputs are then held at
 *   `at`; the plateau is as fine as the candidates are
 * @param options.at values of inputs that are no share, by name; by default the largest of the runs
 * @throws RangeError if there are no candidates
 */
export function plateau(
  fit: Fit,
  candidates: readonly (readonly number[])[],
  {at = {}}: {at?: Readonly<Record<string, number>>} = {}
): PlateauPoint[] {
  if (candidates.length === 0) throw new RangeError("expected at least one candidate, got none");
  const prediction = createPrediction(fit);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const places = candidates.map((x) => inputsAt(fit, x, at));
  const values = places.map((x) => prediction.value(x));
  const draws = places.map((x) => prediction.draws(x));
  const wins = new Float64Array(candidates.length);
  for (let b = 0; b < fit.draws.length; b++) {
    let best = Infinity;
    let ties: number[] = [];
    for (let i = 0; i < candidates.length; i++) {
      const value = sign * draws[i][b];
      if (value < best) [best, ties] = [value, [i]];
      else if (value === best) ties.push(i);
    }
    for (const i of ties) wins[i] += 1 / ties.length;
  }
  const top = values.reduce((best, value, i) => (sign * value < sign * values[best] ? i : best), 0);
  return candidates.flatMap((x, i) => {
    const worse = Float64Array.from(draws[i], (value, b) => sign * (value - draws[top][b])).sort();
    const apart = worse.length > 0 && quantile(worse, 1 - fit.level) > 0;
    if (i !== top && apart) return [];
    return [{x, value: values[i], probability: wins[i] / Math.max(1, fit.draws.length)}];
  });
}
