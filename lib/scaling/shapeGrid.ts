import {nnlsGram} from "../stats/nnlsGram.js";
import type {LinearPart} from "./law.js";

/** A shape, and what is left of the sum of squares at it. */
interface RatedShape {
  readonly shape: readonly number[];
  readonly residual: number;
}

/**
 * How well a law that is linear in part fits at each shape of a list: the residual sum of squares of its linear
 * coefficients. A regressor that depends on one value of the shape, or on none, is worked out once for each of its
 * values, and so are the inner products of two: then a shape costs a system of the size of the law, whatever the number
 * of runs. A shape at which a regressor is not finite is left out.
 *
 * @param options.roots by run: the square root of its weight
 */
export function rateShapes(
  {basis, nonNegative = false, shape: dimensions}: LinearPart,
  shapes: readonly (readonly number[])[],
  rows: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  roots: Float64Array
): RatedShape[] {
  if (shapes.length === 0 || rows.length === 0) return [];
  const n = rows.length;
  const k = basis(rows[0], shapes[0]).length;
  const target = Float64Array.from(roots, (root, i) => root * y[i]);
  const all = dot(target, target);
  const reads = dependencies(basis, shapes, rows, k, dimensions);
  const places = placesOf(shapes, dimensions);
  // By regressor and by the shape's values that it depends on: its column, scaled to length 1.
  const columns: Float64Array[] = [];
  const along: number[] = [];
  const known = Array.from({length: k}, () => new Map<number, number>());
  const column = (j: number, s: number) => {
    let key = 0;
    for (const d of reads[j]) key = key * shapes.length + places[d][s];
    let at = known[j].get(key);
    if (at === undefined) {
      const values = Float64Array.from(rows, (x, i) => roots[i] * basis(x, shapes[s])[j]);
      const length = Math.sqrt(dot(values, values));
      if (length > 0) for (let i = 0; i < n; i++) values[i] /= length;
      known[j].set(key, (at = columns.length));
      columns.push(values);
      along.push(dot(values, target));
    }
    return at;
  };
  const used = shapes.map((_, s) => Int32Array.from({length: k}, (_, j) => column(j, s)));
  const products = columns.length <= 1024 ? new Float64Array(columns.length ** 2).fill(NaN) : null;
  const product = (a: number, b: number) => {
    if (products === null) return dot(columns[a], columns[b]);
    const at = a * columns.length + b;
    if (Number.isNaN(products[at])) products[at] = dot(columns[a], columns[b]);
    return products[at];
  };
  const gram = new Float64Array(k * k);
  const h = new Float64Array(k);
  const x = new Float64Array(k);
  const rated: RatedShape[] = [];
  for (const [s, shape] of shapes.entries()) {
    for (let a = 0; a < k; a++) {
      h[a] = along[used[s][a]];
      for (let b = 0; b <= a; b++) gram[a * k + b] = gram[b * k + a] = a === b ? 1 : product(used[s][a], used[s][b]);
    }
    if (!gram.every(Number.isFinite) || !h.every(Number.isFinite)) continue;
    rated.push({shape, residual: Math.max(0, all - nnlsGram(gram, h, x, {signed: !nonNegative}))});
  }
  return rated;
}

/** By value of the shape, by shape: the number of that value among the different ones. */
function placesOf(shapes: readonly (readonly number[])[], dimensions: number): Int32Array[] {
  return Array.from({length: dimensions}, (_, d) => {
    const seen = new Map<number, number>();
    return Int32Array.from(shapes, (shape) => {
      if (!seen.has(shape[d])) seen.set(shape[d], seen.size);
      return seen.get(shape[d])!;
    });
  });
}

/** By regressor: the places of the shape's values that it depends on, as the first two values of each tell. */
function dependencies(
  basis: LinearPart["basis"],
  shapes: readonly (readonly number[])[],
  rows: readonly ArrayLike<number>[],
  k: number,
  dimensions: number
): number[][] {
  const reads = Array.from({length: k}, () => [] as number[]);
  const probe = Array.from({length: dimensions}, (_, d) => shapes[0][d]);
  for (let d = 0; d < dimensions; d++) {
    const other = shapes.find((shape) => shape[d] !== probe[d]);
    if (other === undefined) continue;
    const moved = probe.map((v, at) => (at === d ? other[d] : v));
    for (let j = 0; j < k; j++)
      if (rows.some((x) => !Object.is(basis(x, probe)[j], basis(x, moved)[j]))) reads[j].push(d);
  }
  return reads;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
