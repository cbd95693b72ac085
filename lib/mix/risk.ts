import {chainInputs, createChain} from "../scaling/chain.js";
import type {Fit} from "../schema/fit.js";
import type {Plan} from "../schema/plan.js";
import {rootOf} from "./cells.js";
import type {Setting} from "./mixFunction.js";
import {inputsOf, type Weights} from "./predict.js";

/**
 * Collapse risk of a mix: the share of bootstrap draws in which the benchmark is worse than the baseline, the
 * prediction at the lowest measured synthetic share under the same draw and at the same scale, by more than the
 * tolerance, two standard deviations between replicates. Without replicates, or without a known synthetic share, it is
 * not estimable.
 */
function collapseRisk(fit: Fit, weights: Weights, setting: Partial<Setting> = {}): Plan["risk"] {
  const {baseline} = fit;
  const prediction = createChain(fit);
  const root = rootOf(fit);
  const unknown = (note: string) => ({collapse: null, tolerance: null, baseline: baseline.value, note});
  if (baseline.replicateSd === null) return unknown("not estimable: no mix was run more than once");
  if (fit.syntheticByTier === null && root.roles.includes("shares"))
    return unknown("not estimable: the synthetic share of the tiers is not known");
  if (fit.draws.length === 0) return unknown("not estimable: the fit has no bootstrap draws");
  const tolerance = 2 * baseline.replicateSd;
  const sign = fit.lowerIsBetter ? 1 : -1;
  const x = inputsOf(fit, setting)(weights);
  const shares = new Set(["share", "shares"]);
  const base = chainInputs(fit).map((name, i) => (shares.has(root.roles[i] ?? "") ? root.baseline.inputs[name] : x[i]));
  const here = prediction.draws(x);
  const there = prediction.draws(base);
  let worse = 0;
  for (let b = 0; b < here.length; b++) if (sign * (here[b] - there[b]) > tolerance) worse++;
  return {
    collapse: worse / here.length,
    tolerance,
    baseline: baseline.value,
    note: `share of ${here.length} draws in which ${fit.target} is worse than at the lowest measured synthetic share by more than two standard deviations of ${baseline.replicates} replicates`
  };
}

/**
 * The collapse risk on the held-out human benchmarks: the largest of them; on the given fit where none is named, which
 * the note then says.
 *
 * @param fits of all benchmarks, the one that the weights were chosen for first
 */
export function heldOutRisk(
  fits: readonly Fit[],
  weights: Weights,
  setting: Partial<Setting>,
  heldOut: readonly string[]
): Plan["risk"] {
  const named = fits.filter(({target}) => heldOut.includes(target));
  const risks = (named.length === 0 ? [fits[0]] : named).map((fit) => collapseRisk(fit, weights, setting));
  return risks.reduce((a, b) => ((b.collapse ?? -1) > (a.collapse ?? -1) ? b : a));
}
