import type {Flat, SparseRow} from "./barrier.js";
import type {Row} from "./linearProgram.js";
import type {Band, Solver} from "./solver.js";

/** The mixes that keep all linear rules, ready for a barrier method. */
export interface Polytope {
  readonly n: number;
  readonly given: readonly Row[];
  /** the simplex first, then the rows as they were given */
  readonly bands: readonly Band[];
  /** inequalities that can be strict, the signs of the weights among them */
  readonly rows: readonly SparseRow[];
  readonly flat: Flat;
  /** a mix strictly inside all rows */
  readonly inside: Float64Array;
}

/** How much larger than the simplex the cone may be to make a slack of 1: smaller slacks count as none. */
const largest = 1e6;

/**
 * The polytope of the mixes w ≥ 0, Σ w = 1 that meet every row; null where there are none.
 *
 * Rows that no such mix can meet strictly become equalities.
 */
export function polytope(rows: readonly Row[], n: number, solver: Solver): Polytope | null {
  const bands = [
    simplexBand(n),
    ...rows.map(({a, bound, equal}) => ({a, lower: equal ? bound : -Infinity, upper: bound}))
  ];
  // A row of zeros that is kept by all mixes says nothing, and has no inside.
  const says = ({a, bound, equal}: Row) => !equal && (bound < 0 || a.some((v) => v !== 0));
  const loose = [...rows.filter(says), ...Array.from({length: n}, (_, j) => sign(j, n))];
  const always = [{a: new Array<number>(n).fill(1), bound: 1}, ...rows.filter(({equal}) => equal === true)];
  const first = deepest(always, loose, n, solver);
  if (first === null) return null;
  const tight = first.depth > 1 / largest ? new Set<Row>() : alwaysActive(always, loose, n, solver);
  const equal = [...always, ...tight];
  const strict = loose.filter((row) => !tight.has(row));
  const {x} = tight.size === 0 ? first : deepest(equal, strict, n, solver)!;
  const {constant, ...flat} = eliminate(equal, x);
  const inside = Float64Array.from(x);
  for (const [b, j] of flat.held.entries()) {
    inside[j] = constant[b];
    for (const [i, k] of flat.free.entries()) inside[j] -= flat.by[b * flat.free.length + i] * inside[k];
  }
  return {n, given: rows, bands, rows: strict.map(sparse), flat, inside};
}

/** The weights sum to 1. */
function simplexBand(n: number): Band {
  return {a: new Array<number>(n).fill(1), lower: 1, upper: 1};
}

/** The point whose least distance to the rows is the largest; null where no point meets them. */
function deepest(equal: readonly Row[], loose: readonly Row[], n: number, solver: Solver) {
  const cost = new Float64Array(n + 1);
  cost[n] = -1;
  const found = solver.solve({
    cost,
    upper: Float64Array.from({length: n + 1}, (_, j) => (j < n ? Infinity : 1)),
    rows: [
      ...equal.map(({a, bound}) => ({a: [...a, 0], lower: bound, upper: bound})),
      ...loose.map(({a, bound}) => ({a: [...a, Math.hypot(...a)], lower: -Infinity, upper: bound}))
    ]
  });
  return found === null ? null : {x: found.x.slice(0, n), depth: found.x[n]};
}

/**
 * The rows that every point of a polytope meets with equality: in the cone over the polytope every other slack can be
 * 1, so that one linear program that counts each slack up to 1 tells them all.
 *
 * Source: Freund, Roundy & Todd (1985), MIT Sloan working paper 1674-85.
 */
function alwaysActive(equal: readonly Row[], loose: readonly Row[], n: number, solver: Solver): Set<Row> {
  const m = loose.length;
  // Variables: weights, the size of the cone, one slack a row.
  const wide = (a: readonly number[], size: number, slack: number) => {
    const line = new Float64Array(n + 1 + m);
    line.set(a);
    line[n] = size;
    if (slack >= 0) line[n + 1 + slack] = 1;
    return line;
  };
  const found = solver.solve({
    cost: Float64Array.from({length: n + 1 + m}, (_, j) => (j <= n ? 0 : -1)),
    lower: Float64Array.from({length: n + 1 + m}, (_, j) => (j === n ? 1 : 0)),
    upper: Float64Array.from({length: n + 1 + m}, (_, j) => (j < n ? Infinity : j === n ? largest : 1)),
    rows: [
      ...equal.map(({a, bound}) => ({a: wide(a, -bound, -1), lower: 0, upper: 0})),
      ...loose.map(({a, bound}, i) => ({a: wide(a, -bound, i), lower: -Infinity, upper: 0}))
    ]
  });
  return new Set(loose.filter((_, i) => found === null || found.x[n + 1 + i] < 0.5));
}

/** A row without its zeros. */
function sparse({a, bound}: Row): SparseRow {
  const at = [...a.keys()].filter((j) => a[j] !== 0);
  return {at: Int32Array.from(at), a: Float64Array.from(at, (j) => a[j]), bound};
}

function sign(j: number, n: number): Row {
  const a = new Array<number>(n).fill(0);
  a[j] = -1;
  return {a, bound: 0};
}

/** The equalities solved for the variables with the largest pivots, of equal ones those with the largest values. */
function eliminate(equal: readonly Row[], x: ArrayLike<number>): Flat & {constant: Float64Array} {
  const n = x.length;
  const table = equal.map(({a, bound}) => Float64Array.from([...a, bound]));
  const held: number[] = [];
  const used: Float64Array[] = [];
  for (;;) {
    let best = 1e-9;
    let at: {row: Float64Array; j: number} | null = null;
    for (const row of table)
      for (let j = 0; j < n && !used.includes(row); j++) {
        const size = Math.abs(row[j]) * (1 + 1e-3 * Math.min(1, x[j]));
        if (size > best) [best, at] = [size, {row, j}];
      }
    if (at === null) break;
    const {row, j} = at;
    const pivot = row[j];
    for (let k = 0; k <= n; k++) row[k] /= pivot;
    for (const other of table) {
      const factor = other[j];
      if (other === row || factor === 0) continue;
      for (let k = 0; k <= n; k++) other[k] -= factor * row[k];
      other[j] = 0;
    }
    used.push(row);
    held.push(j);
  }
  const free = Array.from({length: n}, (_, j) => j).filter((j) => !held.includes(j));
  return {
    free: Int32Array.from(free),
    held: Int32Array.from(held),
    by: Float64Array.from(used.flatMap((row) => free.map((j) => row[j]))),
    constant: Float64Array.from(used, (row) => row[n])
  };
}
