import type {Fit} from "../schema/fit.js";
import {createPrediction} from "./prediction.js";

/** A point of a fitted curve with its interval. */
export interface BandPoint {
  readonly x: number;
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
  readonly extrapolated: boolean;
}

/**
 * The fitted curve with its pointwise bootstrap band, for the mean of runs at the fit's level.
 *
 * @param xs synthetic shares, or, for a fit over several tiers, positions that `along` turns into their shares
 * @throws RangeError if the fit has several inputs and `along` is missing
 */
export function band(
  fit: Fit,
  xs: readonly number[],
  {along}: {along?: (x: number) => readonly number[]} = {}
): BandPoint[] {
  if (along === undefined && fit.inputs.length !== 1)
    throw new RangeError(`expected a fit over one share or a path through the mixes, got ${fit.inputs.join(", ")}`);
  const prediction = createPrediction(fit);
  return xs.map((x) => {
    const inputs = along?.(x) ?? [x];
    const [lo, hi] = prediction.interval(inputs);
    return {x, value: prediction.value(inputs), lo, hi, extrapolated: prediction.extrapolated(inputs)};
  });
}
