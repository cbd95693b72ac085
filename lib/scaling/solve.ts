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

/**
 * Fits from every start and keeps the best minimum: by least squares' own method where the loss is squares, else by
 * L-BFGS. The first of equal minima wins, so that the answer does not depend on who searched.
 *
 * @param starts whole thetas
 * @throws RangeError if no start leads anywhere
 */
export function solve(problem: Problem, starts: readonly ArrayLike<number>[]): Solution {
  let best: {descent: Descent; start: number} | null = null;
  for (const [i, start] of starts.entries()) {
    const descent = descend(problem, problem.phi(start));
    if (best === null || descent.value < best.descent.value - 1e-12 * Math.abs(best.descent.value))
      best = {descent, start: i};
  }
  if (best === null || !Number.isFinite(best.descent.value))
    throw new RangeError(
      `${problem.law.id}: expected a start with finite predictions among ${starts.length}, got none`
    );
  const {descent, start} = best;
  return {theta: problem.theta(descent.x), objective: descent.value, converged: descent.converged, start};
}

/** One start, run to convergence. */
export function descend(problem: Problem, phi: ArrayLike<number>): Descent {
  return problem.objective.loss === "squares" ? levenberg(problem, phi) : lbfgs(problem.evaluate, phi);
}
