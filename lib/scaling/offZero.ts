import type {Parameter} from "./law.js";

/**
 * Linear coefficients to search from: what is searched by its logarithm cannot start at 0, and gets a thousandth of the
 * measured values instead.
 *
 * @param basis the regressors, run by run
 */
export function offZero(
  coefficients: ArrayLike<number>,
  parameters: readonly Parameter[],
  basis: readonly ArrayLike<number>[],
  y: ArrayLike<number>
): number[] {
  return Array.from(coefficients, (v, j) => {
    if (parameters[j].fixed !== undefined) return parameters[j].fixed;
    if (parameters[j].scale !== "log") return v;
    return Math.max(v, (1e-3 * largest(y)) / largest(Float64Array.from(basis, (row) => row[j])));
  });
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most === 0 ? 1 : most;
}
