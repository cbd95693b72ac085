import {symmetricEigen} from "../stats/symmetricEigen.js";
import {lossAt} from "./loss.js";
import type {Smooth} from "./mixFunction.js";
import {quadraticRidges, type Ridge, type Ridges} from "./ridges.js";
import {valueAt, type Search} from "./search.js";
import type {Band, LinearSolution, Solver} from "./solver.js";

/** What a search of boxes knows in the end. */
interface Bound {
  /** no mix that keeps the rules has a smaller value */
  readonly least: number;
  /** the best mix that was met, and its value */
  readonly w: Float64Array;
  readonly value: number;
  /** linear programs that were solved */
  readonly programs: number;
}

interface BoundOptions {
  /** how near is near enough, in the goal's unit */
  tolerance: number;
  /** where a local search from near a mix ends */
  local(w: Float64Array): Float64Array;
  /** linear programs after which no box is split any more */
  programs?: number;
}

/** A ridge of the program with the variable that stands for it. */
interface Piece extends Ridge {
  readonly place: number;
  /** 1 where the variable lies above the ridge, −1 where it lies below: in a falling group */
  readonly side: 1 | -1;
  /** least and largest argument over the linear rules */
  readonly low: number;
  readonly high: number;
}

/** A part of the mixes: least and largest argument of each piece that bends the wrong way. */
interface Box {
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly least: number;
}

/** Tangents that a box's program is sharpened by, at most, one round at a time. */
const rounds = 30;

/**
 * A lower bound of a search whose goal is one loss made of ridges, see `ridgesOf`: every ridge that bends the right way
 * is kept above its tangents, every other above its secant over a box, which a linear program then minimises; boxes with
 * the least bound are split where the secant is furthest off, until the bound meets the best mix or boxes run out. Rules
 * that are not linear are left out of the bound, which stays one. Null where a part of the goal is no sum of ridges.
 *
 * @param best a mix that keeps all rules
 * Source: Horst & Tuy (1996), Global Optimization, section IV.2; Kelley (1960), doi:10.1137/0108053.
 */
export function branchAndBound(
  search: Search,
  best: Float64Array,
  solver: Solver,
  {tolerance, local, programs: most = 300}: BoundOptions
): Bound | null {
  const {goal, space, curved} = search;
  const n = space.n;
  if (goal.kind !== "loss") return null;
  const made = piecesOf(search, solver);
  if (made === null) return null;
  const {pieces, groups, cost} = made;
  const size = cost.length;
  const argument = ({a, from}: Ridge, x: ArrayLike<number>) => {
    let s = from;
    for (let j = 0; j < n; j++) s += a[j] * x[j];
    return s;
  };
  const model = (w: ArrayLike<number>) => {
    let total = 0;
    for (let j = 0; j < n; j++) total += cost[j] * w[j];
    for (const piece of pieces) if (cost[piece.place] !== 0) total += piece.value(argument(piece, w));
    for (const {parts, value} of groups)
      total += value(parts.reduce((sum, piece) => sum + piece.value(argument(piece, w)), 0));
    return total;
  };
  const constant = valueAt(search, best) - model(best);
  const same = valueAt(search, space.inside) - model(space.inside);
  if (!(Math.abs(constant - same) <= 1e-9 * (1 + Math.abs(constant)))) return null;
  const wrong = pieces.filter(({side, bend}) => side * bend < 0);
  const cuts: Band[] = [];
  /** side · y ≥ side · (φ(s) + slope · (a · w + from − s)) */
  const line = ({a, from, place, side}: Piece, s: number, value: number, slope: number): Band => {
    const row = new Float64Array(size);
    for (let j = 0; j < n; j++) row[j] = side * slope * a[j];
    row[place] = -side;
    return {a: row, lower: -Infinity, upper: side * (slope * (s - from) - value)};
  };
  const touch = (piece: Piece, s: number) => {
    // A slope without end at the edge: the tangent a little inside it is one, too.
    const inside = Math.max(s, Math.min(piece.high, piece.low + 1e-9));
    const [value, slope] = [piece.value(inside), piece.slope(inside)];
    if (Number.isFinite(value) && Number.isFinite(slope)) cuts.push(line(piece, inside, value, slope));
  };
  const touchGroup = ({place, parts, value, slope}: (typeof groups)[number], sum: number) => {
    const row = new Float64Array(size);
    for (const piece of parts) row[piece.place] = slope(sum);
    row[place] = -1;
    cuts.push({a: row, lower: -Infinity, upper: slope(sum) * sum - value(sum)});
  };
  for (const piece of pieces)
    if (!wrong.includes(piece))
      for (const t of [0, 0.05, 0.25, 0.5, 0.75, 1]) touch(piece, piece.low + t * (piece.high - piece.low));
  for (const group of groups)
    for (const w of [best, space.inside])
      touchGroup(
        group,
        group.parts.reduce((sum, piece) => sum + piece.value(argument(piece, w)), 0)
      );
  const bands = space.bands.map(({a, ...band}) => ({a: pad(a, size), ...band}));
  const lower = Float64Array.from({length: size}, (_, j) => (j < n ? 0 : -Infinity));
  const upper = new Float64Array(size).fill(Infinity);
  let top = {w: best, value: valueAt(search, best)};
  let solved = 0;
  const meet = (w: Float64Array) => {
    const value = valueAt(search, w);
    if (value < top.value && curved.every(({loss, bound}) => lossAt(loss, w) < bound)) top = {w, value};
  };
  /** The program of a box, its tangents at the solution added until they change nothing. */
  const relax = (box: Box): {solution: LinearSolution; least: number} | null => {
    const own = wrong.flatMap((piece, i) => {
      const [low, high] = [box.low[i], box.high[i]];
      const at = piece.value(low);
      const slope = high - low > 1e-12 ? (piece.value(high) - at) / (high - low) : 0;
      const value = piece.side > 0 ? Math.min(at, piece.value(high)) : Math.max(at, piece.value(high));
      const inside: Band = {a: pad(piece.a, size), lower: low - piece.from, upper: high - piece.from};
      return [inside, line(piece, low, slope === 0 ? value : at, slope)];
    });
    let last: {solution: LinearSolution; least: number} | null = null;
    for (let round = 0; round < rounds; round++) {
      const solution = solver.solve({cost, rows: [...bands, ...own, ...cuts], lower, upper});
      solved++;
      if (solution === null) return null;
      last = {solution, least: solution.value + constant};
      const before = cuts.length;
      for (const piece of pieces) {
        if (wrong.includes(piece)) continue;
        const s = argument(piece, solution.x);
        const off = piece.side * (piece.value(s) - solution.x[piece.place]);
        if (off > 0.05 * tolerance * weightOf(piece, solution.x)) touch(piece, s);
      }
      for (const group of groups) {
        const sum = group.parts.reduce((total, {place}) => total + solution.x[place], 0);
        if (sum > 0 && group.value(sum) - solution.x[group.place] > 0.05 * tolerance) touchGroup(group, sum);
      }
      if (cuts.length === before || last.least >= top.value - tolerance) break;
    }
    meet(last!.solution.x.slice(0, n).map((v) => Math.max(0, v)));
    return last;
  };
  /** How much an error of a piece may count: one over what it changes the goal by. */
  const weightOf = ({place}: Piece, x: ArrayLike<number>) => {
    const group = groups.find(({parts}) => parts.some((part) => part.place === place));
    if (group === undefined) return 1;
    const sum = group.parts.reduce((total, part) => total + x[part.place], 0);
    return sum > 0 ? 1 / Math.abs(group.slope(sum)) : 1;
  };
  const open: (Box & {solution: LinearSolution})[] = [];
  const visit = (box: Omit<Box, "least">, least: number) => {
    const found = relax({...box, least});
    if (found === null) return;
    meet(local(found.solution.x.slice(0, n)));
    open.push({...box, least: Math.max(least, found.least), solution: found.solution});
  };
  visit({low: wrong.map(({low}) => low), high: wrong.map(({high}) => high)}, -Infinity);
  while (open.length > 0 && solved < most) {
    const at = open.reduce((first, {least}, i) => (least < open[first].least ? i : first), 0);
    const box = open[at];
    if (box.least >= top.value - tolerance) break;
    const {x} = box.solution;
    const errors = wrong.map((piece) => {
      const off = piece.side * (piece.value(argument(piece, x)) - x[piece.place]);
      return off / weightOf(piece, x);
    });
    const widest = errors.reduce((first, error, i) => (error > errors[first] ? i : first), 0);
    if (wrong.length === 0 || !(errors[widest] > 0)) break;
    open.splice(at, 1);
    const [low, high] = [box.low[widest], box.high[widest]];
    const s = Math.min(high - 0.1 * (high - low), Math.max(low + 0.1 * (high - low), argument(wrong[widest], x)));
    visit({low: box.low, high: box.high.with(widest, s)}, box.least);
    visit({low: box.low.with(widest, s), high: box.high}, box.least);
  }
  const least = open.reduce((smallest, box) => Math.min(smallest, box.least), top.value);
  return {least, ...top, programs: solved};
}

function pad(a: ArrayLike<number>, size: number): Float64Array {
  const row = new Float64Array(size);
  row.set(a);
  return row;
}

/** The goal as pieces with variables of their own: the weights come first, then the pieces, then the groups. */
function piecesOf({goal, lambda, reference, space}: Search, solver: Solver) {
  const n = space.n;
  const all: {ridges: Ridges; factor: number}[] = [];
  for (const {f, factor} of goal.losses[0].parts) {
    const ridges = f.quadratic ? fromHessian(f, space.inside, n) : (f.ridges?.() ?? null);
    if (ridges === null || ridges.groups.some(({bend}) => bend * factor < 0)) return null;
    all.push({ridges, factor});
  }
  if (lambda > 0) all.push({ridges: entropies(reference), factor: lambda});
  const linear = new Float64Array(n);
  const pieces: Piece[] = [];
  const add = (ridge: Ridge, factor: number, side: 1 | -1) => {
    const [least, most] = solver.many(space.bands, [ridge.a, ridge.a.map((v) => -v)]);
    const piece: Piece = {
      a: ridge.a,
      from: ridge.from,
      bend: (ridge.bend * Math.sign(factor)) as 1 | -1,
      value: (s) => factor * ridge.value(s),
      slope: (s) => factor * ridge.slope(s),
      place: n + pieces.length,
      side,
      low: least!.value + ridge.from,
      high: ridge.from - most!.value
    };
    pieces.push(piece);
    return piece;
  };
  for (const {ridges, factor} of all) {
    for (let j = 0; j < n; j++) linear[j] += factor * ridges.linear[j];
    for (const ridge of ridges.ridges) if (ridge.a.some((v) => v !== 0)) add(ridge, factor, 1);
  }
  const alone = pieces.length;
  const grouped = all.flatMap(({ridges, factor}) =>
    ridges.groups.map(({ridges: inner, value, slope}) => ({
      parts: inner.map((ridge) => add(ridge, 1, -1)),
      value: (sum: number) => factor * value(sum),
      slope: (sum: number) => factor * slope(sum)
    }))
  );
  const groups = grouped.map((group, g) => ({...group, place: n + pieces.length + g}));
  const cost = new Float64Array(n + pieces.length + groups.length);
  cost.set(linear);
  cost.fill(1, n, n + alone);
  cost.fill(1, n + pieces.length);
  return {pieces, groups, cost};
}

function fromHessian(f: Smooth, at: Float64Array, n: number): Ridges {
  const gradient = new Float64Array(n);
  const h = new Float64Array(n * n);
  f.add(at, 1, gradient, h, n);
  const whole = (i: number, j: number) => (i < j ? h[i * n + j] : h[j * n + i]);
  const mean = Array.from({length: n}, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += whole(i, j) / n;
    return sum;
  });
  const centre = mean.reduce((a, b) => a + b, 0) / n;
  // Between mixes the weights move, but not their sum.
  const between = mean.map((_, i) => Float64Array.from(mean, (__, j) => whole(i, j) - mean[i] - mean[j] + centre));
  return quadraticRidges(gradient, at, symmetricEigen(between));
}

/** Σ w log(w / reference), weight by weight. */
function entropies(reference: Float64Array): Ridges {
  const n = reference.length;
  const ridges = Array.from(reference, (r, i): Ridge => ({
    a: Float64Array.from(reference, (_, j) => Number(i === j)),
    from: 0,
    bend: 1,
    value: (s) => (s > 0 ? s * Math.log(s / r) : 0),
    slope: (s) => Math.log(s / r) + 1
  }));
  return {linear: new Float64Array(n), ridges, groups: []};
}
