/**
 * The power mean (Σ w_t v_t^p)^(1/p): the arithmetic mean at p = 1, the geometric at 0, the harmonic at −1, and smooth
 * between them.
 *
 * @param logs log v_t
 * @param x holds the weights from `from` on, one a value: at least 0, with a sum of 1
 * @param out gets the derivative by each v_t, times v_t and over the mean, and then the derivative by p over the mean
 */
export function powerMean(
  logs: Float64Array,
  x: ArrayLike<number>,
  from: number,
  power: number,
  out?: Float64Array
): number {
  const m = logs.length;
  let centre = 0;
  for (let t = 0; t < m; t++) if (x[from + t] > 0) centre += x[from + t] * logs[t];
  let spread = 0;
  let growth = 0;
  for (let t = 0; t < m; t++) {
    if (!(x[from + t] > 0)) continue;
    spread = Math.max(spread, Math.abs(logs[t] - centre));
    growth += x[from + t] * Math.expm1(power * (logs[t] - centre));
  }
  const small = Math.abs(power) * spread < 1e-4;
  let second = 0;
  let third = 0;
  if (small)
    for (let t = 0; t < m; t++) {
      const off = logs[t] - centre;
      if (x[from + t] > 0) second += (x[from + t] * off * off) / 2;
      if (x[from + t] > 0) third += (x[from + t] * off * off * off) / 6;
    }
  // Near 0 two terms of the series: what they leave out is below 1e-8 of them.
  const above = small ? power * (second + power * third) : Math.log1p(growth) / power;
  if (out !== undefined) {
    let turned = 0;
    for (let t = 0; t < m; t++) {
      const off = logs[t] - centre;
      out[t] = x[from + t] > 0 ? (x[from + t] * Math.exp(power * off)) / (1 + growth) : 0;
      if (out[t] > 0) turned += out[t] * off;
    }
    out[m] = small ? second + 2 * power * third : (turned - above) / power;
  }
  return Math.exp(centre + above);
}
