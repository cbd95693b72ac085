import {createPrediction} from "../scaling/prediction.js";
import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import {inputsOf} from "./predict.js";

/**
 * Collapse risk of a mix: the share of bootstrap draws in which the benchmark is worse than the baseline, the
 * prediction at the lowest measured synthetic share under the same draw, by more than the tolerance, two standard
 * deviations between replicates. Without replicates, or without a known synthetic share, it is not estimable.
 */
export function collapseRisk(fit: Fit, weights: Readonly<Record<string, number>>): Plan["risk"] {
  const {baseline} = fit;
  const prediction = createPrediction(fit);
  const unknown = (note: string) => ({collapse: null, tolerance: null, baseline: baseline.value, note});
  if (baseline.replicateSd === null) return unknown("not estimable: no mix was run more than once");
  if (fit.syntheticByTier === null && fit.inputs.length > 1)
    return unknown("not estimable: the synthetic share of the tiers is not known");
  if (fit.draws.length === 0) return unknown("not estimable: the fit has no bootstrap draws");
  const tolerance = 2 * baseline.replicateSd;
  const sign = fit.lowerIsBetter ? 1 : -1;
  const here = prediction.draws(inputsOf(fit)(weights));
  const there = prediction.draws(fit.inputs.map((name) => baseline.inputs[name]));
  let worse = 0;
  for (let b = 0; b < here.length; b++) if (sign * (here[b] - there[b]) > tolerance) worse++;
  return {
    collapse: worse / here.length,
    tolerance,
    baseline: baseline.value,
    note: `share of ${here.length} draws in which ${fit.target} is worse than at the lowest measured synthetic share by more than two standard deviations of ${baseline.replicates} replicates`
  };
}
