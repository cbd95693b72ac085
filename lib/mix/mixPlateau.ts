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
  const count = candidates.length;
  // How much worse each candidate is than the first, one row of draws a candidate.
  const worse = candidates.map(() => new Float64Array(draws));
  const row = new Float64Array(count);
  for (let b = 0; b < draws; b++) {
    const goal = aim.draw(b);
    let best = Infinity;
    for (let i = 0; i < count; i++) {
      row[i] = goalAt(goal, candidates[i]) + penalty[i];
      best = Math.min(best, row[i]);
      worse[i][b] = row[i] - row[0];
    }
    let ties = 0;
    for (let i = 0; i < count; i++) if (row[i] === best) ties++;
    for (let i = 0; i < count; i++) if (row[i] === best) wins[i] += 1 / ties;
  }
  return candidates.flatMap((w, i) => {
    if (i > 0 && draws > 0 && quantile(worse[i].sort(), 1 - level) > 0) return [];
    return [{w, value: values[i], probability: wins[i] / Math.max(1, draws)}];
  });
}
