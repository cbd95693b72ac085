import type {Certificate} from "../schema/plan.js";
import {certify} from "./certify.js";
import {nearest} from "./closest.js";
import {goalAt} from "./goal.js";
import {sameForAll, type Best} from "./best.js";
import type {Search} from "./search.js";
import type {Solver} from "./solver.js";

/** A goal that sees nothing of a mix but one share of it, e.g. the synthetic one. */
export interface Line {
  /** the share as a sum over the weights */
  readonly a: Float64Array;
  /** whether few valleys are certain: the law is a polynomial of the second degree, or convex */
  readonly sure: boolean;
}

/** Shares that are looked at before the best is refined. */
const cells = 400;

/**
 * The best mix for a goal over one share: the best share that the rules allow, found on the whole line, and of all mixes
 * with that share the one nearest to the reference.
 */
export function bestOnLine(
  search: Search,
  {a, sure}: Line,
  solver: Solver
): Best & {low: number; high: number; share: number} {
  const {goal, space, reference} = search;
  const [low, high] = shareRange(search, a, solver);
  const at = mixAt(search, a, solver);
  const ends = [at(low), at(high)];
  // Mixes on the segment between two mixes have every share between.
  const blend = (share: number) => {
    const t = high > low ? (share - low) / (high - low) : 0;
    return ends[0].map((v, j) => v + t * (ends[1][j] - v));
  };
  const value = (share: number) => goalAt(goal, blend(share));
  const found = leastOn(value, low, high);
  const flat = high - low < 1e-9 || rangeOf(value, low, high) <= 1e-13 * (1 + Math.abs(value(low)));
  const w = flat ? nearest(space, reference, solver) : at(found);
  const share = a.reduce((sum, v, j) => sum + v * w[j], 0);
  const mix = {w, value: goalAt(goal, w), x: w, mu: 0, steps: 0};
  const proof = certify(search, mix, solver);
  const certificate: Certificate = flat
    ? {kind: "exact", gap: 0, note: sameForAll}
    : sure
      ? {
          kind: "exact",
          gap: Math.max(0, mix.value - value(found)),
          note: "one share decides, and its whole range was searched"
        }
      : {
          kind: "local",
          gap: null,
          note: `best of ${cells + 1} shares over the whole range and a search around them; a valley narrower than that is not excluded`
        };
  const priced =
    flat || kinked(proof.prices, value, share, low, high) ? {...proof, prices: proof.prices.map(() => 0)} : proof;
  return {...mix, ...priced, certificate, starts: [w], low, high, share};
}

/** Lowest and highest share that the rules allow. */
export function shareRange({space}: Search, a: Float64Array, solver: Solver): [number, number] {
  const [least, most] = solver.many(space.bands, [a, a.map((v) => -v)]);
  return [least!.value, -most!.value];
}

/** The mix with a share that is nearest to the reference. */
export function mixAt({space, reference}: Search, a: Float64Array, solver: Solver): (share: number) => Float64Array {
  return (share) => nearest(space, reference, solver, {a: Array.from(a), bound: share, equal: true});
}

/** Whether the optimum lies inside the range, where no rule has a price, though a corner of the law hides it. */
function kinked(
  prices: readonly number[],
  value: (s: number) => number,
  share: number,
  low: number,
  high: number
): boolean {
  if (prices.every((price) => price === 0)) return false;
  const h = 1e-4 * (high - low);
  return share - low > h && high - share > h && value(share - h) >= value(share) && value(share + h) >= value(share);
}

function rangeOf(value: (s: number) => number, low: number, high: number): number {
  const values = Array.from({length: 41}, (_, i) => value(low + ((high - low) * i) / 40));
  return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
}

/** The least value on an interval, for a curve with few valleys: a fine look, then golden sections. */
function leastOn(f: (s: number) => number, low: number, high: number): number {
  const place = (i: number) => low + ((high - low) * i) / cells;
  let at = 0;
  let least = f(low);
  for (let i = 1; i <= cells; i++) {
    const value = f(place(i));
    if (value < least) [at, least] = [i, value];
  }
  let [from, to] = [place(Math.max(0, at - 1)), place(Math.min(cells, at + 1))];
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const a = to - golden * (to - from);
    const b = from + golden * (to - from);
    if (f(a) <= f(b)) to = b;
    else from = a;
  }
  const middle = (from + to) / 2;
  return f(middle) < least ? middle : place(at);
}
