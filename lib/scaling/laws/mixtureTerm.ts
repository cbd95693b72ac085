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

/** The same over many rows, the logarithms of the shares taken beforehand. */
export function mixtureBatch(rows: readonly ArrayLike<number>[], at: number, from: number) {
  const m = rows[0].length - from;
  const logs = new Float64Array(rows.length * m);
  for (const [i, x] of rows.entries()) for (let t = 0; t < m; t++) logs[i * m + t] = Math.log(x[from + t]);
  const powers = new Float64Array(rows.length * m);
  const values = new Float64Array(rows.length);
  const c = new Float64Array(m);
  const gamma = new Float64Array(m);
  return {
    /** Adds the term to the prediction of each row. */
    predict(theta: ArrayLike<number>, predictions: Float64Array): void {
      for (let t = 0; t < m; t++) {
        c[t] = theta[at + t];
        gamma[t] = theta[at + m + t];
      }
      for (let i = 0, j = 0; i < values.length; i++) {
        let sum = 0;
        for (let t = 0; t < m; t++, j++) {
          const power = logs[j] === -Infinity ? 0 : Math.exp(gamma[t] * logs[j]);
          powers[j] = power;
          sum += c[t] * power;
        }
        values[i] = 1 / sum;
        predictions[i] += values[i];
      }
    },
    /** Writes its derivatives by C and gamma to their places in the rows of `derivatives`, each `width` long. */
    derive(derivatives: Float64Array, width: number): void {
      for (let i = 0, j = 0, to = at; i < values.length; i++, to += width) {
        const square = values[i] * values[i];
        for (let t = 0; t < m; t++, j++) {
          const slope = -square * powers[j];
          derivatives[to + t] = slope;
          derivatives[to + m + t] = logs[j] === -Infinity ? 0 : c[t] * slope * logs[j];
        }
      }
    }
  };
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
