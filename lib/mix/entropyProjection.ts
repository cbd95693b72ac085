import {linearProgram, type Row} from "./linearProgram.js";

/** Rows and weights that no mix can move by more stay where they are: a millionth of a mix is no choice. */
const tight = 1e-6;
/** A weight that can move is read as at least this, so that no tier is lost for good. */
const floor = 1e-9;

/**
 * The projection onto the mixes that meet every row, in relative entropy: q becomes the w ≥ 0, Σ w = 1 that minimises
 * Σ w log(w / q). Made once for the rows, which are solved for what they force; each projection then takes microseconds.
 *
 * Newton's method on the dual, whose multipliers stay at 0 or above (Bertsekas' projected steps). Its result is moved
 * onto the equalities, and toward a mix inside the other rows as far as they need it: rounding's part where Newton's
 * method has converged, so that the rows hold to rounding whatever is projected and however narrow they are.
 *
 * @param rows over n weights, the simplex not among them
 * @throws RangeError if no mix meets the rows
 * Source: Csiszár (1975), I-divergence geometry, doi:10.1214/aop/1176996454; Bertsekas (1982), doi:10.1137/0320018.
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
  equal: readonly boolean[]
): Float64Array {
  const m = a.length;
  let multipliers = new Float64Array(m);
  let at = weigh(logs, a, bounds, multipliers);
  for (let iteration = 0; iteration < 200; iteration++) {
    const slope = Float64Array.from(bounds, (bound, r) => bound - dot(a[r], at.w));
    const moving = [...a.keys()].filter((r) => equal[r] || multipliers[r] > 0 || slope[r] < 0);
    if (moving.every((r) => Math.abs(slope[r]) < 1e-15)) break;
    const step = newtonStep(moving, a, at.w, slope);
    let moved = false;
    for (let size = 1; size > 1e-12 && !moved; size /= 2) {
      const next = Float64Array.from(multipliers);
      let fall = 0;
      for (const [i, r] of moving.entries()) {
        next[r] = equal[r] ? next[r] + size * step[i] : Math.max(0, next[r] + size * step[i]);
        fall += slope[r] * (next[r] - multipliers[r]);
      }
      const tried = weigh(logs, a, bounds, next);
      if (fall < 0 && tried.value <= at.value + 1e-4 * fall) {
        moved = true;
        multipliers = next;
        at = tried;
      }
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

/** −H⁻¹ · slope over the moving rows, H the covariance of their coefficients under the weights, by Cholesky. */
function newtonStep(
  moving: readonly number[],
  a: readonly Float64Array[],
  w: Float64Array,
  slope: Float64Array
): Float64Array {
  const m = moving.length;
  const h = new Float64Array(m * m);
  const means = moving.map((r) => dot(a[r], w));
  let trace = 0;
  for (let i = 0; i < m; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0; j < w.length; j++) sum += w[j] * (a[moving[i]][j] - means[i]) * (a[moving[k]][j] - means[k]);
      h[i * m + k] = sum;
    }
    trace += h[i * m + i];
  }
  // Rows that say the same make H singular; a grain on the diagonal leaves the step a descent.
  const grain = 1e-12 * trace + 1e-18;
  for (let i = 0; i < m; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = h[i * m + k] + (i === k ? grain : 0);
      for (let j = 0; j < k; j++) sum -= h[i * m + j] * h[k * m + j];
      h[i * m + k] = i === k ? Math.sqrt(Math.max(sum, grain)) : sum / h[k * m + k];
    }
  }
  const x = Float64Array.from(moving, (r) => -slope[r]);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < i; j++) x[i] -= h[i * m + j] * x[j];
    x[i] /= h[i * m + i];
  }
  for (let i = m - 1; i >= 0; i--) {
    for (let j = i + 1; j < m; j++) x[i] -= h[j * m + i] * x[j];
    x[i] /= h[i * m + i];
  }
  return x;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
