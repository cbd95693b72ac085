import {betaQuantile} from "./incompleteBeta.js";
import {scoreInterval} from "./proportion.js";

/** What was drawn of one stratum, at random and without replacement, and what was found. */
export interface SampledStratum {
  /** items of the stratum */
  size: number;
  sampled: number;
  defects: number;
}

/** A share over strata, each item drawn counting for as many as it stands for. */
export interface StratifiedShare {
  share: number;
  /** Wilson's, for display, and Clopper and Pearson's, for a gate, both of the effective sample */
  wilson: [number, number];
  exact: [number, number];
  /** items drawn at random from all that would tell as much; infinite where all were looked at */
  effective: number;
}

/**
 * The Horvitz–Thompson estimate of the share of defects of a stratified frame. A stratum that was looked at whole counts with
 * weight 1 and adds no error. The effective sample is the smaller one of two: what the weights alone leave of the sample,
 * and what the spread within strata says, which without a defect would be infinite.
 *
 * @returns null where a stratum that has items was not looked at: nothing is known of it
 * @throws RangeError for counts that do not fit
 * Source: Horvitz & Thompson (1952), doi:10.1080/01621459.1952.10483446; Cochran (1977), section 5.9 (variance, finite
 *   population correction); Korn & Graubard (1998), Survey Methodology 24, 193-201 (intervals of effective samples).
 */
export function horvitzThompson(strata: readonly SampledStratum[], {level = 0.95} = {}): StratifiedShare | null {
  let [total, share, byWeights, bySpread] = [0, 0, 0, 0];
  for (const {size, sampled, defects} of strata) {
    if (![size, sampled, defects].every(Number.isInteger) || defects < 0 || defects > sampled || sampled > size)
      throw new RangeError(`expected defects ≤ sampled ≤ size, got ${defects}, ${sampled} and ${size}`);
    if (size > 0 && sampled === 0) return null;
    total += size;
  }
  if (total === 0) return null;
  for (const {size, sampled, defects} of strata) {
    if (size === 0) continue;
    const weight = size / total;
    const p = defects / sampled;
    share += weight * p;
    const left = size === 1 ? 0 : (weight * weight * (size - sampled)) / (size - 1) / sampled;
    byWeights += left;
    bySpread += left * p * (1 - p);
  }
  share = Math.min(1, share);
  if (byWeights === 0) return {share, wilson: [share, share], exact: [share, share], effective: Infinity};
  const effective = Math.min(1 / byWeights, bySpread > 0 ? (share * (1 - share)) / bySpread : Infinity);
  const defects = share * effective;
  const tail = (1 - level) / 2;
  return {
    share,
    wilson: scoreInterval(share, effective, level),
    exact: [
      share === 0 ? 0 : betaQuantile(tail, defects, effective - defects + 1),
      share === 1 ? 1 : betaQuantile(1 - tail, defects + 1, effective - defects)
    ],
    effective
  };
}
