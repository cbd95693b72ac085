import {createClusteredProportion, type ClusteredProportion} from "../stats/clusteredProportion.js";
import {clopperPearson} from "../stats/proportion.js";
import {incompleteBeta} from "../stats/incompleteBeta.js";
import type {MemorisedSample} from "./memorisation.js";

/**
 * The longest common runs of samples with their seeds, in tokens. What was counted is exact for these samples; intervals
 * are for the generator that made them, whose samples are taken as independent draws.
 */
export interface MemorisationSummary {
  samples: number;
  tokens: number;
  /** runs shorter than this were not measured: such a sample counts as 0 */
  least: number;
  /** the longest run of all, 0 where no sample has one of `least` tokens; and who has it */
  max: number;
  maxSample: string | null;
  /** at most this share of the generator's samples have a longer run than `max` (one-sided, at the level); null without a sample */
  beyondMax: number | null;
  /** the 99th percentile (the smallest length that 99 % of samples do not exceed), with its interval by order statistics */
  p99: number | null;
  p99Interval: [number, number | null] | null;
  /** samples with a run of at least `run` tokens, by an exact interval */
  run: number;
  long: {samples: number; share: number | null; interval: [number, number] | null};
  /** share of tokens that stand inside an n-gram that a seed has too */
  ngram: number;
  coverage: ClusteredProportion;
}

/**
 * Adds up what samples have from their seeds.
 *
 * @param options.run tokens from which a run counts as memorised
 * Source of 50 tokens: Carlini et al. (2021), arXiv:2012.07805; Lee et al. (2021), arXiv:2107.06499, section 4.1. Source of
 * the interval of a percentile: David & Nagaraja (2003), Order Statistics, section 7.1.
 */
export function createMemorisationTally({run = 50, ngram = 13, least = 8, level = 0.95} = {}): {
  add(sample: MemorisedSample): void;
  result(): MemorisationSummary;
} {
  if (run < least)
    throw new RangeError(`expected a run of ${least} tokens or more, the least that is measured, got ${run}`);
  // Samples by length: lengths are few, samples many.
  const lengths = new Map<number, number>();
  const coverage = createClusteredProportion(level);
  let samples = 0;
  let tokens = 0;
  let max = 0;
  let maxSample: string | null = null;
  let long = 0;
  return {
    add(sample) {
      const length = sample.longest?.tokens ?? 0;
      lengths.set(length, (lengths.get(length) ?? 0) + 1);
      coverage.add(sample.covered, sample.tokens);
      samples++;
      tokens += sample.tokens;
      if (length >= run) long++;
      if (length > max) [max, maxSample] = [length, sample.id];
    },
    result() {
      const counted = {samples, tokens, least, max, maxSample, run, ngram, coverage: coverage.result()};
      if (samples === 0)
        return {
          ...counted,
          beyondMax: null,
          p99: null,
          p99Interval: null,
          long: {samples: 0, share: null, interval: null}
        };
      const ordered = [...lengths].sort(([a], [b]) => a - b);
      const at = (rank: number): number => {
        let seen = 0;
        for (const [length, n] of ordered) if ((seen += n) >= rank) return length;
        return max;
      };
      const [lower, upper] = ranks(samples, 0.99, level);
      return {
        ...counted,
        // All n below a quantile that a share x exceeds has the chance (1 − x)^n.
        beyondMax: -Math.expm1(Math.log1p(-level) / samples),
        p99: at(Math.ceil(0.99 * samples)),
        p99Interval: [lower === 0 ? 0 : at(lower), upper > samples ? null : at(upper)],
        long: {samples: long, share: long / samples, interval: clopperPearson(long, samples, level)}
      };
    }
  };
}

/** Ranks of the order statistics between which the p-quantile lies: 0 and n + 1 where no sample bounds it. */
function ranks(n: number, p: number, level: number): [number, number] {
  const tail = (1 - level) / 2;
  // The chance that at most k of n draws lie at or below the quantile.
  const below = (k: number): number => (k < 0 ? 0 : k >= n ? 1 : incompleteBeta(1 - p, n - k, k + 1));
  const first = (holds: (k: number) => boolean): number => {
    let [low, high] = [0, n];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  // P(X < lower) ≤ tail, and P(X ≥ upper) ≤ tail.
  return [first((k) => below(k) > tail), first((k) => below(k) >= 1 - tail) + 1];
}
