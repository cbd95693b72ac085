import {createPrediction} from "../scaling/prediction.js";
import {tierOf} from "../scaling/tierOf.js";
import type {Fit} from "../schema/fit.js";

/** What a fit says of a mix. */
export interface MixPrediction {
  readonly value: number;
  readonly interval: [number, number];
  /** whether the mix lies outside the runs: in an input's range, not in the hull of all */
  readonly extrapolated: boolean;
}

/**
 * Makes a fit ready to predict any weights by tier, live: under a millisecond a call for 1,000 draws.
 *
 * @throws RangeError if the fit is over the synthetic share and does not say what share of each tier is generated
 */
export function createMixPredictor(fit: Fit): (weights: Readonly<Record<string, number>>) => MixPrediction {
  const prediction = createPrediction(fit);
  const inputs = inputsOf(fit);
  return (weights) => {
    const x = inputs(weights);
    return {value: prediction.value(x), interval: prediction.interval(x), extrapolated: prediction.extrapolated(x)};
  };
}

/** What a fit says of one mix; for many, `createMixPredictor` prepares the fit once. */
export function predict(fit: Fit, weights: Readonly<Record<string, number>>): MixPrediction {
  return createMixPredictor(fit)(weights);
}

/** Turns weights by tier into a fit's inputs: the shares themselves, or the synthetic share that they come to. */
export function inputsOf(fit: Fit): (weights: Readonly<Record<string, number>>) => number[] {
  if (fit.inputs.length > 1) return (weights) => fit.inputs.map((name) => weights[tierOf(name)] ?? 0);
  const byTier = fit.syntheticByTier;
  if (byTier === null)
    throw new RangeError(`${fit.target}: expected the synthetic share of each tier in the fit, found none`);
  return (weights) => [syntheticShare(weights, byTier)];
}

/** Generated tokens over all tokens of a mix. */
export function syntheticShare(
  weights: Readonly<Record<string, number>>,
  byTier: Readonly<Record<string, number>>
): number {
  let share = 0;
  for (const [tier, weight] of Object.entries(weights)) share += weight * (byTier[tier] ?? 0);
  return share;
}
