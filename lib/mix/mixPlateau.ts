import {quantile} from "../stats/quantile.js";
import {divergence} from "./divergence.js";
import {goalAt, type Aim} from "./goal.js";
import type {Search} from "./search.js";

/** A mix that is not distinguishable from the best. */
export interface PlateauMix {
  readonly w: ArrayLike<number>;
  /** of the goal */
  readonly value: number;
  /** share of the draws in which it is the best of the candidates */
  readonly probability: number;
}

/**
 * The candidates that are not distinguishable from the first, the best: those that are as good or better in more than
 * 1 − level of the bootstrap draws, compared draw by draw.
 *
 * @param candidates the best mix first; the plateau is as fine as they are
 * @param draws how many to compare over
 */
export function mixPlateau(
  {lambda, reference}: Pick<Search, "lambda" | "reference">,
  aim: Aim,
  candidates: readonly ArrayLike<number>[],
  {level, draws}: {level: number; draws: number}
): PlateauMix[] {
  const apart = divergence(reference);
  const penalty = candidates.map((w) => (lambda > 0 ? lambda * apart.value(w) : 0));
  const values = candidates.map((w) => goalAt(aim.goal, w));
  const wins = new Float64Array(candidates.length);
  const table = Array.from({length: draws}, (_, b) => {
    const goal = aim.draw(b);
    const row = Float64Array.from(candidates, (w, i) => goalAt(goal, w) + penalty[i]);
    let best = Infinity;
    let ties: number[] = [];
    for (let i = 0; i < row.length; i++)
      if (row[i] < best) [best, ties] = [row[i], [i]];
      else if (row[i] === best) ties.push(i);
    for (const i of ties) wins[i] += 1 / ties.length;
    return row;
  });
  return candidates.flatMap((w, i) => {
    const worse = Float64Array.from(table, (row) => row[i] - row[0]).sort();
    if (i > 0 && worse.length > 0 && quantile(worse, 1 - level) > 0) return [];
    return [{w, value: values[i], probability: wins[i] / Math.max(1, draws)}];
  });
}
