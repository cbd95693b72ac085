import {groupBy} from "../stats/groupBy.js";
import type {Mix} from "./mixes.js";

/**
 * Variance of the mean over seeds that comes from what the runs of one seed share, a corpus draw say: in the target's
 * unit squared. 0 where seeds do not cross: fewer than two seeds that were run once at every mix.
 *
 * By the method of moments of the two-way layout with random seeds; a negative estimate is 0.
 * Source: Searle, Casella & McCulloch (1992), Variance Components, section 4.3.
 */
export function seedVariance(mixes: readonly Mix[]): number {
  const bySeed = mixes.map((mix) => groupBy(mix.runs, (run) => run.seed));
  const crossed = [...bySeed[0].keys()].filter(
    (seed) => seed !== "" && bySeed.every((runs) => runs.get(seed)?.length === 1)
  );
  const [s, g] = [crossed.length, mixes.length];
  if (s < 2 || g < 2) return 0;
  const rows = bySeed.map((runs) => {
    const values = crossed.map((seed) => runs.get(seed)![0].y);
    const mean = values.reduce((a, b) => a + b, 0) / s;
    return values.map((value) => value - mean);
  });
  const effects = crossed.map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / g);
  const between = (g * effects.reduce((sum, e) => sum + e * e, 0)) / (s - 1);
  const left = rows.reduce((sum, row) => sum + row.reduce((part, v, j) => part + (v - effects[j]) ** 2, 0), 0);
  return Math.max(0, between - left / ((s - 1) * (g - 1))) / g / s;
}
