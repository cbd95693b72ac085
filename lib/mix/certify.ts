import {addLoss, type Loss} from "./loss.js";
import {nearness, valueAt, type Found, type Search} from "./search.js";
import type {Band, Solver} from "./solver.js";
import {tailWeights} from "./terms.js";

/** What a linear program at a mix proves. */
interface Proof {
  /** how much less the value of any mix could be, if every loss is convex; where not, of no meaning */
  readonly gap: number;
  /** by linear rule: how much the value falls for each unit that the rule's bound is relaxed */
  readonly prices: readonly number[];
  /** the same by rule that is not linear */
  readonly curvedPrices: readonly number[];
}

/**
 * The duality gap and the shadow prices at a mix: every loss and every rule that is not linear is replaced by its
 * tangent there, and a linear program finds how low the tangents can go on the polytope.
 *
 * For convex losses the tangents lie below them, so that no mix is better by more than the gap, whatever found the mix.
 * At a local optimum the duals of the program are the multipliers of the rules.
 *
 * Source: Jaggi (2013), ICML, section 2 (the Frank–Wolfe gap); Boyd & Vandenberghe (2004), section 5.1.3.
 */
export function certify(search: Search, {w, x, mu}: Found, solver: Solver): Proof {
  const {goal, lambda, reference, space, curved} = search;
  const n = space.n;
  const tangent = (loss: Loss) => {
    const slope = new Float64Array(n + 1);
    let start = addLoss(loss, w, 1, slope, null, n);
    for (let j = 0; j < n; j++) start -= slope[j] * w[j];
    return {slope, start};
  };
  // Variables: the weights, then the level that the worst of several losses lies below.
  const cost = new Float64Array(n + 1);
  let constant = 0;
  const lean = (loss: Loss, weight: number) => {
    const {slope, start} = tangent(loss);
    constant += weight * start;
    for (let j = 0; j < n; j++) cost[j] += weight * slope[j];
  };
  const rows: Band[] = space.bands.map(({a, ...band}) => ({a: [...Array.from(a), 0], ...band}));
  const curvedFrom = rows.length;
  for (const {loss, bound} of curved) {
    const {slope, start} = tangent(loss);
    rows.push({a: slope, lower: -Infinity, upper: bound - start});
  }
  if (lambda > 0) lean(nearness(lambda, reference), 1);
  if (goal.kind === "loss") lean(goal.losses[0], 1);
  if (goal.kind === "tail") {
    const weights = tailWeights(goal.losses, goal.tail, x, n, mu);
    for (const [i, loss] of goal.losses.entries()) if (weights[i] > 0) lean(loss, weights[i]);
  }
  if (goal.kind === "worst") {
    cost[n] = 1;
    for (const loss of goal.losses) {
      const {slope, start} = tangent(loss);
      slope[n] = -1;
      rows.push({a: slope, lower: -Infinity, upper: -start});
    }
  }
  const bounded = goal.kind === "worst" ? -Infinity : 0;
  const lowest = solver.solve({
    cost,
    rows,
    lower: Float64Array.from(cost, (_, j) => (j < n ? 0 : bounded)),
    upper: Float64Array.from(cost, (_, j) => (j < n || goal.kind === "worst" ? Infinity : 0))
  });
  if (lowest === null) throw new Error("expected a mix that keeps the rules, as one was found before");
  // A price is of relaxing: the dual of a rule ≤ is at most 0. The first band is the simplex.
  const prices = Array.from(lowest.prices, (dual) => Math.max(0, -dual));
  return {
    gap: Math.max(0, valueAt(search, w) - (constant + lowest.value)),
    prices: prices.slice(1, curvedFrom),
    curvedPrices: prices.slice(curvedFrom, curvedFrom + curved.length)
  };
}
