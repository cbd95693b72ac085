import {countLevels, levelsOf} from "./levels.js";
import {operatingPoint} from "./operatingPoint.js";

/** A point of a ROC curve: shares of the non-members and of the members whose score reaches a threshold. */
export type RocPoint = readonly [fpr: number, tpr: number];

/**
 * The ROC curve of scores, from no false alarm to all: at each of at most `points` numbers of false alarms, spaced evenly
 * on a logarithmic axis, the most members that can be found. A step function: between two points the lower one holds.
 *
 * @param members @param nonMembers scores, the higher the likelier a member
 * @throws RangeError where a side is empty or a score is no number
 */
export function rocCurve(members: Float64Array, nonMembers: Float64Array, {points = 100} = {}): RocPoint[] {
  const counts = countLevels(levelsOf(members, nonMembers));
  const n = nonMembers.length;
  const allowed = new Set([0, n]);
  for (let i = 0; i < points; i++) allowed.add(Math.round(n ** (i / (points - 1))));
  const curve: RocPoint[] = [];
  for (const alarms of [...allowed].sort((a, b) => a - b)) {
    const {found, falseAlarms} = operatingPoint(counts, alarms / n);
    if (curve.at(-1)?.[0] === falseAlarms / n) continue;
    curve.push([falseAlarms / n, found / members.length]);
  }
  return curve;
}
