import {digamma, trigamma} from "./digamma.js";

/** What the error of accumulating generations never exceeds, in units of the first generation's: π² / 6. */
const accumulateBound = Math.PI ** 2 / 6;

/**
 * Change of the expected log variance in one generation of a Gaussian that is fitted to n samples of the one before:
 * ψ((n − 1) / 2) + log(2 / n), below 0 for every n. The variance of maximum likelihood is σ² χ²(n − 1) / n, and
 * E log χ²(k) = ψ(k / 2) + log 2.
 *
 * @param n samples a generation, at least 1; −Infinity for 1, whose variance is 0
 * @throws RangeError if n is below 1
 * Source: Shumailov et al. (2024), doi:10.1038/s41586-024-07566-y, for the set-up; the slope follows as above.
 */
export function replaceSlope(n: number): number {
  if (!(n >= 1)) throw new RangeError(`expected at least one sample a generation, got ${n}`);
  return n === 1 ? -Infinity : digamma((n - 1) / 2) + Math.log(2 / n);
}

/**
 * Error after a number of generations that all train on everything before them, in units of the first generation's:
 * Σ_{i ≤ generation} 1 / i², continued between whole numbers. It tends to π² / 6.
 *
 * @param generation 0 or more; 1 is the first model, trained on real data alone
 * @throws RangeError if generation is negative
 * Source: Gerstgrasser et al. (2024), arXiv:2404.01413.
 */
export function accumulatedError(generation: number): number {
  if (!(generation >= 0)) throw new RangeError(`expected a generation of 0 or more, got ${generation}`);
  return accumulateBound - trigamma(generation + 1);
}
