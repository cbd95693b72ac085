import {leastSquares} from "../stats/leastSquares.js";
import {createRandom} from "../text/random.js";
import type {Estimator} from "./estimator.js";
import type {Law} from "./law.js";
import type {Mix} from "./mixes.js";
import {rowsFor, type Setting} from "./setting.js";

/**
 * The rank that a law's design would have with mixes enough: less than its linear coefficients where an input never
 * changes in the runs, since nothing then tells its coefficients apart. Coefficients of a searched shape count too.
 * Where some of the coefficients are already more than the mixes can tell apart, all of them count.
 */
export function attainableRank(
  law: Law,
  setting: Setting,
  {context, parameters}: Pick<Estimator, "context" | "parameters">,
  mixes: readonly Pick<Mix, "x">[]
): number {
  const {inputs} = setting;
  const shapes = law.linear!.shapes(context);
  const lows = inputs.map((_, j) => mixes.reduce((low, {x}) => Math.min(low, x[j]), Infinity));
  const highs = inputs.map((_, j) => mixes.reduce((high, {x}) => Math.max(high, x[j]), -Infinity));
  const fixed = lows.map((low, j) => highs[j] - low <= 1e-9 * Math.max(1, Math.abs(low)));
  const left = inputs.reduce((sum, {role}, j) => sum - (role === "shares" && fixed[j] ? lows[j] : 0), 1);
  const random = createRandom("attainable", law.id, inputs.length);
  const k = parameters.length - law.linear!.shape;
  const made = Array.from({length: 4 * k + 4}, () => {
    const draws = inputs.map(({role}, j) => (role === "shares" && !fixed[j] ? -Math.log(1 - random()) : 0));
    const sum = draws.reduce((a, b) => a + b, 0);
    const x = inputs.map(({role}, j) => {
      if (fixed[j]) return lows[j];
      if (role === "shares") return (left * draws[j]) / sum;
      return lows[j] + (highs[j] - lows[j]) * random();
    });
    return {x};
  });
  const held = parameters.slice(0, k).map((p) => p.fixed !== undefined);
  const basis = (some: typeof made) =>
    rowsFor(law, setting, some).map((row) => law.linear!.basis(row, shapes[0]).map((v, j) => (held[j] ? 0 : v)));
  if (k > mixes.length) {
    const few = basis(made.slice(0, mixes.length + 1));
    const step = Math.max(1, Math.floor(k / (2 * mixes.length)));
    if (leastSquares(few.map((row) => row.filter((_, j) => j % step === 0))).rank > mixes.length) return k;
  }
  return leastSquares(basis(made)).rank + (shapes.length > 1 ? law.linear!.shape : 0);
}
