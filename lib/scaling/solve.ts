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
  readonly tolerance: number;
  readonly steps: number;
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
 * Searches from every start and keeps the best minimum: by least squares' own method where the loss is squares, else by
 * L-BFGS. The first of equal minima wins, so that the answer does not depend on who searched.
 *
 * @param starts whole thetas
 * @param precision where less than convergence will do
 */
export function search(problem: Problem, starts: readonly ArrayLike<number>[], precision?: Precision): Search {
  let best: {descent: Descent; start: number} | null = null;
  const objectives = new Float64Array(starts.length);
  const converged = new Uint8Array(starts.length);
  const gradients = new Float64Array(starts.length);
  let evaluations = 0;
  for (const [i, start] of starts.entries()) {
    const descent = descend(problem, problem.phi(start), precision);
    objectives[i] = descent.value;
    converged[i] = descent.converged ? 1 : 0;
    gradients[i] = descent.gradient;
    evaluations += descent.evaluations;
    if (descent.value < (best?.descent.value ?? Infinity)) best = {descent, start: i};
  }
  if (best === null) return {best, objectives, converged, gradients, evaluations};
  const {descent, start} = best;
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
  if (precision !== undefined || found.converged || !Number.isFinite(found.value)) return found;
  const further = lbfgs(problem.evaluate, found.x);
  return {...further, evaluations: found.evaluations + further.evaluations};
}
