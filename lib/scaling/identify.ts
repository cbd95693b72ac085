import {leastSquares} from "../stats/leastSquares.js";
import type {Estimate, Estimator} from "./estimator.js";

/** What the runs say of one coefficient. */
export interface Identified {
  readonly interval: [number, number];
  readonly identified: boolean;
  /** why it is not identified; else empty */
  readonly note: string;
}

/** Above this the design's columns are so alike that rounding decides. */
const worstCondition = 1e8;

/**
 * The verdicts on coefficients whose profile was not walked: those of a law that is linear but for a grid of shapes,
 * and of any law over more runs than a walk can take; for others see `profile` and `verdicts`. *Identified*: the runs
 * tell it apart from the others, and its interval is finite and leaves out a part of what was possible; a coefficient
 * that was searched on a grid must keep off both ends of it, for beyond them nobody looked. One that is not tied down at
 * all gets its bounds as interval.
 *
 * @param intervals one a free parameter, from the draws
 * @returns one a free parameter
 */
export function identify(
  {law, parameters, free, sample, exact}: Estimator,
  {theta}: Estimate,
  intervals: readonly (readonly [number, number])[]
): Identified[] {
  const linear = exact === null ? parameters.length : parameters.length - law.linear!.shape;
  const places = free.filter((i) => i < linear);
  const out = new Float64Array(parameters.length);
  const design = leastSquares(
    sample.rows.map((row, i) => {
      out.fill(0);
      law.gradient(theta, row, out);
      const root = Math.sqrt(sample.weight[i]);
      return Float64Array.from(places, (at) => root * out[at]);
    })
  );
  // A penalty, or a bound at 0, tells coefficients apart that the runs alone do not.
  const held = exact !== null && (law.linear!.ridge === true || law.linear!.nonNegative === true);
  return free.map((at, j) => {
    const {bounds} = parameters[at];
    const column = places.indexOf(at);
    const told = column < 0 || held || (design.estimable[column] && design.condition < worstCondition);
    const interval: [number, number] = told ? [...intervals[j]] : [...bounds];
    const inside = interval[0] > bounds[0] && interval[1] < bounds[1];
    const note = !told
      ? "the runs do not tell it apart from the other coefficients"
      : inside
        ? ""
        : "its interval reaches the end of what was searched";
    return {interval, identified: told && inside, note};
  });
}
