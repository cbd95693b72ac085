import type {Estimator} from "./estimator.js";
import {linearStarts} from "./linearStarts.js";
import {createProblem, type Problem} from "./problem.js";
import {descend} from "./solve.js";

/** Points that starts are judged at, at most. */
const judged = 400;

/** Steps of the heat that picks the starts of a search. */
const heat = {tolerance: 1e-6, steps: 8};

/**
 * Where to search a law from: of all the law's own starts, and of the shapes of a law that is linear in part, those with
 * the least objective, best first. Judged at no more than 400 points, evenly spread over the sorted runs; the search
 * itself sees them all.
 *
 * @param options.most how many
 * @param options.among whole thetas to choose from, in place of the law's own
 */
export function shortlist(
  estimator: Estimator,
  {most, among}: {most: number; among?: readonly ArrayLike<number>[]}
): ArrayLike<number>[] {
  const {law, context, parameters} = estimator;
  const problem = judge(estimator);
  const {rows, y} = problem;
  const projected =
    law.linear === undefined
      ? []
      : linearStarts(law.linear, parameters, law.linear.shapes(context), rows, y, {
          most: among === undefined ? most : 4
        });
  return ordered(problem, [...projected, ...(among ?? law.starts(context, rows, y))]).slice(0, most);
}

/** The most promising of listed starts, after a few steps from each: what is left to run to convergence. */
export function heated(estimator: Estimator, starts: readonly ArrayLike<number>[], most: number): ArrayLike<number>[] {
  if (starts.length <= most) return [...starts];
  const problem = judge(estimator);
  const moved = starts.map((theta) => problem.theta(descend(problem, problem.phi(theta), heat).x));
  return ordered(problem, moved).slice(0, most);
}

function judge({law, context, parameters, objective, sample}: Estimator): Problem {
  const step = Math.max(1, Math.ceil(sample.y.length / judged));
  const at = [...sample.y.keys()].filter((i) => i % step === 0);
  const rows = at.map((i) => sample.rows[i]);
  const y = Float64Array.from(at, (i) => sample.y[i]);
  const weight = Float64Array.from(at, (i) => sample.weight[i]);
  return createProblem(law, context, {rows, y, weight}, objective, parameters);
}

/** By objective, the least first; starts without one are left out. */
function ordered(problem: Problem, thetas: readonly ArrayLike<number>[]): ArrayLike<number>[] {
  const gradient = new Float64Array(problem.free.length);
  return thetas
    .map((theta) => ({theta, value: problem.evaluate(problem.phi(theta), gradient)}))
    .filter(({value}) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)
    .map(({theta}) => theta);
}
