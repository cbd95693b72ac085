import {leastSquares} from "../stats/leastSquares.js";
import {createRandom} from "../text/random.js";
import type {Context, Law} from "./law.js";

/**
 * The rank that a law's design would have with mixes enough: less than its linear coefficients where an input never
 * changes in the runs, since nothing then tells its coefficients apart.
 *
 * @param xs the measured mixes
 */
export function attainableRank(law: Law, xs: readonly (readonly number[])[], context: Context): number {
  const shape = law.linear!.shapes(context)[0];
  const m = xs[0].length;
  const fixed = xs[0].map((v, j) => xs.every((x) => Math.abs(x[j] - v) <= 1e-9));
  const left = m === 1 ? 1 : 1 - xs[0].reduce((sum, v, j) => sum + (fixed[j] ? v : 0), 0);
  const random = createRandom("attainable", law.id, m);
  const k = law.linear!.basis(xs[0], shape).length;
  const rows = Array.from({length: 4 * k + 4}, () => {
    const draws = xs[0].map((_, j) => (fixed[j] ? 0 : -Math.log(1 - random())));
    const sum = draws.reduce((a, b) => a + b, 0);
    return law.linear!.basis(
      xs[0].map((v, j) => (fixed[j] ? v : m === 1 ? random() : (left * draws[j]) / sum)),
      shape
    );
  });
  return leastSquares(rows).rank;
}
