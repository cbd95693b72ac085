import {jacobianAt} from "./jacobianAt.js";
import type {Problem} from "./problem.js";

/** How long a step is, before anything is known of the objective: a symmetric k × k matrix, its lower half by rows. */
export interface StepMetric {
  readonly matrix: Float64Array;
  /** by free parameter: whether the matrix says how long a step in it is; else its derivatives have to */
  readonly known: readonly boolean[];
}

const metrics = new WeakMap<Problem, StepMetric>();

/**
 * The metric of steps in a problem's coordinates. A parameter that is searched by its logarithm scales a term of the
 * law, and a step of 1 multiplies that term by e. An exponent tilts such a term: it adds something known to the term's
 * logarithm, run by run, and its step is as long as what it adds. The mean of what it adds is the scale's own step: so a
 * power of N turns around the middle of the measured log N, instead of around N = 1, and the two do not fight. Which
 * parameter tilts which term is read from the derivatives: their ratio is the same for every theta.
 */
export function stepMetric(problem: Problem): StepMetric {
  const found = metrics.get(problem) ?? measure(problem);
  metrics.set(problem, found);
  return found;
}

/** Gives a problem over other weights of the same runs the metric of the first, which it would nearly have anyway. */
export function shareMetric(from: Problem, to: Problem): void {
  metrics.set(to, stepMetric(from));
}

function measure(problem: Problem): StepMetric {
  const n = problem.rows.length;
  const k = problem.free.length;
  const scales = problem.free.map((i) => problem.parameters[i].scale === "log");
  const matrix = new Float64Array(k * k);
  const known = scales.slice();
  for (let j = 0; j < k; j++) if (scales[j]) matrix[j * k + j] = 1;
  // At points that are like no others.
  const [first, second] = [0.1, 0.15].map((unit) =>
    jacobianAt(
      problem,
      Float64Array.from({length: k}, (_, j) => unit * (1 + ((3 * j) % 7) / 3))
    )
  );
  if (first === null || second === null || !scales.includes(true)) return {matrix, known};
  const tilts = scales.map(() => [] as {at: number; ratio: Float64Array}[]);
  for (let at = 0; at < k; at++) {
    const by = scales.findIndex((log, j) => log && sameRatio(first, second, {at, j, n, k}));
    if (scales[at] || by < 0) continue;
    known[at] = true;
    const ratio = Float64Array.from({length: n}, (_, i) => first[i * k + at] / first[i * k + by] || 0);
    tilts[by].push({at, ratio});
  }
  const total = problem.weight.reduce((sum, w) => sum + w, 0);
  for (const [by, list] of tilts.entries()) {
    const group = [{at: by, ratio: new Float64Array(n).fill(1)}, ...list];
    for (const a of group)
      for (const b of group) {
        if (b.at > a.at || (a.at === by && b.at === by)) continue;
        let mean = 0;
        for (let i = 0; i < n; i++) mean += (problem.weight[i] / total) * a.ratio[i] * b.ratio[i];
        // A trace more than it is, so that the matrix has an inverse where a variable is the same in all runs.
        matrix[a.at * k + b.at] = a === b ? mean * (1 + 1e-6) : mean;
      }
  }
  return {matrix, known};
}

function sameRatio(
  first: Float64Array,
  second: Float64Array,
  {at, j, n, k}: {at: number; j: number; n: number; k: number}
): boolean {
  let most = 0;
  let apart = 0;
  for (let i = 0; i < n; i++) {
    const [a, b] = [first[i * k + j], second[i * k + j]];
    if (a === 0 || b === 0) return false;
    const ratio = first[i * k + at] / a;
    most = Math.max(most, Math.abs(ratio));
    apart = Math.max(apart, Math.abs(ratio - second[i * k + at] / b));
  }
  return most > 0 && apart <= 1e-9 * most;
}
