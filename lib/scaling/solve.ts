import {coarser} from "./coarser.js";
import {lbfgs, type Descent} from "./lbfgs.js";
import {levenberg} from "./levenberg.js";
import type {Problem} from "./problem.js";

/** The best minimum that the starts led to. */
export interface Solution {
  /** whole, the fixed parameters too */
  readonly theta: Float64Array;
  /** Σ weight · loss(residual) */
  readonly objective: number;
  readonly converged: boolean;
  /** place in the list of the start that led here; of several, the first */
  readonly start: number;
}

/** Where a descent may end early: in a flat valley it would else walk on for what no prediction shows. */
export interface Precision {
  /** share of the objective that the last step may still promise */
  readonly tolerance?: number;
  /** share of the objective that a natural step of a parameter may still change */
  readonly flatness?: number;
  readonly steps?: number;
}

/** What a search from several starts found. */
export interface Search {
  /** null where no start leads to a finite objective */
  readonly best: Solution | null;
  /** by start: the objective that it led to; Infinity where it has none */
  readonly objectives: Float64Array;
  /** by start: 1 if it converged */
  readonly converged: Uint8Array;
  /** by start: the largest entry of the gradient at its end */
  readonly gradients: Float64Array;
  /** of the objective with its gradient, over all starts */
  readonly evaluations: number;
}

/**
 * Searches from every start and keeps the best minimum. The first of equal minima wins, so that the answer does not
 * depend on who searched.
 *
 * @param starts whole thetas
 * @param options.precision where less than convergence will do
 * @param options.far whether the starts lie anywhere: then each goes most of its way over a part of the runs, and ends
 *   over all of them, by the same criterion
 */
export function search(
  problem: Problem,
  starts: readonly ArrayLike<number>[],
  {precision, far = false}: {precision?: Precision; far?: boolean} = {}
): Search {
  const levels = far ? [0.1, 1 / 3].map((share) => coarser(problem, share)).filter((level) => level !== null) : [];
  let best: {descent: Descent; start: number} | null = null;
  const objectives = new Float64Array(starts.length);
  const converged = new Uint8Array(starts.length);
  const gradients = new Float64Array(starts.length);
  let evaluations = 0;
  for (const [i, start] of starts.entries()) {
    let phi = problem.phi(start);
    for (const level of levels) {
      const near = levenberg(level, phi, {tolerance: 1e-7});
      evaluations += near.evaluations;
      if (Number.isFinite(near.value)) phi = near.x;
    }
    const descent = descend(problem, phi, precision ?? (starts.length === 1 ? {flatness: 0} : undefined));
    objectives[i] = descent.value;
    converged[i] = descent.converged ? 1 : 0;
    gradients[i] = descent.gradient;
    evaluations += descent.evaluations;
    if (descent.value < (best?.descent.value ?? Infinity)) best = {descent, start: i};
  }
  if (best === null) return {best, objectives, converged, gradients, evaluations};
  const {start} = best;
  // To the last digit, so that the answer hardly shows where it was searched from.
  const last =
    precision === undefined && starts.length > 1 ? levenberg(problem, best.descent.x, {flatness: 0}) : best.descent;
  const descent = last.value <= best.descent.value ? last : best.descent;
  const solution = {theta: problem.theta(descent.x), objective: descent.value, converged: descent.converged, start};
  return {best: solution, objectives, converged, gradients, evaluations};
}

/**
 * The best minimum that the starts lead to, as search finds it.
 *
 * @throws RangeError if no start leads anywhere
 */
export function solve(problem: Problem, starts: readonly ArrayLike<number>[]): Solution {
  const {best} = search(problem, starts);
  if (best !== null) return best;
  throw new RangeError(`${problem.law.id}: expected a start with finite predictions among ${starts.length}, got none`);
}

/** One start, run to convergence, by L-BFGS where the other method has not converged; or to a precision. */
export function descend(problem: Problem, phi: ArrayLike<number>, precision?: Precision): Descent {
  const found = levenberg(problem, phi, precision);
  if (precision?.steps !== undefined || found.converged || !Number.isFinite(found.value)) return found;
  const further = lbfgs(problem.evaluate, found.x);
  return {...further, evaluations: found.evaluations + further.evaluations};
}
