import {linearProgram, type Row} from "./linearProgram.js";

/** Rows and weights that no mix can move by more stay where they are: a millionth of a mix is no choice. */
const tight = 1e-6;
/** A weight that can move is read as at least this, so that no tier is lost for good. */
const floor = 1e-9;

/**
 * The projection onto the mixes that meet every row, in relative entropy: q becomes the w ≥ 0, Σ w = 1 that minimises
 * Σ w log(w / q). Made once for the rows, which are solved for what they force; each projection then takes microseconds.
 *
 * Newton's method on the dual, each step the minimum of its quadratic model over multipliers that are not negative. The
 * result is moved onto the equalities, and toward a mix inside the other rows as far as they need it: rounding's part
 * where Newton's method has converged, so that the rows hold to rounding whatever is projected, however narrow they are.
 *
 * @param rows over n weights, the simplex not among them
 * @throws RangeError if no mix meets the rows
 * Source: Csiszár (1975), I-divergence geometry, doi:10.1214/aop/1176996454.
 */
export function createEntropyProjection(rows: readonly Row[], n: number): (q: ArrayLike<number>) => number[] {
  const inside = innerMix(rows, n);
  const live = inside.flatMap((w, j) => (w > tight ? [j] : []));
  const still = inside.map((w) => (w > tight ? 0 : w));
  const moving = 1 - still.reduce((sum, w) => sum + w, 0);
  const slack = rows.map(({a, bound}) => bound - dot(a, inside));
  const equal = rows.map((row, r) => row.equal === true || slack[r] < tight);
  const a = rows.map((row) => Float64Array.from(live, (j) => row.a[j]));
  const bounds = Float64Array.from(rows, (row, r) => (equal[r] ? dot(row.a, inside) : row.bound));
  const scaled = bounds.map((bound, r) => (bound - dot(rows[r].a, still)) / moving);
  const across = orthonormal([new Float64Array(live.length).fill(1), ...a.filter((_, r) => equal[r])]);
  return (q) => {
    const start = Float64Array.from(live, (j) => Math.log(Math.max(q[j], floor)));
    const found = minimiseDual(start, a, scaled, equal);
    const away = Float64Array.from(live, (j, i) => found[i] * moving - inside[j]);
    for (const direction of across) {
      const by = dot(direction, away);
      for (let i = 0; i < away.length; i++) away[i] -= by * direction[i];
    }
    let keep = 1;
    for (const [i, j] of live.entries()) if (inside[j] + away[i] < 0) keep = Math.min(keep, -inside[j] / away[i]);
    for (const [r, row] of a.entries()) {
      const over = equal[r] ? 0 : dot(row, away) - slack[r];
      if (over > 0) keep = Math.min(keep, slack[r] / (slack[r] + over));
    }
    const w = [...inside];
    for (const [i, j] of live.entries()) w[j] = Math.max(0, w[j] + keep * away[i]);
    return w;
  };
}

/** Directions at right angles that span the rows. */
function orthonormal(rows: readonly Float64Array[]): Float64Array[] {
  const found: Float64Array[] = [];
  for (const row of rows) {
    const left = Float64Array.from(row);
    const size = Math.sqrt(dot(row, row));
    // Twice: once leaves what rounding kept of the others.
    for (let pass = 0; pass < 2; pass++)
      for (const direction of found) {
        const by = dot(direction, left);
        for (let i = 0; i < left.length; i++) left[i] -= by * direction[i];
      }
    const rest = Math.sqrt(dot(left, left));
    if (rest > 1e-9 * size) found.push(left.map((v) => v / rest));
  }
  return found;
}

/** A mix with room in every row and weight that has any: the mean of corners that each go farthest from one of them. */
function innerMix(rows: readonly Row[], n: number): number[] {
  const all = [{a: new Array<number>(n).fill(1), bound: 1, equal: true}, ...rows];
  const goals = [
    ...Array.from({length: n}, (_, j) => Array.from({length: n}, (__, i) => (i === j ? -1 : 0))),
    ...rows.filter(({equal}) => !equal).map(({a}) => a)
  ];
  const corners = goals.map((goal) => {
    const corner = linearProgram(goal, all);
    if (corner === null) throw new RangeError("expected rules that some mix can keep, found none");
    return corner;
  });
  const mean = Array.from({length: n}, (_, j) => corners.reduce((sum, corner) => sum + corner[j], 0) / corners.length);
  const sum = mean.reduce((s, v) => s + v, 0);
  return mean.map((v) => v / sum);
}

/** The weights of the best multipliers: exp(log q − Σ λ a), normalised. */
function minimiseDual(
  logs: Float64Array,
  a: readonly Float64Array[],
  bounds: Float64Array,
  free: readonly boolean[]
): Float64Array {
  let multipliers = new Float64Array(a.length);
  let at = weigh(logs, a, bounds, multipliers);
  for (let iteration = 0; iteration < 100; iteration++) {
    const slope = Float64Array.from(bounds, (bound, r) => bound - dot(a[r], at.w));
    const bend = covariance(a, at.w);
    const linear = slope.map((v, r) => v - dot(bend[r], multipliers));
    const target = quadraticMinimum(bend, linear, free, multipliers);
    const fall = dot(
      slope,
      target.map((v, r) => v - multipliers[r])
    );
    if (!(fall < -1e-18)) break;
    let moved = false;
    for (let size = 1; size > 1e-9 && !moved; size /= 2) {
      const next = multipliers.map((v, r) => v + size * (target[r] - v));
      const tried = weigh(logs, a, bounds, next);
      // Where the fall is below what the value is rounded to, the step is Newton's last.
      if (tried.value > at.value + 1e-4 * size * fall + 1e-15 * (1 + Math.abs(at.value))) continue;
      moved = true;
      multipliers = next;
      at = tried;
    }
    if (!moved) break;
  }
  return at.w;
}

function weigh(logs: Float64Array, a: readonly Float64Array[], bounds: Float64Array, multipliers: Float64Array) {
  const w = Float64Array.from(logs);
  let value = 0;
  for (const [r, by] of multipliers.entries()) {
    if (by === 0) continue;
    value += by * bounds[r];
    for (let j = 0; j < w.length; j++) w[j] -= by * a[r][j];
  }
  const most = w.reduce((x, y) => Math.max(x, y), -Infinity);
  let sum = 0;
  for (let j = 0; j < w.length; j++) sum += w[j] = Math.exp(w[j] - most);
  for (let j = 0; j < w.length; j++) w[j] /= sum;
  return {w, value: value + most + Math.log(sum)};
}

/** The rows' covariance under the weights: the dual's second derivative. */
function covariance(a: readonly Float64Array[], w: Float64Array): Float64Array[] {
  const spread = a.map((row) => {
    const mean = dot(row, w);
    return row.map((v, j) => Math.sqrt(w[j]) * (v - mean));
  });
  const h = spread.map((row) => Float64Array.from(spread, (other) => dot(row, other)));
  // Rows that say the same make it singular.
  const trace = h.reduce((sum, row, r) => sum + row[r], 0);
  for (const [r, row] of h.entries()) row[r] += 1e-13 * trace + 1e-20;
  return h;
}

/**
 * The minimum of x H x / 2 + f x with x ≥ 0 but where it is free, from a point that keeps this.
 *
 * Source: Lawson & Hanson (1974), Solving Least Squares Problems, chapter 23, on the normal equations.
 */
function quadraticMinimum(
  h: readonly Float64Array[],
  f: Float64Array,
  free: readonly boolean[],
  start: Float64Array
): Float64Array {
  const x = Float64Array.from(start);
  const rows = [...h.keys()];
  let passive = rows.filter((r) => free[r] || x[r] > 0);
  for (let turn = 0; turn < 10 * rows.length; turn++) {
    const goal = solveOn(h, f, passive);
    const blocked = passive.flatMap((r, i) => (!free[r] && goal[i] <= 0 ? [{r, by: x[r] / (x[r] - goal[i])}] : []));
    if (blocked.length > 0) {
      const by = blocked.reduce((least, one) => Math.min(least, one.by), 1);
      for (const [i, r] of passive.entries()) x[r] += by * (goal[i] - x[r]);
      for (const one of blocked) if (one.by <= by) x[one.r] = 0;
      passive = passive.filter((r) => free[r] || x[r] > 0);
      continue;
    }
    for (const [i, r] of passive.entries()) x[r] = goal[i];
    const slope = rows.map((r) => dot(h[r], x) + f[r]);
    const idle = rows.filter((r) => !passive.includes(r) && slope[r] < -1e-16);
    if (idle.length === 0) break;
    const add = idle.reduce((r, other) => (slope[other] < slope[r] ? other : r));
    passive = [...passive, add].sort((p, q) => p - q);
    // A step that would not let it rise is rounding: it stays out.
    if (!free[add] && solveOn(h, f, passive)[passive.indexOf(add)] <= 0) break;
  }
  return x;
}

/** −H⁻¹ f on some of the rows, by Cholesky. */
function solveOn(h: readonly Float64Array[], f: Float64Array, on: readonly number[]): Float64Array {
  const m = on.length;
  const l = new Float64Array(m * m);
  const x = Float64Array.from(on, (r) => -f[r]);
  for (let i = 0; i < m; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = h[on[i]][on[k]];
      for (let j = 0; j < k; j++) sum -= l[i * m + j] * l[k * m + j];
      l[i * m + k] = i === k ? Math.sqrt(Math.max(sum, 1e-16 * h[on[i]][on[i]])) : sum / l[k * m + k];
    }
    for (let j = 0; j < i; j++) x[i] -= l[i * m + j] * x[j];
    x[i] /= l[i * m + i];
  }
  for (let i = m - 1; i >= 0; i--) {
    for (let j = i + 1; j < m; j++) x[i] -= l[j * m + i] * x[j];
    x[i] /= l[i * m + i];
  }
  return x;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
