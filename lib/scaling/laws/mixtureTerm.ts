/**
 * What the mix adds to the loss in Shukor's laws: 1 / Σ C_t w_t^gamma_t.
 *
 * @param theta holds C from `at` on, one a tier, then gamma
 * @param x holds the shares from `from` on, to its end
 * Source: Shukor et al. (2025), arXiv:2507.09404.
 */
export function mixtureTerm(theta: ArrayLike<number>, at: number, x: ArrayLike<number>, from: number): number {
  const m = x.length - from;
  let sum = 0;
  for (let t = 0; t < m; t++) if (x[from + t] > 0) sum += theta[at + t] * x[from + t] ** theta[at + m + t];
  return 1 / sum;
}

/** The same, its derivatives by C and gamma written to their places in `out`. */
export function mixtureSlopes(
  theta: ArrayLike<number>,
  at: number,
  x: ArrayLike<number>,
  from: number,
  out: Float64Array
): number {
  const m = x.length - from;
  let sum = 0;
  for (let t = 0; t < m; t++) {
    const w = x[from + t];
    out[at + t] = w > 0 ? w ** theta[at + m + t] : 0;
    sum += theta[at + t] * out[at + t];
  }
  const value = 1 / sum;
  for (let t = 0; t < m; t++) {
    out[at + t] *= -value * value;
    out[at + m + t] = x[from + t] > 0 ? theta[at + t] * out[at + t] * Math.log(x[from + t]) : 0;
  }
  return value;
}
