import type {Shingles} from "./shingles.js";

/** The set of a text's shingles as sorted 53-bit numbers: what exact Jaccard similarity is taken over. */
export function shingleSet({count, low, high}: Shingles): Float64Array {
  const all = new Float64Array(count);
  for (let i = 0; i < count; i++) all[i] = (high[i] >>> 11) * 4294967296 + (low[i] >>> 0);
  all.sort();
  let n = 0;
  for (let i = 0; i < count; i++) if (i === 0 || all[i] !== all[i - 1]) all[n++] = all[i];
  return all.slice(0, n);
}

/** Jaccard similarity of two shingle sets, |a ∩ b| / |a ∪ b|; 0 where both are empty. */
export function jaccard(a: Float64Array, b: Float64Array): number {
  const shared = intersection(a, b, 0);
  return shared === 0 ? 0 : shared / (a.length + b.length - shared);
}

/** The Jaccard similarity where it is at least `threshold`, else null; stops as soon as it cannot be reached. */
export function jaccardAtLeast(a: Float64Array, b: Float64Array, threshold: number): number | null {
  // J ≥ t needs a shared part of at least t (|a| + |b|) / (1 + t); the slack is for rounding, the last line decides.
  const needed = (threshold * (a.length + b.length)) / (1 + threshold) - 1e-6;
  if (Math.min(a.length, b.length) < needed) return null;
  const shared = intersection(a, b, needed);
  if (shared < 0 || a.length + b.length === 0) return null;
  const value = shared / (a.length + b.length - shared);
  return value >= threshold ? value : null;
}

/** |a ∩ b|, or −1 once it is certain to stay below `needed`. */
function intersection(a: Float64Array, b: Float64Array, needed: number): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < a.length && j < b.length) {
    const x = a[i];
    const y = b[j];
    if (x === y) {
      shared++;
      i++;
      j++;
    } else {
      if (x < y) i++;
      else j++;
      if (shared + Math.min(a.length - i, b.length - j) < needed) return -1;
    }
  }
  return shared;
}
