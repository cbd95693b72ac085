import {spearman} from "../stats/spearman.js";

/** How predictions of runs compare with what those runs measured; null where a figure is not defined. */
export interface HeldOut {
  readonly n: number;
  /** mean of |predicted − measured| / |measured|; null where a measured value is 0 */
  readonly meanRelativeError: number | null;
  /** in the target's unit */
  readonly rmse: number | null;
  readonly spearman: number | null;
}

/** Error of predictions on runs that the fit had not seen. */
export function heldOut(predicted: readonly number[], measured: readonly number[]): HeldOut {
  const n = measured.length;
  if (n === 0) return {n, meanRelativeError: null, rmse: null, spearman: null};
  const errors = predicted.map((p, i) => p - measured[i]);
  return {
    n,
    meanRelativeError: measured.includes(0)
      ? null
      : errors.reduce((sum, e, i) => sum + Math.abs(e / measured[i]), 0) / n,
    rmse: Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / n),
    spearman: spearman(predicted, measured)
  };
}
