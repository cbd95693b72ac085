import {dawidSkene} from "../stats/dawidSkene.js";
import type {VotePattern} from "../stats/votePatterns.js";
import {createRandom} from "../text/random.js";

/** A share that was found without a known truth. */
interface Estimate {
  value: number;
  interval: [number, number];
}

/** How judges of a critic err, as far as their votes alone tell. */
export interface CriticErrors {
  /** share of drafts that are right */
  right: Estimate;
  /** right drafts passed and wrong ones failed; null where no draft of the kind is likely among those it voted on */
  judges: {judge: string; sensitivity: Estimate | null; specificity: Estimate | null}[];
  /** whether the fit has settled */
  converged: boolean;
}

/**
 * Error rates of judges without a gold set, as Dawid and Skene estimate them, with bootstrap intervals; null where no draft
 * has three votes, since rates are then one of many solutions. They hold where judges err independently of each other: what
 * all of them take for right counts as right, so that judges of like training look better than they are.
 *
 * @param judges in the order of a pattern's words
 */
export function criticErrors(
  critic: string,
  judges: readonly string[],
  patterns: readonly VotePattern<string>[]
): CriticErrors | null {
  const classes = ["pass", "fail"];
  const counted = patterns.filter(({words}) => words.some((word) => word !== null));
  if (!counted.some(({words}) => words.filter((word) => word !== null).length > 2)) return null;
  const {prevalence, intervals, ...fitted} = dawidSkene(
    counted.map(({words, cases}) => ({
      cases,
      words: words.map((word) => (word === null ? null : classes.indexOf(word)))
    })),
    {classes: 2, random: createRandom("critic errors", critic)}
  );
  const estimate = (j: number, of: number): Estimate | null => {
    const [row, range] = [fitted.judges[j].rates[of], intervals!.rates[j][of]];
    return row === null || range === null ? null : {value: row[of], interval: range[of]};
  };
  return {
    right: {value: prevalence[0], interval: intervals!.prevalence[0]},
    judges: judges.map((judge, j) => ({judge, sensitivity: estimate(j, 0), specificity: estimate(j, 1)})),
    converged: fitted.converged
  };
}
