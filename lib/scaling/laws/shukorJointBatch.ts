import type {Batch} from "../law.js";
import {powerMean} from "../powerMean.js";
import {mixtureBatch} from "./mixtureTerm.js";

/**
 * shukorJoint over many rows. Runs of one mix share their power means of A and B, which are taken once a mix; runs of
 * one size share its power.
 *
 * @param rows n, d, then the shares
 */
export function shukorJointBatch(rows: readonly ArrayLike<number>[]): Batch {
  const n = rows.length;
  const m = rows[0].length - 2;
  const width = 5 + 4 * m;
  const mixture = mixtureBatch(rows, 5, 2);
  const mixes = new Map<string, number>();
  const firsts: ArrayLike<number>[] = [];
  const at = Int32Array.from(rows, (x) => {
    const key = Array.prototype.slice.call(x, 2).join();
    if (!mixes.has(key)) mixes.set(key, firsts.push(x) - 1);
    return mixes.get(key)!;
  });
  const logs = [0, 1].map((s) => Float64Array.from(rows, (x) => Math.log(x[s])));
  const scales = [0, 1].map((s) => distinct(logs[s]));
  const terms = [new Float64Array(n), new Float64Array(n)];
  const values = new Float64Array(m);
  const inverse = new Float64Array(2 * m);
  // By mix: the derivatives of the power mean by each tier's value, then by the power, over the mean.
  const parts = [0, 1].map(() => Array.from({length: mixes.size}, () => new Float64Array(m + 1)));
  const means = new Float64Array(mixes.size);
  return {
    predict(theta, predictions) {
      predictions.fill(theta[0]);
      for (let s = 0; s < 2; s++) {
        for (let t = 0; t < m; t++) {
          const value = theta[5 + (2 + s) * m + t];
          values[t] = Math.log(value);
          inverse[s * m + t] = 1 / value;
        }
        for (let g = 0; g < means.length; g++) means[g] = powerMean(values, firsts[g], 2, theta[3 + s], parts[s][g]);
        const {of, powers, each} = scales[s];
        for (let i = 0; i < each.length; i++) powers[i] = Math.exp(-theta[1 + s] * each[i]);
        for (let i = 0; i < n; i++) predictions[i] += terms[s][i] = means[at[i]] * powers[of[i]];
      }
      mixture.predict(theta, predictions);
    },
    derive(derivatives) {
      for (let i = 0, to = 0; i < n; i++, to += width) {
        derivatives[to] = 1;
        for (let s = 0; s < 2; s++) {
          const term = terms[s][i];
          const slopes = parts[s][at[i]];
          derivatives[to + 1 + s] = -term * logs[s][i];
          derivatives[to + 3 + s] = term * slopes[m];
          for (let t = 0, own = to + 5 + (2 + s) * m; t < m; t++, own++)
            derivatives[own] = term * slopes[t] * inverse[s * m + t];
        }
      }
      mixture.derive(derivatives, width);
    }
  };
}

/** Values of which each stands once, by row the place of its own, and room for a power of each. */
function distinct(values: Float64Array) {
  const places = new Map<number, number>();
  for (const v of values) if (!places.has(v)) places.set(v, places.size);
  const each = Float64Array.from(places.keys());
  return {each, powers: new Float64Array(each.length), of: Int32Array.from(values, (v) => places.get(v)!)};
}
