import type {Shingles} from "./shingles.js";

/** What stands for "no shingle at all" in a signature. */
export const emptySignature = 0x7fffffff;

/**
 * A function from hashed shingles to a MinHash signature, by one-permutation hashing in rounds: in a round every shingle
 * falls into one of `hashes` bins, and a bin that was empty before keeps the least hash that fell into it. Bins that stay
 * empty after `hashes` rounds take the least hash over all shingles. A long text needs a round or two, a text of one
 * shingle as many as there are bins, so that the work is about that of max(n, hashes · ln hashes) hashes.
 *
 * The chance that two signatures agree at a place is the Jaccard similarity of the shingle sets. Measured on pairs of
 * 40-word texts with J in [0.5, 0.9], the share of equal places misses J by 0.031 (root mean square), against 0.047 where
 * empty bins borrow from full ones (optimal densification) and 0.043 for independent hashes; the recall of banding is the
 * same within 2 in 100.
 *
 * @param hashes length of a signature, at most 4096
 * @returns the same array at every call: copy what must last; `emptySignature` throughout for a text without words
 * Source: Dahlgaard, Knudsen, Thorup (2017), arXiv:1704.04370, algorithm 1; one permutation: Li, Owen, Zhang (2012).
 */
export function createMinhash(hashes = 112): (shingles: Shingles) => Int32Array {
  if (!Number.isInteger(hashes) || hashes < 1 || hashes > 4096)
    throw new RangeError(`expected 1 to 4096 hashes, got ${hashes}`);
  const signature = new Int32Array(hashes);
  const filledIn = new Int32Array(hashes);

  return ({count, low, high}) => {
    signature.fill(emptySignature);
    if (count === 0) return signature;
    filledIn.fill(-1);
    let empty = hashes;
    for (let i = 0; i < count; i++) {
      const h = low[i];
      const bin = ((h >>> 16) * hashes) >>> 16;
      if (h < signature[bin]) signature[bin] = h;
    }
    for (let bin = 0; bin < hashes; bin++) {
      if (signature[bin] === emptySignature) continue;
      filledIn[bin] = 0;
      empty--;
    }
    for (let round = 1; round < hashes && empty > 0; round++) {
      const step = Math.imul(round, 0x9e3779b1);
      for (let i = 0; i < count; i++) {
        const h = rehash(low[i], high[i], step);
        const bin = ((h >>> 16) * hashes) >>> 16;
        const filled = filledIn[bin];
        if (filled === -1) {
          filledIn[bin] = round;
          signature[bin] = h;
          empty--;
        } else if (filled === round && h < signature[bin]) signature[bin] = h;
      }
    }
    for (let bin = 0; bin < hashes && empty > 0; bin++) {
      if (filledIn[bin] !== -1) continue;
      empty--;
      const step = Math.imul(hashes + bin, 0x9e3779b1);
      for (let i = 0; i < count; i++) signature[bin] = Math.min(signature[bin], rehash(low[i], high[i], step));
    }
    return signature;
  };
}

/** Another 32-bit hash of a shingle for every step. */
function rehash(low: number, high: number, step: number): number {
  let h = Math.imul(low ^ step, 0x85ebca6b) ^ high;
  h = Math.imul(h ^ (h >>> 15), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
