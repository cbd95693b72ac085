import {leastSquares} from "../../stats/leastSquares.js";
import {wide, type Law} from "../law.js";
import {signOf, signParameter} from "../sign.js";

/** How far the asymptote may lie beyond the best run, in units of the runs' range. */
const reaches = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/**
 * c + sign exp(Σ t_j w_j), over shares w that sum to 1: a data mixing law; sign is −1 where the target rises.
 *
 * The published form, c + k exp(Σ t_j w_j), has one coefficient too many: as shares sum to 1, k is a common shift of
 * all t_j. Here log k is inside them, so that exp(t_j) is what a pure mix of j has above c. For two domains,
 * k x + b over the share x of the first, the published k is t_1 − t_2 and b is t_2. Convex in the shares where a smaller
 * target is better, so that its optimum is found exactly.
 */
export const mixingExponential: Law = {
  id: "mixing-exponential",
  title: "Data mixing law",
  formula: "c + sign exp(Σ t_j w_j)",
  source: "Ye et al. (2024), arXiv:2403.16952",
  reads: ["shares"],
  of: "any",
  parameters: (context) => [
    {name: "c", unit: "target", bounds: wide},
    ...context.tiers.map((t) => ({name: `t[${t}]`, unit: "log target", bounds: [-500, 500] as const})),
    signParameter(context)
  ],
  predict: (theta, x) => theta[0] + theta[x.length + 1] * exponential(theta, x),
  gradient(theta, x, out) {
    const above = exponential(theta, x);
    const sign = theta[x.length + 1];
    out[0] = 1;
    for (let j = 0; j < x.length; j++) out[j + 1] = sign * above * x[j];
    out[x.length + 1] = above;
    return theta[0] + sign * above;
  },
  starts(context, rows, y) {
    const sign = signOf(context);
    const values = Array.from(y, (v) => sign * v);
    const best = values.reduce((a, b) => Math.min(a, b));
    const range = values.reduce((a, b) => Math.max(a, b)) - best || Math.abs(best) || 1;
    const design = leastSquares(rows);
    return reaches.map((reach) => {
      const c = best - reach * range;
      return [sign * c, ...design.solve(values.map((v) => Math.log(v - c))), sign];
    });
  }
};

function exponential(theta: ArrayLike<number>, x: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < x.length; j++) sum += theta[j + 1] * x[j];
  return Math.exp(sum);
}
