import {leastSquares} from "../stats/leastSquares.js";
import {nnls} from "../stats/nnls.js";
import {ridge} from "../stats/ridge.js";
import type {Context, Law, Parameter} from "./law.js";
import type {Objective} from "./objective.js";
import {createProblem, type Problem} from "./problem.js";
import type {Sample} from "./sample.js";
import {averages} from "./setting.js";
import {runHere, solutionsOf, variationTasks, type RunTasks} from "./task.js";

/** What a fit says of a law at a sample. */
export interface Estimate {
  /** whole, the fixed parameters too */
  readonly theta: Float64Array;
  /** Σ weight · loss(residual); a squared residual counts half */
  readonly objective: number;
  /** coefficients that the runs tell apart, those of a shape that is searched among them; of a ridge, its degrees */
  readonly rank: number;
}

/** One fit more of the same law: other values, other weights. */
export interface Change {
  readonly y?: Float64Array;
  /** 0 leaves a point out */
  readonly weight?: Float64Array;
}

/** A law made ready for a sample. */
export interface Estimator {
  readonly law: Law;
  readonly context: Context;
  readonly objective: Objective;
  readonly parameters: readonly Parameter[];
  /** places of the parameters that are estimated */
  readonly free: readonly number[];
  readonly sample: Sample;
  /** the same as a function to search; profiles and the searches walk on it */
  readonly problem: Problem;
  /** the best linear coefficients at the best shape, without a search; null: the law has to be searched */
  readonly exact: ((change?: Change) => Estimate) | null;
}

/**
 * Makes a law ready for a sample. A law that is linear but for a listed shape is solved exactly under squares: least
 * squares, ridge or non-negative, at each shape, the best kept (variable projection). Its designs do not depend on the
 * values, so that a bootstrap of residuals solves in a fraction of a millisecond.
 *
 * @param parameters the law's, some more of them held perhaps
 * @throws RangeError if no shape suits the runs
 * Source: Golub & Pereyra (1973), doi:10.1137/0710036, with the outer search on a grid.
 */
export function createEstimator(
  law: Law,
  context: Context,
  objective: Objective,
  sample: Sample,
  parameters: readonly Parameter[] = law.parameters(context)
): Estimator {
  const problem = createProblem(law, context, sample, objective, parameters);
  const exact = exactly(law, objective) ? exactSolver(law, context, parameters, sample) : null;
  return {law, context, objective, parameters, free: problem.free, sample, problem, exact};
}

/** Whether a law is solved by an objective, and not searched for. */
export function exactly({linear}: Law, objective: Objective): boolean {
  return linear !== undefined && linear.continuous !== true && averages(objective);
}

/** Draws and jackknives: a relative 1e-10 of the objective is 1e-5 of a standard error. */
export const redrawing = {tolerance: 1e-10, steps: 100};

/**
 * Fits a law again and again, on workers where the law has to be searched.
 *
 * @param starts whole thetas that every search starts from, e.g. the optimum alone
 * @returns one a change; null where no start led anywhere
 */
export async function refit(
  {exact, problem, free}: Estimator,
  changes: readonly Change[],
  starts: readonly ArrayLike<number>[],
  run: RunTasks = runHere
): Promise<(Estimate | null)[]> {
  if (exact !== null) return changes.map(exact);
  const variations = changes.map((change) => ({...change, starts}));
  return solutionsOf(
    await run(variationTasks(problem, variations).map((task) => ({...task, precision: redrawing})))
  ).map((found) => found && {theta: found.theta, objective: found.objective, rank: free.length});
}

interface Design {
  readonly shape: readonly number[];
  solve(y: Float64Array): {coefficients: ArrayLike<number>; residual: number; rank: number};
  /** what the best shape has most of; the residual itself where that costs no more */
  gain(y: Float64Array): number;
}

function exactSolver(law: Law, context: Context, parameters: readonly Parameter[], sample: Sample) {
  const linear = law.linear!;
  const shapes = linear.shapes(context);
  if (shapes.length === 0) throw new RangeError(`${law.id}: expected a known knot inside (0, 1), got none`);
  const held = parameters.slice(0, parameters.length - linear.shape).map(({fixed}) => fixed);
  const searched = shapes.length > 1 ? linear.shape : 0;
  const whole = held.every((v) => v === undefined);
  const made = designsOf(sample.weight);

  function designsOf(weight: Float64Array): Design[] {
    const kept = [...weight.keys()].filter((i) => weight[i] > 0);
    const roots = kept.map((i) => Math.sqrt(weight[i]));
    return shapes.map((shape): Design => {
      const basis = kept.map((i) => linear.basis(sample.rows[i], shape));
      if (linear.ridge === true) {
        const design = ridge(
          basis,
          kept.map((i) => weight[i])
        );
        const solve = (y: Float64Array) => {
          const {coefficients, residual, degrees} = design.solve(kept.map((i) => y[i]));
          return {coefficients, residual, rank: degrees};
        };
        return {shape, solve, gain: (y) => -solve(y).residual};
      }
      const offset = basis.map((row) => row.reduce((sum, v, j) => sum + v * (held[j] ?? 0), 0));
      const scaled = (y: Float64Array) => Float64Array.from(kept, (i, at) => roots[at] * (y[i] - offset[at]));
      const regressors = basis.map((row, at) => row.map((v, j) => (held[j] === undefined ? v * roots[at] : 0)));
      const fill = (found: ArrayLike<number>) => (whole ? found : held.map((v, j) => v ?? found[j]));
      if (linear.nonNegative === true) {
        const solve = (y: Float64Array) => {
          const {x, residual} = nnls(regressors, scaled(y));
          return {coefficients: fill(x), residual, rank: x.reduce((sum, v) => sum + (v > 0 ? 1 : 0), 0)};
        };
        return {shape, solve, gain: (y) => -solve(y).residual};
      }
      const design = leastSquares(regressors);
      return {
        shape,
        solve(y) {
          const values = scaled(y);
          return {coefficients: fill(design.solve(values)), residual: design.residual(values), rank: design.rank};
        },
        // Where nothing is held all shapes see the same values, whose own squares then need no subtracting.
        gain: (y) => design.explained(scaled(y)) - (whole ? 0 : squares(scaled(y)))
      };
    });
  }

  return ({y = sample.y, weight}: Change = {}): Estimate => {
    const designs = weight === undefined ? made : designsOf(weight);
    let best = designs[0];
    if (designs.length > 1) {
      let most = -Infinity;
      for (const design of designs) {
        const gain = design.gain(y);
        if (gain > most) [best, most] = [design, gain];
      }
    }
    const {coefficients, residual, rank} = best.solve(y);
    return {
      theta: Float64Array.from([...Array.from(coefficients), ...best.shape]),
      objective: residual / 2,
      rank: rank + searched
    };
  };
}

function squares(y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < y.length; i++) sum += y[i] * y[i];
  return sum;
}
