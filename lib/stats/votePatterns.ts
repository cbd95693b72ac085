import type {Random} from "../text/random.js";
import {binomial} from "./binomial.js";

/** Cases of which each judge said the same: a few of them stand for any number of cases. */
export interface VotePattern<T = string | number> {
  /** by judge what it said, null where it said nothing */
  words: readonly (T | null)[];
  /** how many cases there are of it */
  cases: number;
}

/** Cases counted by what judges said of them, in an order that does not depend on theirs. */
export function votePatterns<T extends string | number>(cases: Iterable<readonly (T | null)[]>): VotePattern<T>[] {
  const patterns = new Map<string, {words: readonly (T | null)[]; cases: number}>();
  for (const words of cases) {
    const key = JSON.stringify(words);
    const known = patterns.get(key);
    if (known === undefined) patterns.set(key, {words, cases: 1});
    else known.cases++;
  }
  return [...patterns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pattern]) => pattern);
}

/**
 * Counts of a bootstrap sample: as many cases as there are, drawn with replacement, by pattern. The work is of the number
 * of patterns, not of cases.
 *
 * Source: Davis (1993), doi:10.1016/0167-9473(93)90115-A (conditional binomial draws of a multinomial).
 */
export function drawCounts(counts: ArrayLike<number>, random: Random): Float64Array {
  const drawn = new Float64Array(counts.length);
  let cases = 0;
  for (let i = 0; i < counts.length; i++) cases += counts[i];
  let wanted = cases;
  for (let i = 0; i < counts.length && wanted > 0; i++) {
    drawn[i] = binomial(wanted, Math.min(1, counts[i] / cases), random);
    wanted -= drawn[i];
    cases -= counts[i];
  }
  return drawn;
}
