import {gammaln} from "simple-statistics";
import {incompleteBeta} from "./incompleteBeta.js";

/**
 * The probability that a sample of n holds at most `accept` defects: binomial, or, where a finite lot is given,
 * hypergeometric.
 *
 * @param defects share of defects; in a lot, of which it is rounded to whole items
 * @param lot items that the sample is drawn from without replacement, at least n
 * @throws RangeError for a share outside [0, 1], or a sample larger than the lot
 */
export function acceptProbability(n: number, accept: number, defects: number, lot = Infinity): number {
  if (!(defects >= 0 && defects <= 1)) throw new RangeError(`expected a share in [0, 1], got ${defects}`);
  if (!Number.isInteger(n) || n < 0 || n > lot) throw new RangeError(`expected a sample of 0 to ${lot}, got ${n}`);
  if (accept >= n || defects === 0) return 1;
  if (lot === Infinity) return defects === 1 ? 0 : 1 - incompleteBeta(defects, accept + 1, n - accept);
  const bad = Math.round(defects * lot);
  let sum = 0;
  for (let k = Math.max(0, n - (lot - bad)); k <= Math.min(accept, bad); k++)
    sum += Math.exp(logChoose(bad, k) + logChoose(lot - bad, n - k) - logChoose(lot, n));
  return Math.min(1, sum);
}

/**
 * The smallest sample that shows, if it holds at most `accept` defects, a share of defects below `defects`.
 *
 * @param options.confidence 1 less the probability that a share of `defects` is accepted
 * @param options.lot items in a finite lot, of which the share is rounded up to whole items
 * @returns the whole lot where nothing less shows it
 */
export function sampleSize(
  defects: number,
  {confidence = 0.95, accept = 0, lot = Infinity}: {confidence?: number; accept?: number; lot?: number} = {}
): number {
  if (!(defects > 0 && defects < 1)) throw new RangeError(`expected a share in (0, 1), got ${defects}`);
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`expected a confidence in (0, 1), got ${confidence}`);
  // Rounded up to the lot's whole items, of which rounding errors make no further one.
  const share = lot === Infinity ? defects : Math.ceil(defects * lot - 1e-9) / lot;
  const shows = (n: number) => acceptProbability(n, accept, share, lot) <= 1 - confidence;
  let high = accept + 1;
  while (high < lot && !shows(high)) high *= 2;
  if (high >= lot) high = lot;
  let low = accept;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function logChoose(n: number, k: number): number {
  return k === 0 || k === n ? 0 : gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}
