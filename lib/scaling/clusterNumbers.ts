import {groupBy} from "../stats/groupBy.js";
import type {Observation} from "./observations.js";

/**
 * The number of the group that each run is drawn with: its seed, or the group that was given.
 *
 * @param run by point: number of its first run
 * @throws RangeError if the runs have no such column, or one group alone
 */
export function clusterNumbers(runs: readonly Observation[], run: Int32Array, by: "seed" | "group"): Int32Array {
  const names = Array.from(run, (r) => runs[r][by]);
  if (names.includes("")) throw new RangeError(`expected a ${by} for every run to draw clusters by, got none for some`);
  const order = [...groupBy(names, (name) => name).keys()].sort();
  if (order.length < 2) throw new RangeError(`expected at least two clusters by ${by}, got ${order.length}`);
  const number = new Map(order.map((name, i) => [name, i]));
  return Int32Array.from(names, (name) => number.get(name)!);
}
