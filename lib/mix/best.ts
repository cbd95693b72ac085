import type {Certificate} from "../schema/plan.js";
import {createRandom} from "../text/random.js";
import {certify} from "./certify.js";
import {nearest} from "./closest.js";
import {convexity, seemsConvex} from "./convexity.js";
import {lossAt} from "./loss.js";
import {createSearcher, insideCurved, valueAt, type Found, type Search} from "./search.js";
import type {LinearSolution, Solver} from "./solver.js";

/** The best mix that was found, with what is proven of it. */
export interface Best extends Found {
  readonly certificate: Certificate;
  readonly prices: readonly number[];
  readonly curvedPrices: readonly number[];
  /** local optima that other starts led to, the best first; for a convex search none but this */
  readonly starts: readonly Float64Array[];
}

/**
 * The best mix of a search: a linear program where the goal is linear, the barrier method once where all is convex, and
 * from many starts elsewhere. Null where the rules leave no mix.
 */
export function best(search: Search, solver: Solver): Best | null {
  const {goal, lambda, space, curved} = search;
  const losses = [...goal.losses, ...curved.map(({loss}) => loss)];
  if (space.flat.free.length === 0) return only(search);
  if (goal.kind === "loss" && lambda === 0 && curved.length === 0 && isFlat(search)) return corner(search, solver);
  const inside = insideCurved(space, curved);
  if (inside === null) return null;
  const kinds = losses.map((loss) => convexity(loss, space));
  const searcher = createSearcher(search);
  if (kinds.every((kind) => kind === "yes")) {
    const found = searcher.from(inside);
    const {gap, ...proof} = certify(search, found, solver);
    const note = "every loss and rule is convex over the mixes: there is no other local optimum, and the gap is proven";
    return {...found, ...proof, certificate: {kind: "convex", gap, note}, starts: [found.w]};
  }
  const corners = cornersOf(search, solver);
  const fits = (w: ArrayLike<number>) => curved.every(({loss, bound}) => lossAt(loss, w) < bound);
  const starts = corners.flatMap((corner) => {
    for (const t of [0.95, 0.8, 0.5, 0.2]) {
      const w = inside.map((v, j) => v + t * (corner[j] - v));
      if (fits(w)) return [w];
    }
    return [];
  });
  const ends = [searcher.from(inside), ...starts.map((w) => searcher.from(w, 0.02))]
    .filter(({value}) => Number.isFinite(value))
    // A later start has to be better by more than rounding, so that ties fall the same way everywhere.
    .sort((a, b) => (Math.abs(a.value - b.value) < 1e-9 * searcher.scale ? 0 : a.value - b.value));
  if (ends.length === 0)
    throw new RangeError("expected a law with finite values at some mix inside the rules, got none");
  const distinct = ends.filter(({w}, i) => !ends.slice(0, i).some((other) => apart(w, other.w) < 1e-4));
  const {gap: _, ...proof} = certify(search, ends[0], solver);
  const tested =
    kinds.includes("no") || !losses.every((loss, i) => kinds[i] === "yes" || seemsConvex(loss, space, corners))
      ? "not convex"
      : "convex at each of 60 random mixes, which is no proof";
  const note = `best of ${distinct.length} local optima from ${ends.length} starts; the search is ${tested}, and nothing bounds the gap`;
  return {...ends[0], ...proof, certificate: {kind: "local", gap: null, note}, starts: distinct.map(({w}) => w)};
}

/** The one mix that the rules leave. */
function only(search: Search): Best {
  const {space, curved} = search;
  const w = space.inside;
  const value = valueAt(search, w);
  return {
    w,
    value,
    x: w,
    mu: 0,
    steps: 0,
    prices: space.bands.slice(1).map(() => 0),
    curvedPrices: curved.map(() => 0),
    certificate: {kind: "exact", gap: 0, note: "the rules leave one mix alone"},
    starts: [w]
  };
}

function isFlat({goal, space}: Search): boolean {
  const [{parts}] = goal.losses;
  return space.n > 0 && parts.every(({f}) => f.curvature === "linear");
}

/** A linear goal's optimum: a corner. */
function corner(search: Search, solver: Solver): Best {
  const {space} = search;
  const slope = slopeOf(search);
  if (undecided(slope, search)) return closest(search, solver);
  const solution = solver.solve({cost: slope, rows: space.bands})!;
  const w = solution.x.map((v) => Math.max(0, v));
  const found = {w, value: valueAt(search, w), x: w, mu: 0, steps: 0};
  const {gap, ...proof} = certify(search, found, solver);
  const note = "a linear program, solved by HiGHS";
  return {...found, ...proof, certificate: {kind: "exact", gap, note}, starts: [w]};
}

/** The mix nearest to the reference, where the goal is the same for all. */
function closest(search: Search, solver: Solver): Best {
  const w = nearest(search.space, search.reference, solver);
  const prices = search.space.bands.slice(1).map(() => 0);
  const certificate = {kind: "exact", gap: 0, note: sameForAll} as const;
  return {w, value: valueAt(search, w), x: w, mu: 0, steps: 0, prices, curvedPrices: [], certificate, starts: [w]};
}

/** What a certificate says where the goal is the same for all mixes. */
export const sameForAll = "the fit sees no difference between the mixes that the rules leave; the reference decides";

/** Whether a slope is level in every direction that the equalities leave. */
function undecided(slope: Float64Array, {space}: Search): boolean {
  const {free, held, by} = space.flat;
  const size = slope.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  return free.every((j, i) => {
    let along = slope[j];
    for (let b = 0; b < held.length; b++) along -= by[b * free.length + i] * slope[held[b]];
    return Math.abs(along) <= 1e-12 * size;
  });
}

/** The gradient of a linear goal. */
export function slopeOf({goal, space}: Search): Float64Array {
  const slope = new Float64Array(space.n);
  for (const {f, factor} of goal.losses[0].parts) f.add(space.inside, factor, slope, null, space.n);
  return slope;
}

/** Corners of the polytope: the lowest and highest of each weight, and those that random directions meet. */
export function cornersOf(
  {space}: Pick<Search, "space">,
  solver: Solver,
  {directions = 2 * space.n} = {}
): Float64Array[] {
  const {n, bands} = space;
  const random = createRandom("corners", n);
  const costs = [
    ...Array.from({length: 2 * n}, (_, i) =>
      Float64Array.from({length: n}, (__, j) => (j === i >> 1 ? (i % 2 ? 1 : -1) : 0))
    ),
    ...Array.from({length: directions}, () => Float64Array.from({length: n}, () => random.normal()))
  ];
  const found = new Map<string, Float64Array>();
  for (const solution of solver.many(bands, costs)) {
    if (solution === null) continue;
    const w = positive(solution);
    found.set(Array.from(w, (v) => v.toFixed(7)).join(), w);
  }
  return [...found.values()];
}

function positive({x}: LinearSolution): Float64Array {
  return x.map((v) => Math.max(0, v));
}

function apart(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, v, j) => Math.max(most, Math.abs(v - b[j])), 0);
}
