import {candidateProbability} from "./bands.js";

export interface BandChoice {
  /** most hashes a signature may have: bands · rows is at most this */
  hashes?: number;
  /** what a pair below the threshold that becomes a candidate weighs, against `falseNegatives` */
  falsePositives?: number;
  /** what a pair at or above the threshold that becomes none weighs */
  falseNegatives?: number;
}

/**
 * The bands and rows that minimise the weighted error of banding at a threshold: falsePositives · ∫₀ᵗ P(J) dJ +
 * falseNegatives · ∫ₜ¹ (1 − P(J)) dJ, where P is the chance to become candidates. Every split of at most `hashes` hashes
 * is tried; of equal ones the first with the fewest bands wins. Pairs are taken to be spread evenly over J, as nobody
 * knows better before a run.
 *
 * @param threshold in (0, 1]
 * Source: E. Zhu et al., datasketch, `MinHashLSH(weights=…)`.
 */
export function chooseBands(
  threshold: number,
  {hashes = 128, falsePositives = 0.5, falseNegatives = 0.5}: BandChoice = {}
): {bands: number; rows: number} {
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`expected a threshold in (0, 1], got ${threshold}`);
  if (!Number.isInteger(hashes) || hashes < 1 || hashes > 4096)
    throw new RangeError(`expected 1 to 4096 hashes, got ${hashes}`);
  if (!(falsePositives >= 0 && falseNegatives >= 0 && falsePositives + falseNegatives > 0))
    throw new RangeError(`expected weights of at least 0, got ${falsePositives} and ${falseNegatives}`);
  let best = {bands: 1, rows: 1};
  let least = Infinity;
  for (let bands = 1; bands <= hashes; bands++) {
    for (let rows = 1; bands * rows <= hashes; rows++) {
      const chance = (jaccard: number) => candidateProbability(jaccard, {bands, rows});
      const error =
        falsePositives * integral(chance, 0, threshold) + falseNegatives * integral((j) => 1 - chance(j), threshold, 1);
      if (error >= least) continue;
      least = error;
      best = {bands, rows};
    }
  }
  return best;
}

/** Simpson's rule over 64 intervals: the S-curve of up to 4096 hashes is smooth at that width to 1e-4. */
function integral(f: (x: number) => number, from: number, to: number): number {
  const steps = 64;
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * width);
  return (sum * width) / 3;
}
