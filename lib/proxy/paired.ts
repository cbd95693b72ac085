import {sampleStandardDeviation} from "simple-statistics";
import type {Run} from "../schema/run.js";
import {meanInterval} from "../stats/meanInterval.js";

/** How much one condition differs from another, pair by pair of runs that share a seed. */
export interface PairedDifference {
  mean: number;
  /** Student's t interval of the mean; null with a single pair */
  interval: [number, number] | null;
  /** between pairs; null with a single pair */
  sd: number | null;
  n: number;
}

/**
 * The difference `a` − `b` of a benchmark over the seeds that both have.
 *
 * @param a,b runs of one condition each: at most one a seed
 * @throws RangeError when a condition has a seed twice, or no seed is in both
 */
export function pairedDifference(
  a: readonly Run[],
  b: readonly Run[],
  benchmark: string,
  {level = 0.95} = {}
): PairedDifference {
  const [x, y] = [bySeed(a, benchmark), bySeed(b, benchmark)];
  const differences = [...x].flatMap(([seed, value]) => (y.has(seed) ? [value - y.get(seed)!] : []));
  if (differences.length === 0) throw new RangeError(`expected runs of equal seeds with ${benchmark}, got none`);
  const found = meanInterval(differences, {level});
  if (found === null) return {mean: differences[0], interval: null, sd: null, n: 1};
  return {mean: found.mean, interval: found.interval, sd: sampleStandardDeviation(differences), n: found.n};
}

/** A place on a grid of conditions, with its distance from the best one. */
export interface GridPoint {
  /** what `condition` returned */
  key: string;
  mean: number;
  /** from the best condition; zero for itself */
  difference: PairedDifference;
  best: boolean;
}

/**
 * The best of measured conditions, and how far each other one is from it in paired differences: what a fitted curve
 * has to be read beside.
 *
 * @param condition names a run's condition, e.g. its synthetic share
 */
export function gridBest(
  runs: readonly Run[],
  benchmark: string,
  {condition, lowerIsBetter = true}: {condition: (run: Run) => string; lowerIsBetter?: boolean}
): GridPoint[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    if (run.benchmarks[benchmark] === undefined) continue;
    const key = condition(run);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const means = [...groups].map(([key, group]) => ({
    key,
    group,
    mean: group.reduce((sum, run) => sum + run.benchmarks[benchmark], 0) / group.length
  }));
  if (means.length === 0) throw new RangeError(`expected runs with ${benchmark}, got none`);
  const best = means.reduce((a, b) => ((lowerIsBetter ? b.mean < a.mean : b.mean > a.mean) ? b : a));
  return means.map(({key, group, mean}) => ({
    key,
    mean,
    difference: pairedDifference(group, best.group, benchmark),
    best: key === best.key
  }));
}

function bySeed(runs: readonly Run[], benchmark: string): Map<number, number> {
  const values = new Map<number, number>();
  for (const {seed, benchmarks} of runs) {
    if (benchmarks[benchmark] === undefined) continue;
    if (values.has(seed)) throw new RangeError(`expected one run a seed, got seed ${seed} twice`);
    values.set(seed, benchmarks[benchmark]);
  }
  return values;
}
