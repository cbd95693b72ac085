import {gammaln} from "simple-statistics";

/**
 * The regularised incomplete beta function I_x(a, b): the distribution function of Beta(a, b) at x.
 *
 * @param x in [0, 1]; a and b positive
 * Source: Lentz's continued fraction, NIST DLMF 8.17.22.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`expected positive shapes, got ${a} and ${b}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`expected x in [0, 1], got ${x}`);
  if (x === 0 || x === 1) return x;
  // The fraction converges fast on this side only; the other side follows by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / nonzero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonzero(1 + even * d);
    c = nonzero(1 + even / c);
    value *= c * d;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonzero(1 + odd * d);
    c = nonzero(1 + odd / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * value;

  function nonzero(v: number): number {
    return Math.abs(v) < tiny ? tiny : v;
  }
}

/** The quantile of Beta(a, b): the x at which I_x(a, b) = p, by bisection to the last bit that counts. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`expected a probability in [0, 1], got ${p}`);
  if (p === 0 || p === 1) return p;
  let low = 0;
  let high = 1;
  for (let i = 0; i < 200 && high - low > 1e-16 * (low + high); i++) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
