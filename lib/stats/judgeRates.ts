import {clopperPearson, wilson} from "./proportion.js";

/** How a judge did on cases whose truth is known; "positive" is the class whose share is asked for. */
export interface Confusion {
  truePositive: number;
  falseNegative: number;
  trueNegative: number;
  falsePositive: number;
}

/** A share of cases with its intervals: exact for a gate, Wilson's for display; null without a case. */
export interface Rate {
  value: number | null;
  cases: number;
  exact: [number, number] | null;
  wilson: [number, number] | null;
}

/**
 * A judge's sensitivity (positives it calls so) and specificity (negatives it calls so).
 *
 * @throws RangeError unless the counts are whole numbers from 0
 */
export function judgeRates(
  {truePositive, falseNegative, trueNegative, falsePositive}: Confusion,
  {level = 0.95} = {}
): {sensitivity: Rate; specificity: Rate} {
  return {
    sensitivity: rate(truePositive, truePositive + falseNegative, level),
    specificity: rate(trueNegative, trueNegative + falsePositive, level)
  };
}

/**
 * Successes over cases with both intervals.
 *
 * @throws RangeError unless 0 ≤ successes ≤ cases, both whole
 */
export function rate(successes: number, cases: number, level = 0.95): Rate {
  if (cases === 0 && successes === 0) return {value: null, cases, exact: null, wilson: null};
  const exact = clopperPearson(successes, cases, level);
  return {value: successes / cases, cases, exact, wilson: wilson(successes, cases, level)};
}
