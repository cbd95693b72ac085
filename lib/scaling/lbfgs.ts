/** Where a descent ended. */
export interface Descent {
  readonly x: Float64Array;
  readonly value: number;
  readonly converged: boolean;
  /** largest entry of the gradient there */
  readonly gradient: number;
  readonly evaluations: number;
}

/**
 * A local minimum of a smooth function by L-BFGS, with a backtracking line search that meets Wolfe's weak conditions.
 *
 * @param f writes the gradient and returns the value; Infinity is a wall
 * @param options.tolerance largest entry of the gradient that counts as none
 * @param options.memory pairs that the curvature is read from
 * Source: Nocedal & Wright (2006), Numerical Optimization, algorithms 7.4 and 7.5.
 */
export function lbfgs(
  f: (x: Float64Array, gradient: Float64Array) => number,
  start: ArrayLike<number>,
  {tolerance = 1e-8, memory = 10, steps = 2000} = {}
): Descent {
  const n = start.length;
  let x = Float64Array.from(start);
  let g = new Float64Array(n);
  let value = f(x, g);
  let evaluations = 1;
  const s: Float64Array[] = [];
  const y: Float64Array[] = [];
  const rho: number[] = [];
  const alpha = new Float64Array(memory);
  let next = new Float64Array(n);
  let slope = new Float64Array(n);
  const d = new Float64Array(n);
  let move: Float64Array = new Float64Array(n);
  let turn: Float64Array = new Float64Array(n);
  for (let step = 0; step < steps && Number.isFinite(value); step++) {
    if (largest(g) <= tolerance) return {x, value, converged: true, gradient: largest(g), evaluations};
    for (let j = 0; j < n; j++) d[j] = -g[j];
    for (let i = s.length - 1; i >= 0; i--) {
      alpha[i] = rho[i] * dot(s[i], d);
      add(d, -alpha[i], y[i]);
    }
    const last = s.length - 1;
    const scale = last < 0 ? 1 / Math.max(1, Math.sqrt(dot(g, g))) : 1 / (rho[last] * dot(y[last], y[last]));
    for (let j = 0; j < n; j++) d[j] *= scale;
    for (let i = 0; i < s.length; i++) add(d, alpha[i] - rho[i] * dot(y[i], d), s[i]);
    let along = dot(g, d);
    if (!(along < 0)) {
      if (s.length === 0) break;
      s.length = y.length = rho.length = 0;
      continue;
    }
    let t = 1;
    let low = 0;
    let high = Infinity;
    let found = false;
    let reached = value;
    for (let tries = 0; tries < 40; tries++) {
      for (let j = 0; j < n; j++) next[j] = x[j] + t * d[j];
      reached = f(next, slope);
      evaluations++;
      if (!(reached <= value + 1e-4 * t * along)) high = t;
      else if (dot(slope, d) < 0.9 * along) low = t;
      else {
        found = true;
        break;
      }
      t = high < Infinity ? (low + high) / 2 : 2 * t;
    }
    if (!found && !(reached < value)) {
      // No step lowers the value: at the end of what the arithmetic can tell, or the curvature is stale.
      if (s.length === 0) break;
      s.length = y.length = rho.length = 0;
      continue;
    }
    for (let j = 0; j < n; j++) {
      move[j] = next[j] - x[j];
      turn[j] = slope[j] - g[j];
    }
    along = dot(move, turn);
    if (along > 1e-12 * Math.sqrt(dot(move, move) * dot(turn, turn))) {
      s.push(move);
      y.push(turn);
      rho.push(1 / along);
      // The oldest pair makes room for the next.
      const full = s.length > memory;
      if (full) rho.shift();
      move = full ? s.shift()! : new Float64Array(n);
      turn = full ? y.shift()! : new Float64Array(n);
    }
    [x, next] = [next, x];
    [g, slope] = [slope, g];
    value = reached;
  }
  return {x, value, converged: largest(g) <= tolerance, gradient: largest(g), evaluations};
}

function largest(v: Float64Array): number {
  let most = 0;
  for (let i = 0; i < v.length; i++) most = Math.max(most, Math.abs(v[i]));
  return most;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function add(a: Float64Array, by: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] += by * b[i];
}
