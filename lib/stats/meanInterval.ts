import {mean, sampleStandardDeviation} from "simple-statistics";
import {studentTQuantile} from "./studentT.js";

/** A mean with its interval. */
export interface Interval {
  mean: number;
  interval: [number, number];
  n: number;
}

/**
 * The mean of independent values with Student's t interval; null for fewer than 2, which say nothing of their spread.
 * For paired arms the values are differences, pair by pair.
 */
export function meanInterval(values: readonly number[], {level = 0.95} = {}): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  const centre = mean([...values]);
  const half = (studentTQuantile((1 + level) / 2, n - 1) * sampleStandardDeviation([...values])) / Math.sqrt(n);
  return {mean: centre, interval: [centre - half, centre + half], n};
}
