import {best, type Best} from "./best.js";
import {nearest} from "./closest.js";
import {divergence} from "./divergence.js";
import {goalAt} from "./goal.js";
import type {Search} from "./search.js";
import type {Solver} from "./solver.js";

/** A point of the curve between the goal and nearness to the reference. */
interface TradeOff {
  readonly lambda: number;
  readonly w: Float64Array;
  /** of the goal alone */
  readonly value: number;
  /** from the reference, in nats */
  readonly divergence: number;
}

/** Multiples of the average price of a nat that the curve is shown at. */
const multiples = [0, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];

/**
 * The best mixes for several weights of the divergence from the reference.
 *
 * @param found the best mix at the weight of the search itself
 * @param grid of weights; by default from none to eight times what a nat costs on average on the way from the optimum
 *   to the mix nearest to the reference, so that the curve shows its bend whatever the goal's unit
 */
export function tradeOff(search: Search, found: Best, solver: Solver, grid?: readonly number[]): TradeOff[] {
  const {goal, reference, space} = search;
  const apart = divergence(reference);
  const made = new Map<number, TradeOff | null>();
  const at = (lambda: number): TradeOff | null => {
    let point = made.get(lambda);
    if (point === undefined) {
      const {w} = lambda === search.lambda ? found : (best({...search, lambda}, solver) ?? {w: null});
      point = w === null ? null : {lambda, w, value: goalAt(goal, w), divergence: apart.value(w)};
      made.set(lambda, point);
    }
    return point;
  };
  let lambdas = grid;
  if (lambdas === undefined) {
    const free = at(0);
    const close = nearest(space, reference, solver);
    if (free === null) return [];
    const nats = free.divergence - apart.value(close);
    const price = (goalAt(goal, close) - free.value) / nats;
    lambdas =
      nats > 1e-6 && price > 0 && Number.isFinite(price)
        ? multiples.map((m) => Number((m * price).toPrecision(2)))
        : [0];
  }
  const all = [...new Set([...lambdas, search.lambda])].sort((a, b) => a - b);
  return all.flatMap((lambda) => at(lambda) ?? []);
}
