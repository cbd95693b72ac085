import type {Mix} from "./mixes.js";
import type {Setting} from "./setting.js";
import {tierOf} from "./tierOf.js";

/**
 * The mix with the lowest synthetic share among those that were run; of several, the one run most often, then the
 * first in order.
 *
 * @param synthetic the share of a mix, or null where nobody knows it: then the mix with most of the first input
 */
export function baselineMix(mixes: readonly Mix[], synthetic: (mix: Mix) => number | null): Mix {
  return mixes.reduce((best, mix) => {
    const gap = (synthetic(mix) ?? -mix.x[0]) - (synthetic(best) ?? -best.x[0]);
    return gap < -1e-9 || (Math.abs(gap) <= 1e-9 && mix.runs.length > best.runs.length) ? mix : best;
  });
}

/** Generated tokens over all tokens of a mix; null where nobody knows it. */
export function syntheticShare(
  {x, runs}: Mix,
  {inputs}: Setting,
  byTier: Readonly<Record<string, number>> | null
): number | null {
  const one = inputs.findIndex(({role}) => role === "share");
  if (one >= 0) return x[one];
  if (runs[0].synthetic !== null) return runs[0].synthetic;
  if (byTier === null) return null;
  return inputs.reduce((sum, {name, role}, j) => sum + (role === "shares" ? (byTier[tierOf(name)] ?? 0) * x[j] : 0), 0);
}
