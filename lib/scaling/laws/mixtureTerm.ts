import {exponentials} from "../../stats/exponentials.js";

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
  const logs = Array.from({length: m}, (_, t) => Float64Array.from(rows, (x) => Math.log(x[from + t])));
  const powers = logs.map((column) => new Float64Array(column.length));
  const values = new Float64Array(rows.length);
  const c = new Float64Array(m);
  return {
    /** Adds the term to the prediction of each row. */
    predict(theta: ArrayLike<number>, predictions: Float64Array): void {
      values.fill(0);
      for (let t = 0; t < m; t++) {
        const [own, power] = [logs[t], powers[t]];
        c[t] = theta[at + t];
        exponentials(own, theta[at + m + t], power);
        for (let i = 0; i < values.length; i++) {
          // Also where gamma is so small that it is 0.
          if (own[i] === -Infinity) power[i] = 0;
          values[i] += c[t] * power[i];
        }
      }
      for (let i = 0; i < values.length; i++) {
        values[i] = 1 / values[i];
        predictions[i] += values[i];
      }
    },
    /** Writes its derivatives by C and gamma to their places in the rows of `derivatives`, each `width` long. */
    derive(derivatives: Float64Array, width: number): void {
      for (let t = 0; t < m; t++) {
        const [own, power] = [logs[t], powers[t]];
        for (let i = 0, to = at + t; i < values.length; i++, to += width) {
          const slope = -values[i] * values[i] * power[i];
          derivatives[to] = slope;
          derivatives[to + m] = own[i] === -Infinity ? 0 : c[t] * slope * own[i];
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
