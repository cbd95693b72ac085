import type {Estimator} from "./estimator.js";
import {createProblem, type Problem} from "./problem.js";
import {projectedStarts, projects} from "./projectedStarts.js";
import {descend} from "./solve.js";

/** Points that starts are judged at, at most. */
const judged = 400;

/** Steps of the heat that picks the starts of a search. */
const heat = {tolerance: 1e-6, steps: 8};

/**
 * Where to search a law from, those with the least objective first: for a law that is linear but for a continuous shape
 * what variable projection finds, else of its own starts. Judged at no more than 400 points, evenly spread over
 * the sorted runs; the search itself sees them all.
 *
 * @param options.most how many
 * @param options.among whole thetas to choose from, for a law that is not linear in part, in place of its own
 */
export function shortlist(
  estimator: Estimator,
  {most, among}: {most: number; among?: readonly ArrayLike<number>[]}
): ArrayLike<number>[] {
  const {law, context, parameters} = estimator;
  const problem = judge(estimator);
  const {rows, y} = problem;
  const own = () => (projects(law, parameters) ? projectedStarts(problem) : law.starts(context, rows, y));
  return ordered(problem, law.linear === undefined && among !== undefined ? among : own()).slice(0, most);
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
