import type {Random} from "../text/random.js";
import {groupBy} from "./groupBy.js";

/**
 * Row numbers of one bootstrap sample: rows drawn with replacement, or, where clusters are given, whole clusters.
 *
 * @param n rows
 * @param clusters one label a row (a seed, a mix): rows of a cluster are drawn together, so that what they share
 *   is not mistaken for independent evidence; the sample's length then varies
 * @throws RangeError if there are no rows or the labels are not n
 * Source: Efron & Tibshirani (1993), chapters 6 and 8; Davison & Hinkley (1997), section 3.8 (strategy 1).
 */
export function resample(n: number, random: Random, clusters?: readonly (string | number)[]): number[] {
  if (n < 1) throw new RangeError(`expected at least one row to draw from, got ${n}`);
  if (clusters === undefined) return Array.from({length: n}, () => random.int(n));
  if (clusters.length !== n) throw new RangeError(`expected ${n} cluster labels, got ${clusters.length}`);
  const groups = [...groupBy(clusters.keys(), (i) => clusters[i]).values()];
  return groups.flatMap(() => random.pick(groups));
}

/**
 * The statistic of each bootstrap sample.
 *
 * @param statistic gets row numbers, with repeats
 * @param options.draws how many samples
 */
export function bootstrap<T>(
  n: number,
  statistic: (rows: readonly number[]) => T,
  {draws = 1000, random, clusters}: {draws?: number; random: Random; clusters?: readonly (string | number)[]}
): T[] {
  return Array.from({length: draws}, () => statistic(resample(n, random, clusters)));
}
