import {barrier, type Centre, type Flat, type Term} from "./barrier.js";
import {divergence} from "./divergence.js";
import {goalAt, type Goal} from "./goal.js";
import {lossAt, type Loss} from "./loss.js";
import type {Polytope} from "./polytope.js";
import {lossTerm, ruleTerm, tailTerm, worstTerm} from "./terms.js";

/** A rule that is no linear one: its loss may not exceed its bound. */
export interface CurvedRule {
  readonly loss: Loss;
  readonly bound: number;
}

/** What to search: a goal, plus a weight times the divergence from a reference, inside linear and other rules. */
export interface Search {
  readonly goal: Goal;
  readonly lambda: number;
  /** shares that the divergence is from */
  readonly reference: Float64Array;
  readonly space: Polytope;
  readonly curved: readonly CurvedRule[];
}

/** Where a search ended. */
export interface Found {
  readonly w: Float64Array;
  /** of the goal and the divergence, at w */
  readonly value: number;
  /** the variables of the barrier's program, its weight, and its Newton steps */
  readonly x: Float64Array;
  readonly mu: number;
  readonly steps: number;
}

/** A search made ready to start from many places. */
interface Searcher {
  /** typical size of the differences between mixes, in the goal's unit */
  readonly scale: number;
  /** @param from strictly inside all rules; @param near how far from the end a start is thought to be, 1 for a cold one */
  from(from: ArrayLike<number>, near?: number): Found;
}

/** Prepares a search. */
export function createSearcher(search: Search, scale = scaleOf(search)): Searcher {
  const {goal, lambda, reference, space, curved} = search;
  const n = space.n;
  const extra = goal.kind === "loss" ? 0 : 1;
  const stride = n + extra;
  const others = [
    ...(lambda > 0 ? [lossTerm(nearness(lambda, reference), stride)] : []),
    ...curved.map(({loss, bound}) => ruleTerm(loss, bound, stride))
  ];
  const flat = widen(space.flat, n, extra);
  const solve = (term: Term, x: Float64Array, near: number) =>
    barrier({n: stride, terms: [term, ...others], rows: space.rows, flat}, x, {scale, mu: 0.1 * near});
  const main =
    goal.kind === "loss"
      ? lossTerm(goal.losses[0], stride)
      : goal.kind === "worst"
        ? worstTerm(goal.losses, n, stride)
        : null;
  return {
    scale,
    from(start, near = 1) {
      const x = new Float64Array(stride);
      x.set(Array.from(start).slice(0, n));
      if (goal.kind === "worst") x[n] = goalAt(goal, x) + scale * near;
      const end = main === null ? ofTail(goal, x, (term, at) => solve(term, at, near)) : solve(main, x, near);
      const w = end.x.slice(0, n);
      return {w, value: valueAt(search, w), x: end.x, mu: end.mu, steps: end.steps};
    }
  };
}

/** How much larger than the tail the set of draws is that a search for the tail's mean begins with. */
const wider = 2;

/**
 * Where the mean of the worst draws is least: found over the worst draws at the start alone, then over those, too, that
 * turned out to be above their level, until no other is. What is left out then counts for nothing at the end.
 */
function ofTail({losses, tail}: Goal, start: Float64Array, solve: (term: Term, x: Float64Array) => Centre): Centre {
  const place = start.length - 1;
  const x = start.slice();
  const values = losses.map((loss) => lossAt(loss, x));
  const order = [...losses.keys()].sort((a, b) => values[b] - values[a] || a - b);
  const kept = new Set(order.slice(0, Math.ceil(wider * tail * losses.length)));
  x[place] = values[order[Math.ceil(tail * losses.length) - 1]];
  for (;;) {
    const term = tailTerm(
      [...kept].map((i) => losses[i]),
      1 / (tail * losses.length),
      place,
      start.length
    );
    const end = solve(term, x);
    const above = [...losses.keys()].filter((i) => !kept.has(i) && lossAt(losses[i], end.x) >= end.x[place]);
    if (above.length === 0) return end;
    for (const i of above) kept.add(i);
    // Inside again: the next search would have to crawl along the edge.
    for (let j = 0; j < x.length; j++) x[j] = end.x[j] + 0.1 * (start[j] - end.x[j]);
    x[place] = end.x[place];
  }
}

/** The value of a search's goal and divergence at a mix. */
export function valueAt({goal, lambda, reference}: Search, w: ArrayLike<number>): number {
  return goalAt(goal, w) + (lambda > 0 ? lambda * divergence(reference).value(w) : 0);
}

/** The divergence from a reference as a loss. */
export function nearness(lambda: number, reference: Float64Array): Loss {
  return {parts: [{f: divergence(reference), factor: lambda, from: 0}]};
}

/**
 * A mix strictly inside the rules that are not linear, too; null where none was found: where these rules are convex,
 * there is none.
 */
export function insideCurved(space: Polytope, curved: readonly CurvedRule[]): Float64Array | null {
  const worst = (w: ArrayLike<number>) =>
    curved.reduce((most, {loss, bound}) => Math.max(most, lossAt(loss, w) - bound), -Infinity);
  if (!(worst(space.inside) >= 0)) return space.inside;
  const losses = curved.map(({loss, bound}): Loss => ({
    parts: [...loss.parts, {f: nothing, factor: 1, from: bound}]
  }));
  const goal: Goal = {kind: "worst", losses, tail: 1};
  const search = {goal, lambda: 0, reference: new Float64Array(space.n), space, curved: []};
  const {w} = createSearcher(search).from(space.inside);
  return worst(w) < 0 ? w : null;
}

const nothing = {curvature: "linear", quadratic: true, value: () => 0, add: () => 0} as const;

/** How much the goal differs between mixes, to first order, from a mix inside: never 0. */
function scaleOf({goal, lambda, reference, space}: Search): number {
  const n = space.n;
  const g = new Float64Array(n);
  let size = 0;
  const some = goal.losses.filter((_, i) => i % Math.ceil(goal.losses.length / 20) === 0);
  for (const loss of some) {
    g.fill(0);
    for (const {f, factor} of loss.parts) f.add(space.inside, factor, g, null, n);
    const mean = g.reduce((a, b) => a + b, 0) / n;
    size = g.reduce((most, v) => (Number.isFinite(v) ? Math.max(most, Math.abs(v - mean)) : most), size);
  }
  const value = Math.abs(goalAt(goal, space.inside));
  const apart = lambda > 0 ? lambda * (1 + divergence(reference).value(space.inside)) : 0;
  return Math.max(size, apart, 1e-9 * (Number.isFinite(value) ? value : 1), 1e-12);
}

function widen({free, held, by}: Flat, n: number, extra: number): Flat {
  if (extra === 0) return {free, held, by};
  const d = free.length;
  const wide = new Float64Array(held.length * (d + 1));
  for (let b = 0; b < held.length; b++) wide.set(by.subarray(b * d, (b + 1) * d), b * (d + 1));
  return {free: Int32Array.from([...free, n]), held, by: wide};
}
