import type {Mix} from "./mixes.js";

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
