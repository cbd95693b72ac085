import {quantileInterval} from "../stats/quantile.js";
import type {Estimate} from "./estimator.js";
import type {Context, Law} from "./law.js";

/** A coefficient with what the runs say of it. */
export interface Identified {
  readonly value: number;
  readonly interval: [number, number];
  readonly profile: [number | null, number | null] | null;
  readonly identified: boolean;
  readonly note: string;
  readonly unit: string;
}

/** Above this the design's columns are so alike that rounding decides. */
const worstCondition = 1e8;

/**
 * The coefficients of a law that is linear but for a grid of shapes, with their intervals and verdicts; for a `Problem`,
 * see `profile` and `verdicts`. *Identified*: the runs tell it apart from the others, and its
 * interval is finite and leaves out a part of what was possible; a coefficient that was searched on a grid must keep
 * off both ends of it, for beyond them nobody looked. One that is not tied down at all gets its bounds as interval.
 *
 * @param draws one row a draw, in the order of the law's parameters
 */
export function identify(
  law: Law,
  estimate: Estimate,
  draws: readonly (readonly number[])[],
  {context, target, level, known}: {context: Context; target: string; level: number; known: boolean}
): Record<string, Identified> {
  const parameters = law.parameters(context);
  const linear = parameters.length - law.linear!.shape;
  return Object.fromEntries(
    parameters.map(({name, unit, bounds}, i) => {
      const told = i >= linear || (estimate.design.estimable[i] && estimate.design.condition < worstCondition);
      const interval: [number, number] = told
        ? quantileInterval(
            draws.map((draw) => draw[i]),
            level
          )
        : [...bounds];
      const inside =
        i < linear
          ? interval[0] > bounds[0] && interval[1] < bounds[1]
          : known || (interval[0] > bounds[0] && interval[1] < bounds[1]);
      const value = estimate.coefficients[i];
      const note = !told
        ? "the runs do not tell it apart from the other coefficients"
        : inside
          ? ""
          : "its interval leaves nothing out";
      return [
        name,
        {value, interval, profile: null, identified: told && inside, note, unit: unit.replace("target", target)}
      ];
    })
  );
}
