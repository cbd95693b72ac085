import {leastSquares} from "../stats/leastSquares.js";
import {nnls} from "../stats/nnls.js";
import type {Context, Law, Parameter} from "./law.js";
import {rateShapes} from "./shapeGrid.js";

/** A place that variable projection came upon: a minimum, or a shape of the grid with its linear coefficients. */
interface Place {
  /** whole: linear coefficients, then the shape */
  readonly theta: Float64Array;
  /** Σ weight · (prediction − measured)² / 2, what was minimised */
  readonly objective: number;
  /** whether it is a minimum */
  readonly converged: boolean;
}

/** Shapes to look at where the search goes on between them. */
const enough = 400;

/**
 * Fits a law that is linear but for its shape by variable projection: at each shape the linear coefficients are those
 * of least squares, non-negative where the law says so, and only the shape is searched; by the law's grid, then from
 * the best places of the grid by Gauss–Newton steps on what the coefficients leave over (Kaufman's approximation), in
 * as many dimensions as there are. It minimises squares of raw residuals: with weights 1 / y² they are those of
 * logarithms as far as residuals are small, and what it finds are starts for other objectives.
 *
 * @param options.from how many places of the grid are searched on from
 * @param options.further how many more places of the grid are told as they are
 * @param options.tolerance share of the objective that the last step may still promise
 * @returns the least first; none where no shape has finite regressors
 * @throws RangeError for a law without a linear part, or one whose linear coefficients are held or shrunk
 * Source: Golub & Pereyra (1973), doi:10.1137/0710036; Kaufman (1975), doi:10.1007/BF01932995.
 */
export function projectVariables(
  law: Law,
  context: Context,
  {rows, y, weight}: {rows: readonly ArrayLike<number>[]; y: ArrayLike<number>; weight?: ArrayLike<number>},
  {
    parameters = law.parameters(context),
    from = 3,
    further = 0,
    tolerance = 1e-14
  }: {parameters?: readonly Parameter[]; from?: number; further?: number; tolerance?: number} = {}
): Place[] {
  const {linear} = law;
  if (linear === undefined) throw new RangeError(`${law.id}: expected a law that is linear in part, got none`);
  const places = parameters.slice(parameters.length - linear.shape);
  if (linear.ridge === true || parameters.some((p, i) => p.fixed !== undefined && i < parameters.length - linear.shape))
    throw new RangeError(`${law.id}: expected linear coefficients that are free, got some that are held or shrunk`);
  const roots = Float64Array.from({length: rows.length}, (_, i) => Math.sqrt(weight?.[i] ?? 1));
  const held = linear.shapes(context).map((shape) => shape.map((v, d) => places[d].fixed ?? v));
  const shapes = [...new Map(held.map((shape) => [shape.join(), shape])).values()];
  const free = [...places.keys()].filter((d) => places[d].fixed === undefined);
  const search = linear.continuous === true && free.length > 0;
  const rated = rateShapes(linear, search ? sparser(shapes, free.length) : shapes, rows, y, roots).sort(
    (a, b) => a.residual - b.residual
  );
  const target = Float64Array.from(roots, (root, i) => root * y[i]);

  /** The linear coefficients at a shape, and what they leave over. */
  function solve(shape: readonly number[]) {
    const design = rows.map((x, i) => scaled(linear!.basis(x, shape), roots[i]));
    if (!design.every((row) => row.every(Number.isFinite))) return null;
    const c = linear!.nonNegative === true ? nnls(design, target).x : leastSquares(design).solve(target);
    const rest = target.map((v, i) => v - dot(design[i], c));
    return {shape, design, c, rest, value: dot(rest, rest) / 2};
  }

  /** By free value of the shape, the derivative of what is left over, less its part along the columns in use. */
  function slopes({shape, design, c}: NonNullable<ReturnType<typeof solve>>): Float64Array[] {
    const used = [...c.keys()].filter((j) => c[j] !== 0);
    const span = used.length === 0 ? null : leastSquares(design.map((row) => used.map((j) => row[j])));
    return free.map((d) => {
      const h = 1e-6 * Math.max(1e-3, Math.abs(shape[d]));
      const [above, below] = [h, -h].map((by) => shape.map((v, at) => (at === d ? v + by : v)));
      const moved = target.map((_, i) => {
        const change = dot(linear!.basis(rows[i], above), c) - dot(linear!.basis(rows[i], below), c);
        return (-roots[i] * change) / (2 * h);
      });
      if (span === null) return moved;
      const along = span.solve(moved);
      for (let i = 0; i < moved.length; i++) for (const [t, j] of used.entries()) moved[i] -= design[i][j] * along[t];
      return moved;
    });
  }

  function refine(start: readonly number[], known: readonly Place[]): Place | null {
    let at = solve(start);
    let damping = 1e-3;
    for (let step = 0; at !== null && step < 100; step++) {
      // On the way to a minimum that is known already.
      const {shape} = at;
      const near = ({theta}: Place) =>
        shape.every((v, d) => Math.abs(v - theta[d + at!.c.length]) <= 1e-3 * Math.abs(theta[d + at!.c.length]));
      if (known.some(near)) return null;
      const columns: Float64Array[] = slopes(at);
      if (!columns.every((column) => column.every(Number.isFinite))) break;
      const lengths = columns.map((column) => Math.sqrt(dot(column, column)) || 1);
      const gradient = columns.map((column, a) => dot(column, at!.rest) / lengths[a]);
      const normal = columns.map((u, a) => columns.map((v, b) => dot(u, v) / (lengths[a] * lengths[b])));
      let moved = false;
      for (; damping < 1e12 && !moved; damping *= moved ? 0.1 : 10) {
        const system = normal.map((row, a) => row.map((v, b) => (a === b ? v + damping : v)));
        const d = leastSquares(system).solve(gradient.map((v) => -v));
        const promise = gradient.reduce((sum, v, a) => sum - v * d[a], 0) / 2;
        if (!(promise > tolerance * at.value)) return placeOf(at, true);
        const next = at.shape.map((v, place) => {
          const a = free.indexOf(place);
          const [low, high] = places[place].bounds;
          return a < 0 ? v : Math.min(high, Math.max(low, v + d[a] / lengths[a]));
        });
        const found = solve(next);
        if (found !== null && found.value < at.value) {
          at = found;
          moved = true;
        }
      }
      if (!moved) return placeOf(at, true);
    }
    return at === null ? null : placeOf(at, false);
  }

  const found: Place[] = [];
  for (const [i, {shape}] of spread(rated, search ? from + further : 1).entries()) {
    const at = search && i < from ? null : solve(shape);
    const place = search && i < from ? refine(shape, found) : at && placeOf(at, !search);
    if (place !== null) found.push(place);
  }
  return found.sort((a, b) => a.objective - b.objective);
}

function placeOf(
  {c, shape, value}: {c: Float64Array; shape: readonly number[]; value: number},
  converged: boolean
): Place {
  return {theta: Float64Array.of(...c, ...shape), objective: value, converged};
}

/** Of a grid too fine for places to search on from, every second value of each dimension, or third, or as many. */
function sparser(shapes: readonly (readonly number[])[], dimensions: number): readonly (readonly number[])[] {
  const step = Math.ceil((shapes.length / enough) ** (1 / dimensions) - 1e-9);
  if (step < 2) return shapes;
  const kept = shapes[0].map((_, d) => {
    const values = [...new Set(shapes.map((shape) => shape[d]))];
    return new Set(values.length < 2 * step ? values : values.filter((_, i) => i % step === step >> 1));
  });
  const left = shapes.filter((shape) => shape.every((v, d) => kept[d].has(v)));
  return left.length === 0 ? shapes : left;
}

/** The best shapes of a grid that are no neighbours of one another: each differs from the better ones by a fifth in some value. */
function spread<T extends {shape: readonly number[]}>(rated: readonly T[], most: number): T[] {
  const chosen: T[] = [];
  for (const one of rated) {
    if (chosen.length === most) break;
    const near = (other: T) =>
      one.shape.every((v, d) => Math.abs(v - other.shape[d]) <= 0.2 * Math.max(Math.abs(v), Math.abs(other.shape[d])));
    if (!chosen.some(near)) chosen.push(one);
  }
  return chosen;
}

function scaled(values: number[], by: number): number[] {
  for (let j = 0; j < values.length; j++) values[j] *= by;
  return values;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
