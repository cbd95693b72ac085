import type {LevelCounts} from "./levels.js";

/**
 * The chance that a member's score is above a non-member's, a tie counting half: the area under the ROC curve.
 *
 * Source: Mann & Whitney (1947), doi:10.1214/aoms/1177730491; Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747.
 */
export function auc({members, nonMembers}: LevelCounts): number {
  let below = 0;
  let allMembers = 0;
  let wins = 0;
  for (let level = 0; level < members.length; level++) {
    wins += members[level] * (below + nonMembers[level] / 2);
    below += nonMembers[level];
    allMembers += members[level];
  }
  return wins / (allMembers * below);
}
