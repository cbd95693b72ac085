import {replaceSlope} from "../collapse.js";
import type {Law} from "../law.js";

/**
 * V0 exp(rate · g · (ψ((n − 1) / 2) + log(2 / n))): the variance of a Gaussian after g generations, each fitted to n
 * samples of the one before and nothing else. It falls to 0 whatever n is: collapse.
 *
 * It is the geometric mean over runs, which is about their median. The theory is rate = 1; a rate of 0 would be none.
 */
export const collapseReplace: Law = {
  id: "collapse-replace",
  title: "Collapse, replacing (Gaussian)",
  formula: "V0 exp(rate g (ψ((n − 1) / 2) + log(2 / n)))",
  source: "Shumailov et al. (2024), doi:10.1038/s41586-024-07566-y, set-up; the rate from E log χ², see replaceSlope",
  reads: ["generation", "samples"],
  of: "any",
  parameters: () => [
    {name: "V0", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "rate", unit: "1", bounds: [-100, 100]}
  ],
  predict: ([v0, rate]: number[], [g, n]: number[]) => v0 * Math.exp(rate * exponent(g, n)),
  gradient(theta, x, out) {
    const by = exponent(x[0], x[1]);
    out[0] = Math.exp(theta[1] * by);
    const value = theta[0] * out[0];
    out[1] = value === 0 ? 0 : value * by;
    return value;
  },
  starts(_, rows, y) {
    const first = rows.reduce((best, row, i) => (row[0] < rows[best][0] ? i : best), 0);
    const v0 = Math.abs(y[first]) || 1;
    return [1, 0.3, 0, 3].map((rate) => [v0, rate]);
  }
};

function exponent(generation: number, samples: number): number {
  return generation === 0 ? 0 : generation * replaceSlope(samples);
}
