import type {Shingles} from "./shingles.js";

/** What stands for "no shingle at all" in a signature. */
export const emptySignature = 0x7fffffff;

/**
 * A function from hashed shingles to a MinHash signature: one-permutation hashing with optimal densification. Every shingle
 * falls into one of `hashes` bins and each bin keeps its least hash; an empty bin borrows from the first full one along
 * a probe sequence that depends on the bin alone, so that two texts borrow alike.
 *
 * The chance that two signatures agree at a place is the Jaccard similarity of the shingle sets. Below about as many
 * shingles as bins the places are no longer independent, and the S-curve of banding is flatter than its formula.
 *
 * @param hashes length of a signature, at most 4096
 * @returns the same array at every call: copy what must last; `emptySignature` throughout for a text without words
 * Source: Li, Owen, Zhang (2012), arXiv:1208.1259; Shrivastava (2017), arXiv:1703.04664, section 4.
 */
export function createMinhash(hashes = 112): (shingles: Shingles) => Int32Array {
  if (!Number.isInteger(hashes) || hashes < 1 || hashes > 4096)
    throw new RangeError(`expected 1 to 4096 hashes, got ${hashes}`);
  const bins = new Int32Array(hashes);
  const signature = new Int32Array(hashes);
  const probes = probeTable(hashes);

  return ({count, low}) => {
    bins.fill(emptySignature);
    for (let i = 0; i < count; i++) {
      const h = low[i];
      const bin = ((h >>> 16) * hashes) >>> 16;
      if (h < bins[bin]) bins[bin] = h;
    }
    for (let i = 0; i < hashes; i++) {
      let value = bins[i];
      if (value === emptySignature && count > 0) {
        let bin = i;
        for (let p = i * probesEach, end = p + probesEach; value === emptySignature && p < end; p++) {
          bin = probes[p];
          value = bins[bin];
        }
        // Rare, a text of one or two shingles: walk on from where the probes ended.
        for (let step = 1; value === emptySignature && step < hashes; step++) value = bins[(bin + step) % hashes];
      }
      signature[i] = value;
    }
    return signature;
  };
}

const probesEach = 256;

function probeTable(hashes: number): Uint16Array {
  const table = new Uint16Array(hashes * probesEach);
  for (let i = 0; i < table.length; i++) {
    let h = Math.imul(i + 1, 0x9e3779b1);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    table[i] = ((h >>> 16) * hashes) >>> 16;
  }
  return table;
}
