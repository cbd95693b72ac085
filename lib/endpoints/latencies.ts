/** Times that were measured, kept as counts in buckets: the memory is the same after one and after a million. */
export interface Latencies {
  /** @param ms 0 or more */
  add(ms: number): void;
  count(): number;
  /** The p-quantile in milliseconds, within 2.5 % from 1 ms to 2 h; null where nothing was measured. @param p in [0, 1] */
  quantile(p: number): number | null;
}

/** Upper over lower end of a bucket. Its geometric middle is at most √1.05 − 1 = 2.5 % from any value in it. */
const ratio = 1.05;
/** Buckets up to 1 ms · 1.05³²⁴ = 2 h; longer times lie in the last. */
const buckets = 325;

/** Counts of times in buckets whose widths grow with the time, as in HDR histograms. */
export function createLatencies(): Latencies {
  const counts = new Float64Array(buckets);
  let total = 0;
  return {
    add(ms) {
      counts[Math.min(buckets - 1, Math.max(0, Math.ceil(Math.log(ms) / Math.log(ratio))))]++;
      total++;
    },
    count: () => total,
    quantile(p) {
      if (!(p >= 0 && p <= 1)) throw new RangeError(`expected a probability in [0, 1], got ${p}`);
      if (total === 0) return null;
      let left = Math.max(1, Math.ceil(p * total));
      let i = 0;
      while (i < buckets - 1 && (left -= counts[i]) > 0) i++;
      return ratio ** (i - 0.5);
    }
  };
}
