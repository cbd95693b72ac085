/**
 * A function that a barrier method can minimise. With the barrier's weight it may also stand for constraints, or for a
 * function with corners whose extra variables were minimised out.
 */
export interface Term {
  /** inequalities that it stands for: each leaves a gap of one weight at most */
  readonly count: number;
  /** Infinity outside its domain */
  value(x: Float64Array, mu: number): number;
  /** Adds the gradient and the upper triangle of the Hessian, row by row, and returns the value. */
  add(x: Float64Array, mu: number, gradient: Float64Array, hessian: Float64Array): number;
  /** where it keeps multipliers of its own, so that the weight may fall as fast as for rows */
  readonly duals?: {
    /** Prepares their step along a move from where `add` was called, and returns how much of it keeps them positive. */
    toward(mu: number, move: Float64Array, near: number): number;
    /** Moves them by a part of the step, now that the point is x. */
    go(x: Float64Array, mu: number, size: number): void;
  };
}

/** Σ a_j x_j ≤ bound over the places given. */
export interface SparseRow {
  readonly at: Int32Array;
  readonly a: Float64Array;
  readonly bound: number;
}

/** x = point + directions · y: the points that keep all equalities. */
export interface Flat {
  /** variables that stand for themselves */
  readonly free: Int32Array;
  /** variables that follow from the free ones: x_held = constant − by · x_free */
  readonly held: Int32Array;
  /** held.length × free.length */
  readonly by: Float64Array;
}

/** What a barrier method is to minimise, and where. */
interface Program {
  readonly n: number;
  readonly terms: readonly Term[];
  readonly rows: readonly SparseRow[];
  readonly flat: Flat;
}

export interface Centre {
  readonly x: Float64Array;
  /** weight of the barrier at the end, in the terms' unit: inequalities × mu bounds the gap of a convex program */
  readonly mu: number;
  readonly steps: number;
}

/**
 * Minimises the terms inside the rows by a primal-dual interior-point method: Newton's steps in the space of the
 * equalities, the barrier's weight falling faster and faster until the gap that it leaves is below the tolerance.
 *
 * From a point that is strictly inside every row and every term's domain; each step stays inside and lowers the barrier
 * function. A Hessian that is not positive definite is shifted until it is: for a program that is not convex the end is
 * a local minimum.
 *
 * @param start strictly inside
 * @param options.scale typical size of the differences between values of the terms: tolerance and mu are in its units
 * @param options.mu weight of the barrier to begin with
 * @param options.tolerance of the gap
 * @param options.steps Newton steps at most
 * Source: Wächter & Biegler (2006), doi:10.1007/s10107-004-0559-y, sections 2.1 and 2.2, without the filter: no equality
 * is ever broken here, so that the barrier function itself is the merit.
 */
export function barrier(
  {n, terms, rows, flat}: Program,
  start: ArrayLike<number>,
  {scale = 1, mu: first = 0.1, tolerance = 1e-10, steps: most = 300}: BarrierOptions = {}
): Centre {
  const x = Float64Array.from(start);
  const d = flat.free.length;
  const r = rows.length;
  const own = terms.reduce((sum, term) => sum + term.count, 0);
  if (d === 0) return {x, mu: 0, steps: 0};
  const work = workspace(n, d, r);
  const {g, h, reduced, factor, slope, step, move, next, left, dual, dualStep, full} = work;
  // A term that stands for inequalities without their multipliers is followed with slower steps of the weight.
  const slow = terms.some((term) => term.count > 0 && term.duals === undefined);
  const last = (tolerance * scale) / Math.max(1, r + own);
  const value = (at: Float64Array, mu: number): number => {
    let sum = 0;
    for (let i = 0; i < r; i++) {
      const gap = leftOf(rows[i], at);
      if (!(gap > 0)) return Infinity;
      sum -= Math.log(gap);
    }
    sum *= mu;
    for (const term of terms) {
      sum += term.value(at, mu);
      if (!(sum < Infinity)) return Infinity;
    }
    return sum;
  };
  let mu = Math.max(first * scale, last);
  for (let i = 0; i < r; i++) dual[i] = mu / leftOf(rows[i], x);
  let taken = 0;
  let stuck = 0;
  while (taken < most) {
    g.fill(0);
    h.fill(0);
    let current = 0;
    for (const term of terms) current += term.add(x, mu, g, h);
    full.set(g);
    let complement = 0;
    for (let i = 0; i < r; i++) {
      const {at, a} = rows[i];
      left[i] = leftOf(rows[i], x);
      complement = Math.max(complement, Math.abs(left[i] * dual[i] - mu));
      current -= mu * Math.log(left[i]);
      const by = mu / left[i];
      const bend = dual[i] / left[i];
      for (let k = 0; k < at.length; k++) {
        const p = at[k];
        full[p] += dual[i] * a[k];
        g[p] += by * a[k];
        const bent = bend * a[k];
        for (let l = k; l < at.length; l++) h[p * n + at[l]] += bent * a[l];
      }
    }
    // How far the multipliers are from balancing the slope: the dual's infeasibility.
    const unbalanced = reduceGradient(flat, full, slope);
    if (Math.max(unbalanced, complement) <= 10 * mu || stuck > 1) {
      if (mu <= last) break;
      stuck = 0;
      const relative = mu / scale;
      mu = Math.max(last, slow ? 0.1 * mu : scale * Math.min(0.2 * relative, relative ** 1.5));
      continue;
    }
    taken++;
    reduceGradient(flat, g, slope);
    reduceHessian(flat, n, h, reduced);
    solveShifted(reduced, slope, d, factor, step);
    let down = 0;
    for (let i = 0; i < d; i++) {
      step[i] = -step[i];
      down += slope[i] * step[i];
    }
    spread(flat, step, move);
    const near = Math.max(0.99, 1 - mu / scale);
    let size = 1;
    let dualSize = 1;
    for (let i = 0; i < r; i++) {
      const {at, a} = rows[i];
      let toward = 0;
      for (let k = 0; k < at.length; k++) toward += a[k] * move[at[k]];
      if (toward * size > near * left[i]) size = (near * left[i]) / toward;
      dualStep[i] = mu / left[i] - dual[i] + (dual[i] * toward) / left[i];
      if (-dualStep[i] * dualSize > near * dual[i]) dualSize = (-near * dual[i]) / dualStep[i];
    }
    for (const term of terms) dualSize = Math.min(dualSize, term.duals?.toward(mu, move, near) ?? 1);
    const rounding = 1e-14 * (Math.abs(current) + scale);
    let moved = false;
    for (let halving = 0; halving < 40 && !moved; halving++, size /= 2) {
      for (let i = 0; i < n; i++) next[i] = x[i] + size * move[i];
      moved = value(next, mu) <= current + 1e-4 * size * down + rounding;
    }
    // Where steps win no more than rounding, this is as near to the centre as numbers go.
    stuck = moved && -down > rounding ? 0 : stuck + 1;
    if (moved) x.set(next);
    for (let i = 0; i < r; i++) {
      dual[i] = guarded(dual[i] + dualSize * dualStep[i], mu / leftOf(rows[i], x));
    }
    for (const term of terms) term.duals?.go(x, mu, dualSize);
  }
  return {x, mu, steps: taken};
}

/** A multiplier no further than 1e8 times from the one that the barrier alone would give. */
export function guarded(dual: number, centred: number): number {
  return Math.min(1e8 * centred, Math.max(1e-8 * centred, dual));
}

interface BarrierOptions {
  scale?: number;
  mu?: number;
  tolerance?: number;
  steps?: number;
}

/** Arrays of the last sizes, used again: a thousand small programs would else allocate more than they compute. */
let kept: ReturnType<typeof allocate> | null = null;

function workspace(n: number, d: number, r: number) {
  if (kept === null || kept.n !== n || kept.d !== d || kept.r !== r) kept = allocate(n, d, r);
  return kept;
}

function allocate(n: number, d: number, r: number) {
  const of = (size: number) => new Float64Array(size);
  const [g, full, move, next] = [of(n), of(n), of(n), of(n)];
  const [left, dual, dualStep] = [of(r), of(r), of(r)];
  return {
    n,
    d,
    r,
    g,
    full,
    move,
    next,
    left,
    dual,
    dualStep,
    slope: of(d),
    step: of(d),
    h: of(n * n),
    reduced: of(d * d),
    factor: of(d * d)
  };
}

function leftOf({at, a, bound}: SparseRow, x: Float64Array): number {
  let left = bound;
  for (let k = 0; k < at.length; k++) left -= a[k] * x[at[k]];
  return left;
}

/** A gradient in the free variables; returns its largest part. */
function reduceGradient({free, held, by}: Flat, g: Float64Array, slope: Float64Array): number {
  const d = free.length;
  let most = 0;
  for (let i = 0; i < d; i++) {
    let s = g[free[i]];
    for (let b = 0; b < held.length; b++) s -= by[b * d + i] * g[held[b]];
    slope[i] = s;
    most = Math.max(most, Math.abs(s));
  }
  return most;
}

/** The upper triangle of a Hessian in the free variables. */
function reduceHessian({free, held, by}: Flat, n: number, h: Float64Array, out: Float64Array): void {
  const d = free.length;
  const q = held.length;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) h[j * n + i] = h[i * n + j];
  for (let i = 0; i < d; i++) {
    const row = free[i] * n;
    for (let j = i; j < d; j++) out[i * d + j] = h[row + free[j]];
  }
  for (let b = 0; b < q; b++) {
    const row = held[b] * n;
    for (let i = 0; i < d; i++) {
      const bi = by[b * d + i];
      const hi = h[row + free[i]];
      if (bi === 0 && hi === 0) continue;
      for (let j = i; j < d; j++) out[i * d + j] -= bi * h[row + free[j]] + by[b * d + j] * hi;
    }
    for (let c = 0; c < q; c++) {
      const v = h[row + held[c]];
      if (v === 0) continue;
      for (let i = 0; i < d; i++) {
        const bi = v * by[b * d + i];
        if (bi !== 0) for (let j = i; j < d; j++) out[i * d + j] += bi * by[c * d + j];
      }
    }
  }
}

/** A step of the free variables as a step of all. */
function spread({free, held, by}: Flat, step: Float64Array, move: Float64Array): void {
  const d = free.length;
  for (let i = 0; i < d; i++) move[free[i]] = step[i];
  for (let b = 0; b < held.length; b++) {
    let v = 0;
    for (let i = 0; i < d; i++) v -= by[b * d + i] * step[i];
    move[held[b]] = v;
  }
}

/** Solves (H + τ D) s = g by Cholesky, τ = 0 where H is positive definite and rising until it is elsewhere. */
function solveShifted(h: Float64Array, g: Float64Array, d: number, factor: Float64Array, out: Float64Array): void {
  let shift = 0;
  for (let attempt = 0; attempt < 60; attempt++) {
    if (cholesky(h, d, shift, factor)) break;
    shift = shift === 0 ? 1e-12 : shift * 10;
  }
  for (let i = 0; i < d; i++) {
    let s = g[i];
    for (let k = 0; k < i; k++) s -= factor[i * d + k] * out[k];
    out[i] = s / factor[i * d + i];
  }
  for (let i = d - 1; i >= 0; i--) {
    let s = out[i];
    for (let k = i + 1; k < d; k++) s -= factor[k * d + i] * out[k];
    out[i] = s / factor[i * d + i];
  }
}

/** The lower factor of H + shift · max diag, from H's upper triangle; false where a pivot is not positive. */
function cholesky(h: Float64Array, d: number, shift: number, out: Float64Array): boolean {
  let largest = 1e-300;
  for (let i = 0; i < d; i++) largest = Math.max(largest, Math.abs(h[i * d + i]));
  for (let j = 0; j < d; j++) {
    const diagonal = h[j * d + j] + shift * (Math.abs(h[j * d + j]) + largest * 1e-3);
    let s = diagonal;
    for (let k = 0; k < j; k++) s -= out[j * d + k] * out[j * d + k];
    if (!(s > 1e-14 * Math.abs(diagonal))) return false;
    const pivot = Math.sqrt(s);
    out[j * d + j] = pivot;
    for (let i = j + 1; i < d; i++) {
      let v = h[j * d + i];
      for (let k = 0; k < j; k++) v -= out[i * d + k] * out[j * d + k];
      out[i * d + j] = v / pivot;
    }
  }
  return true;
}
