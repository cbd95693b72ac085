import {probit as approximate} from "simple-statistics";

/**
 * The quantile of the standard normal distribution: simple-statistics' value, good to 3e-3, polished by Newton steps.
 *
 * @param p in [1e-6, 1 - 1e-6], where the result is good to 1e-9
 */
export function probit(p: number): number {
  if (!(p >= 1e-6 && p <= 1 - 1e-6)) throw new RangeError(`expected a probability in [1e-6, 1 - 1e-6], got ${p}`);
  let z = approximate(p);
  for (let i = 0; i < 8; i++) z -= (normalProbability(z) - p) / density(z);
  return z;
}

/**
 * The probability that a standard normal draw is below z.
 *
 * Source: Marsaglia (2004), doi:10.18637/jss.v011.i04, whose series is exact to 1e-15 in absolute terms.
 */
export function normalProbability(z: number): number {
  if (Math.abs(z) > 8) return z < 0 ? 0 : 1;
  let term = z;
  let sum = z;
  for (let i = 3; Math.abs(term) > 1e-18; i += 2) sum += term *= (z * z) / i;
  return 0.5 + sum * density(z);
}

function density(z: number): number {
  return Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
}
