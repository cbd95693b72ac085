/**
 * The digamma function ψ(x), the derivative of log Γ: to 1e-14 of max(1, |ψ|).
 *
 * @param x positive
 * @throws RangeError if x is not positive
 * Source: recurrence to x ≥ 10, then the asymptotic series, NIST DLMF 5.5.2 and 5.11.2.
 */
export function digamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`expected a positive argument, got ${x}`);
  let shift = 0;
  let at = x;
  for (; at < 10; at++) shift -= 1 / at;
  const s = 1 / (at * at);
  const series = s * (1 / 12 - s * (1 / 120 - s * (1 / 252 - s * (1 / 240 - s * (1 / 132 - s * (691 / 32760))))));
  return shift + Math.log(at) - 0.5 / at - series;
}

/**
 * The trigamma function ψ′(x) = Σ_{i≥0} 1 / (x + i)².
 *
 * @param x positive
 * @throws RangeError if x is not positive
 * Source: recurrence to x ≥ 10, then the asymptotic series, NIST DLMF 5.15.1 and 5.15.8.
 */
export function trigamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`expected a positive argument, got ${x}`);
  let sum = 0;
  let at = x;
  for (; at < 10; at++) sum += 1 / (at * at);
  const s = 1 / (at * at);
  const series = s * (1 / 6 - s * (1 / 30 - s * (1 / 42 - s * (1 / 30 - s * (5 / 66 - s * (691 / 2730))))));
  return sum + 1 / at + s / 2 + series / at;
}
