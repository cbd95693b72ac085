import {betaQuantile} from "./incompleteBeta.js";

/**
 * The quantile of Student's t distribution.
 *
 * @param p in (0, 1)
 * @param df degrees of freedom, positive
 * Source: I_x(df/2, 1/2) with x = df / (df + t²), Abramowitz & Stegun 26.7.1.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`expected a probability in (0, 1), got ${p}`);
  if (!(df > 0)) throw new RangeError(`expected positive degrees of freedom, got ${df}`);
  const tail = Math.min(p, 1 - p);
  if (tail === 0.5) return 0;
  const x = betaQuantile(2 * tail, df / 2, 0.5);
  const t = Math.sqrt((df * (1 - x)) / x);
  return p < 0.5 ? -t : t;
}
