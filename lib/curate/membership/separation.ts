import {clopperPearson} from "../../stats/proportion.js";
import {quantileInterval} from "../../stats/quantile.js";
import type {Random} from "../../text/random.js";
import {auc} from "./auc.js";
import {countLevels, levelsOf, type LevelCounts} from "./levels.js";
import {operatingPoint} from "./operatingPoint.js";

/** The true positive rate at a bound on the false positive rate. */
interface TruePositiveRate {
  fpr: number;
  /** null where the sample is too small for this bound */
  tpr: number | null;
  interval: [number, number] | null;
  /** what a person should know of it; empty where there is nothing to add */
  detail: string;
}

/** How well scores tell members from non-members. */
export interface Separation {
  members: number;
  nonMembers: number;
  /** 0.5: not at all */
  auc: number;
  /** holds the AUC at `level` */
  interval: [number, number];
  level: number;
  tpr: TruePositiveRate[];
}

interface SeparationOptions {
  random: Random;
  /** bootstrap samples */
  draws?: number;
  /** of the intervals, in (0, 1) */
  level?: number;
  /** bounds on the false positive rate, each in (0, 1) */
  fprs?: readonly number[];
}

/**
 * AUC and TPR at low FPR with percentile intervals of a bootstrap that draws members and non-members apart.
 *
 * Where the sample separates perfectly every draw does, and the bootstrap's interval would be a point: there the AUC's is
 * the exact one of min(members, non-members) disjoint pairs, which are independent trials of chance AUC. For the same
 * reason the TPR's interval is the hull of the bootstrap's and of Clopper and Pearson's at the threshold.
 *
 * Fewer non-members than 1 / FPR say nothing of that FPR: no rate is given, and the detail says why.
 *
 * @param members @param nonMembers scores, the higher the likelier a member
 * @throws RangeError where a side is empty or a score is no number
 * Source: Carlini et al. (2022), arXiv:2112.03570, section IV (TPR at low FPR); Efron & Tibshirani (1993), section 8.4
 * (samples of two groups).
 */
export function separation(
  members: Float64Array,
  nonMembers: Float64Array,
  {random, draws = 2000, level = 0.95, fprs = [0.01, 0.001]}: SeparationOptions
): Separation {
  const levels = levelsOf(members, nonMembers);
  const seen = countLevels(levels);
  const aucs = new Float64Array(draws);
  const rates = fprs.map(() => new Float64Array(draws));
  const drawn: LevelCounts = {
    members: new Int32Array(levels.values.length),
    nonMembers: new Int32Array(levels.values.length)
  };
  for (let draw = 0; draw < draws; draw++) {
    for (const side of ["members", "nonMembers"] as const) {
      const own = levels[side];
      drawn[side].fill(0);
      for (let i = 0; i < own.length; i++) drawn[side][own[random.int(own.length)]]++;
    }
    aucs[draw] = auc(drawn);
    for (const [i, fpr] of fprs.entries()) rates[i][draw] = operatingPoint(drawn, fpr).found / members.length;
  }
  const area = auc(seen);
  const pairs = Math.min(members.length, nonMembers.length);
  return {
    members: members.length,
    nonMembers: nonMembers.length,
    auc: area,
    interval: area === 0 || area === 1 ? clopperPearson(area * pairs, pairs, level) : quantileInterval(aucs, level),
    level,
    tpr: fprs.map((fpr, i) => {
      if (nonMembers.length * fpr < 1 - 1e-9)
        return {
          ...{fpr, tpr: null, interval: null},
          detail: `${nonMembers.length} non-members are too few for a false positive rate of ${fpr}: at least ${Math.ceil(1 / fpr)} are needed`
        };
      const {found} = operatingPoint(seen, fpr);
      const [low, high] = quantileInterval(rates[i], level);
      const [least, most] = clopperPearson(found, members.length, level);
      return {
        fpr,
        tpr: found / members.length,
        interval: [Math.min(low, least), Math.max(high, most)],
        detail:
          nonMembers.length * fpr < 10
            ? `the threshold hangs on the ${Math.floor(nonMembers.length * fpr)} highest of ${nonMembers.length} non-members`
            : ""
      };
    })
  };
}
