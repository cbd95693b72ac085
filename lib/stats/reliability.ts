import type {Random} from "../text/random.js";
import {bcaInterval} from "./bca.js";
import {resample} from "./bootstrap.js";
import {wilson} from "./proportion.js";

/** A stated confidence, and whether what it was stated of turned out right. */
export interface Stated {
  confidence: number;
  right: boolean;
}

/** Cases of like confidence. */
export interface ReliabilityBin {
  from: number;
  to: number;
  n: number;
  /** mean confidence, and share of right ones with Wilson's interval */
  confidence: number;
  right: number;
  interval: [number, number];
}

/** How confidence and truth go together. */
export interface Reliability {
  /** without the empty ones */
  bins: ReliabilityBin[];
  /** expected calibration error: mean distance of confidence and share of right ones, bins weighted by their cases */
  error: number;
  /** of the error, 95 % */
  interval: [number, number];
}

const bins = 10;

/**
 * Confidence against truth in ten bins of equal width, and the expected calibration error with a bias-corrected and
 * accelerated bootstrap interval; null without cases. The error of few cases is too large on average, since chance moves a
 * share away from its confidence either way; where the true error is near 0 no such interval covers it.
 *
 * Source: Naeini, Cooper & Hauskrecht (2015), doi:10.1609/aaai.v29i1.9602, for the error.
 */
export function reliability(
  stated: readonly Stated[],
  {random, draws = 500}: {random: Random; draws?: number}
): Reliability | null {
  if (stated.length === 0) return null;
  const cases = stated.map(({confidence, right}) => ({bin: binOf(confidence), confidence, right: right ? 1 : 0}));
  const whole = tally(cases);
  const error = errorOf(whole);
  const drawn = Array.from({length: draws}, () => errorOf(tally(resample(cases.length, random).map((i) => cases[i]))));
  const jackknife = cases.map((one) => {
    const {n, confidence, right} = whole[one.bin];
    const rest = {n: n - 1, confidence: confidence - one.confidence, right: right - one.right};
    return errorOf(whole.map((bin, i) => (i === one.bin ? rest : bin)));
  });
  return {
    bins: whole.flatMap(({n, confidence, right}, i) => {
      if (n === 0) return [];
      const shares = {confidence: confidence / n, right: right / n, interval: wilson(right, n)};
      return [{from: i / bins, to: (i + 1) / bins, n, ...shares}];
    }),
    error,
    interval: bcaInterval(drawn, error, jackknife)
  };
}

interface Tally {
  n: number;
  confidence: number;
  right: number;
}

function binOf(confidence: number): number {
  if (!(confidence >= 0 && confidence <= 1)) throw new RangeError(`expected a confidence in [0, 1], got ${confidence}`);
  return Math.min(bins - 1, Math.floor(confidence * bins));
}

function tally(cases: readonly {bin: number; confidence: number; right: number}[]): Tally[] {
  const tallies = Array.from({length: bins}, () => ({n: 0, confidence: 0, right: 0}));
  for (const {bin, confidence, right} of cases) {
    const one = tallies[bin];
    one.n++;
    one.confidence += confidence;
    one.right += right;
  }
  return tallies;
}

function errorOf(tallies: readonly Tally[]): number {
  let [total, apart] = [0, 0];
  for (const {n, confidence, right} of tallies) {
    total += n;
    apart += Math.abs(right - confidence);
  }
  return total === 0 ? 0 : apart / total;
}
