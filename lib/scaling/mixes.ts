import {groupBy} from "../stats/groupBy.js";
import {mixKey, type Observation} from "./observations.js";

/** The runs of one mix, its replicates. */
export interface Mix {
  readonly x: readonly number[];
  readonly runs: readonly Observation[];
  /** sum of the runs' weights */
  readonly weight: number;
  /** weighted mean of the target */
  readonly mean: number;
  /** weighted sum of squares of the runs around their mean */
  readonly within: number;
}

/** The distinct mixes of runs, in the runs' order. */
export function mixesOf(runs: readonly Observation[]): Mix[] {
  return [...groupBy(runs, (run) => mixKey(run.x)).values()].map((group) => {
    const weight = group.reduce((sum, run) => sum + run.weight, 0);
    const mean = group.reduce((sum, run) => sum + run.weight * run.y, 0) / weight;
    const within = group.reduce((sum, run) => sum + run.weight * (run.y - mean) ** 2, 0);
    return {x: group[0].x, runs: group, weight, mean, within};
  });
}

/**
 * Standard deviation between runs of one mix, pooled over the mixes that were run more than once, and how many runs
 * those are; null where no mix was.
 *
 * It holds everything that differs between replicates: a corpus draw that runs of one seed share is not taken out.
 */
export function replicateSd(mixes: readonly Mix[]): {sd: number | null; runs: number} {
  let squares = 0;
  let df = 0;
  let runs = 0;
  for (const mix of mixes) {
    if (mix.runs.length < 2) continue;
    const mean = mix.runs.reduce((sum, run) => sum + run.y, 0) / mix.runs.length;
    squares += mix.runs.reduce((sum, run) => sum + (run.y - mean) ** 2, 0);
    df += mix.runs.length - 1;
    runs += mix.runs.length;
  }
  return {sd: df === 0 ? null : Math.sqrt(squares / df), runs};
}
