import {bendOf, type Bend} from "./bend.js";
import type {Descent} from "./lbfgs.js";
import type {Problem} from "./problem.js";
import {stepMetric} from "./stepMetric.js";

/**
 * A local minimum of a problem by Levenberg and Marquardt's steps, damped in the metric of the law's own coordinates
 * (see stepMetric), where that knows nothing in the largest curvature seen so far.
 *
 * Runs beyond the bend of a robust loss enter the model of the objective by the parabola that touches the loss from
 * above: no step overshoots, and far away a step is as good as in least squares. Near the end those parabolas are too
 * narrow. They are opened by a factor for as long as the objective falls by more than was promised, up to none at all,
 * which is Newton's model of the loss; so the last steps converge as fast as his. The kink of the asymmetric loss is
 * rounded off, ever less, until what is rounded is lost in double precision.
 *
 * The search has ended when no natural step of a parameter, e-fold or as the metric says, would change the objective by
 * more than a share of it, going by the gradient; or when the model promises no fall that double precision could tell.
 *
 * @param options.flatness the share of the objective; 0 to go on as long as it falls
 * @param options.tolerance the promised fall, as a share of the objective
 * @param options.steps at most
 * Source: Moré (1978), doi:10.1007/BFb0067700, with the gain-ratio rule of Nielsen (1999), IMM-REP-1999-05; the touching
 * parabola as in Huber (1981), Robust Statistics, section 7.8, Newton's model as in Madsen & Nielsen (1990),
 * doi:10.1007/BF01890554.
 */
export function levenberg(
  problem: Problem,
  start: ArrayLike<number>,
  {tolerance = 1e-16, flatness = 3e-8, steps = 500} = {}
): Descent {
  const search = searches.get(problem) ?? createSearch(problem);
  searches.set(problem, search);
  const ends = {flatness, steps, tolerance};
  if (problem.objective.loss !== "asymmetric") return search(start, bendOf(problem.objective, 0), ends);
  const n = problem.rows.length;
  const r = new Float64Array(n);
  const sizes = (x: Float64Array) => (problem.residuals(x, r) ? r.map(Math.abs).sort() : null);
  const size = (x: Float64Array) => sizes(x)![n >> 1];
  let x: Float64Array = Float64Array.from(start);
  let evaluations = 1;
  const first = sizes(x);
  if (first === null || !(first[n - 1] < Infinity))
    return {x, value: Infinity, converged: false, gradient: Infinity, evaluations};
  if (first[n - 1] === 0) return {x, value: 0, converged: true, gradient: 0, evaluations};
  for (let stage = 0, width = (first[n >> 1] || first[n - 1]) / 10; ; stage++) {
    const last = stage === 60 || width <= 1e-11 * size(x) || size(x) === 0;
    const found = search(x, bendOf(problem.objective, width), last ? ends : {...ends, tolerance: 1e-6});
    evaluations += found.evaluations;
    x = found.x;
    if (last || found.value === 0)
      return {...found, value: problem.evaluate(x, new Float64Array(x.length)), evaluations};
    width = Math.min(width / 10, size(x) / 10 || width);
  }
}

interface Ends {
  readonly flatness: number;
  readonly steps: number;
  readonly tolerance: number;
}

type SearchOne = (start: ArrayLike<number>, bend: Bend, ends: Ends) => Descent;

/** Searches from one start after the other work in the same arrays. */
const searches = new WeakMap<Problem, SearchOne>();

function createSearch(problem: Problem): SearchOne {
  const n = problem.rows.length;
  const k = problem.free.length;
  const {weight} = problem;
  const {matrix, known} = stepMetric(problem);
  let [r, nextR] = [new Float64Array(n), new Float64Array(n)];
  const push = new Float64Array(n);
  const curve = new Float64Array(n);
  let [x, next] = [new Float64Array(k), new Float64Array(k)];
  const g = new Float64Array(k);
  const d = new Float64Array(k);
  const normal = new Float64Array(k * k);
  const metric = new Float64Array(k * k);
  const factor = new Float64Array(k * k);

  return (start, bend, {flatness, steps, tolerance}) => {
    x.set(start);
    const found = (value: number, converged: boolean) => ({
      x: x.slice(),
      value,
      converged,
      gradient: value < Infinity ? g.reduce((most, v) => Math.max(most, Math.abs(v)), 0) : Infinity,
      evaluations
    });
    let evaluations = 1;
    if (!problem.residuals(x, r)) return found(Infinity, false);
    let value = sum(r, weight, bend);
    if (!Number.isFinite(value)) return found(Infinity, false);
    problem.derive();
    const bends = bend.high < Infinity;
    let opening = 1;
    const model = () => {
      curves(r, weight, bend, opening, push, curve);
      problem.normal(push, curve, g, normal);
    };
    model();
    const unit = ratio(normal, matrix, known) || 1;
    metric.set(matrix);
    for (let a = 0; a < k; a++) if (!known[a]) metric[a * k + a] = 1e-300;
    let damping = 1e-3 * unit;
    for (let step = 0; step < steps; step++) {
      for (let a = 0; a < k; a++)
        if (!known[a]) metric[a * k + a] = Math.max(metric[a * k + a], normal[a * k + a] / unit);
      const now = ratio(normal, metric, null);
      let flat = flatness > 0;
      for (let a = 0; flat && a < k; a++) {
        const at = a * k + a;
        const scale = known[a] ? value * Math.sqrt(matrix[at]) : Math.sqrt(2 * value * normal[at]);
        flat = Math.abs(g[a]) <= flatness * scale;
      }
      if (flat) return found(value, true);
      let growth = 4;
      let moved = false;
      for (let tries = 0; tries < 60 && !moved; tries++) {
        const promise = solveDamped(normal, metric, damping, g, factor, d);
        if (promise <= tolerance * value) {
          if (tries > 0 || damping <= 1e-5 * now) return found(value, true);
          damping /= 10;
          continue;
        }
        let reached = Infinity;
        if (promise < Infinity) {
          for (let a = 0; a < k; a++) next[a] = x[a] + d[a];
          evaluations++;
          if (problem.residuals(next, nextR)) reached = sum(nextR, weight, bend);
        }
        const gain = (value - reached) / promise;
        if (reached < value && gain > 1e-4) {
          if (tries === 0) damping = Math.max(1e-16 * now, damping * Math.max(0.2, 1 - (2 * gain - 1) ** 3));
          if (bends && gain < 0.5) opening = Math.min(1, 4 * opening);
          else if (bends && gain > 1.02 && reached > 0.9 * value) opening /= 4;
          [x, next] = [next, x];
          [r, nextR] = [nextR, r];
          problem.derive();
          value = reached;
          moved = true;
        } else if (bends && opening < 1) {
          opening = Math.min(1, 16 * opening);
        } else {
          damping *= growth;
          growth *= 2;
          continue;
        }
        model();
      }
      if (!moved) return found(value, true);
    }
    return found(value, false);
  };
}

/** The largest diagonal entry of the model in units of the metric's; of the known ones alone where that is asked. */
function ratio(normal: Float64Array, metric: Float64Array, known: readonly boolean[] | null): number {
  const k = Math.sqrt(metric.length);
  let most = 0;
  for (let at = 0, a = 0; a < k; a++, at += k + 1)
    if (known === null || known[a]) most = Math.max(most, normal[at] / metric[at]);
  return most;
}

/** Σ weight · loss. */
function sum(r: Float64Array, weight: Float64Array, {low, high, steep}: Bend): number {
  let total = 0;
  for (let i = 0; i < r.length; i++) {
    if (weight[i] === 0) continue;
    const slope = steep * r[i];
    const loss =
      slope > high
        ? high * (r[i] - high / (2 * steep))
        : slope < -low
          ? -low * (r[i] + low / (2 * steep))
          : (slope * r[i]) / 2;
    total += weight[i] * loss;
  }
  return Number.isNaN(total) ? Infinity : total;
}

/** Writes weight · the loss's slope, and weight · the curvature that the model gives it. */
function curves(
  r: Float64Array,
  weight: Float64Array,
  {low, high, steep}: Bend,
  opening: number,
  push: Float64Array,
  curve: Float64Array
): void {
  // Runs beyond the bend are left out once they hardly count: most are, and only their slope is left.
  const open = opening < 0.02 ? 0 : opening;
  for (let i = 0; i < r.length; i++) {
    const straight = steep * r[i];
    const slope = straight > high ? high : straight < -low ? -low : straight;
    push[i] = weight[i] * slope;
    curve[i] = weight[i] * (slope === straight ? steep : (open * slope) / r[i]);
  }
}

/**
 * Writes the step −(normal + damping · metric)⁻¹ g and returns the fall that the model promises for it; Infinity where
 * there is no such step. The matrix is scaled to a unit diagonal before Cholesky's factor is taken.
 */
function solveDamped(
  normal: Float64Array,
  metric: Float64Array,
  damping: number,
  g: Float64Array,
  factor: Float64Array,
  d: Float64Array
): number {
  const k = g.length;
  for (let a = 0; a < k; a++) {
    for (let b = 0; b <= a; b++) {
      const at = a * k + b;
      const whole = normal[at] + damping * metric[at];
      let v = whole;
      for (let c = 0; c < b; c++) v -= factor[a * k + c] * factor[b * k + c];
      if (a !== b) factor[at] = v / factor[b * k + b];
      else if (!(v > 1e-15 * whole)) return Infinity;
      else factor[at] = Math.sqrt(v);
    }
    let v = -g[a];
    for (let c = 0; c < a; c++) v -= factor[a * k + c] * d[c];
    d[a] = v / factor[a * k + a];
  }
  for (let a = k - 1; a >= 0; a--) {
    for (let c = a + 1; c < k; c++) d[a] -= factor[c * k + a] * d[c];
    d[a] /= factor[a * k + a];
  }
  let promise = 0;
  for (let a = 0; a < k; a++) {
    let along = -g[a];
    for (let b = 0; b < k; b++) along += damping * metric[a >= b ? a * k + b : b * k + a] * d[b];
    promise += 0.5 * d[a] * along;
  }
  return promise;
}
