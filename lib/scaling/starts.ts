import type {Estimator} from "./estimator.js";
import {linearStarts} from "./linearStarts.js";
import {createProblem} from "./problem.js";

/** Points that starts are judged at, at most. */
const judged = 400;

/**
 * Where to search a law from: of all the law's own starts, and of the shapes of a law that is linear in part, those
 * with the least objective, best first. Judged at no more than 400 points, evenly spread over the sorted runs; the
 * search itself sees them all.
 *
 * @param options.most how many
 * @param options.among whole thetas to choose from, in place of the law's own
 */
export function bestStarts(
  {law, context, parameters, objective, sample}: Estimator,
  {most, among}: {most: number; among?: readonly ArrayLike<number>[]}
): ArrayLike<number>[] {
  const step = Math.max(1, Math.ceil(sample.y.length / judged));
  const at = [...sample.y.keys()].filter((i) => i % step === 0);
  const rows = at.map((i) => sample.rows[i]);
  const y = Float64Array.from(at, (i) => sample.y[i]);
  const weight = Float64Array.from(at, (i) => sample.weight[i]);
  const problem = createProblem(law, context, {rows, y, weight}, objective, parameters);
  const projected =
    law.linear === undefined
      ? []
      : linearStarts(law.linear, parameters, law.linear.shapes(context), rows, y, {
          most: among === undefined ? most : 4
        });
  const gradient = new Float64Array(parameters.length);
  return [...projected, ...(among ?? law.starts(context, rows, y))]
    .map((theta) => ({theta, value: problem.evaluate(problem.phi(theta), gradient)}))
    .filter(({value}) => Number.isFinite(value))
    .sort((a, b) => a.value - b.value)
    .slice(0, most)
    .map(({theta}) => theta);
}
