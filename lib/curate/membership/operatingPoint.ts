import type {LevelCounts} from "./levels.js";

/** Where a classifier stands that calls a text a member from a score on. */
interface OperatingPoint {
  /** index of the lowest score that is called a member; the number of scores where none is */
  level: number;
  /** members that are found, non-members that are called members */
  found: number;
  falseAlarms: number;
}

/**
 * The lowest threshold whose false positive rate is at most `fpr`: it finds the most members. Texts of one score are
 * called alike, so that a tie across the bound lies outside it.
 */
export function operatingPoint({members, nonMembers}: LevelCounts, fpr: number): OperatingPoint {
  let all = 0;
  for (const n of nonMembers) all += n;
  const point = {level: members.length, found: 0, falseAlarms: 0};
  for (let level = members.length - 1; level >= 0; level--) {
    // The slack is for rounding: 0.29 · 100 must allow 29.
    if (point.falseAlarms + nonMembers[level] > fpr * all + 1e-9) break;
    point.falseAlarms += nonMembers[level];
    point.found += members[level];
    point.level = level;
  }
  return point;
}
