import type {Batch} from "../law.js";
import {tierPlaces as at} from "./tierPlaces.js";

/**
 * The tier law over many rows, the logarithms taken beforehand. Sums over the tiers are taken in units of the largest
 * term: where there is one tier no power is.
 *
 * @param rows n, d, shares, supplies
 * @param options.reference model size at which the term in N is A
 */
export function tierBatch(
  rows: readonly ArrayLike<number>[],
  {collapse, reference}: {collapse: boolean; reference: number}
): Batch {
  const count = rows.length;
  const tiers = (rows[0].length - 2) / 2;
  const width = at.q + tiers + (collapse ? tiers + 1 : 0);
  const sizes = Float64Array.from(rows, (x) => Math.log(x[0] / reference));
  const logD = Float64Array.from(rows, (x) => Math.log(x[1]));
  const share = new Float64Array(count * tiers);
  // By row and tier: passes over the supply beyond the first, and the logarithm of the tokens that are fresh.
  const excess = new Float64Array(count * tiers);
  const fresh = new Float64Array(count * tiers);
  for (const [i, x] of rows.entries())
    for (let j = 0, t = i * tiers; j < tiers; j++, t++) {
      const read = x[2 + j] * x[1];
      const supply = x[2 + tiers + j];
      share[t] = x[2 + j];
      excess[t] = read > supply ? read / supply - 1 : 0;
      fresh[t] = Math.log(Math.min(read, supply));
    }
  const part = new Float64Array(count * tiers);
  // The derivative by R of the logarithm of what was read is worth: 0 for what is fresh.
  const byR = new Float64Array(count * tiers);
  const byEpochs = new Float64Array(count);
  const weighted = new Float64Array(count);
  const tokens = new Float64Array(count);
  const generated = new Float64Array(count);
  const byN = new Float64Array(count);
  const byD = new Float64Array(count);
  const theta = new Float64Array(width);
  const logQ = new Float64Array(tiers);
  return {
    predict(values, predictions) {
      theta.set(values);
      for (let j = 0; j < tiers; j++) logQ[j] = Math.log(theta[at.q + j]);
      const rho = theta[at.rho];
      const epochs = theta[at.R];
      const unit = theta[at.scale] === 0 ? null : Math.log(theta[at.scale]);
      const kappa = collapse ? theta[at.q + tiers] : 0;
      for (let i = 0, from = 0; i < count; i++, from += tiers) {
        let most = -Infinity;
        let turn = 0;
        let p = 0;
        for (let j = 0, t = from; j < tiers; j++, t++) {
          if (!(share[t] > 0)) continue;
          part[t] = logQ[j] + fresh[t] - (unit ?? logD[i]);
          if (excess[t] > 0) {
            const passes = excess[t] / epochs;
            const spent = -Math.expm1(-passes);
            const worth = 1 + epochs * spent;
            part[t] += Math.log(worth);
            byR[t] = (spent - passes * (1 - spent)) / worth;
          }
          most = Math.max(most, part[t]);
          if (collapse) p += share[t] * theta[at.q + tiers + 1 + j];
        }
        let sum = 0;
        let mean = 0;
        for (let j = 0, t = from; j < tiers; j++, t++) {
          if (!(share[t] > 0)) continue;
          const size = part[t];
          part[t] = size === most ? 1 : Math.exp(rho * (size - most));
          sum += part[t];
          mean += part[t] * size;
          turn += part[t] * byR[t];
        }
        for (let t = from; t < from + tiers; t++) part[t] = share[t] > 0 ? part[t] / sum : 0;
        tokens[i] = sum === 1 ? most : most + Math.log(sum) / rho;
        weighted[i] = mean / sum;
        byEpochs[i] = turn / sum;
        generated[i] = p;
        byN[i] = theta[at.A] === 0 ? 0 : Math.exp(-theta[at.alpha] * sizes[i]);
        byD[i] = theta[at.B] === 0 ? 0 : Math.exp(-theta[at.beta] * tokens[i]);
        predictions[i] = theta[at.E] + theta[at.sign] * (theta[at.A] * byN[i] + theta[at.B] * byD[i] + kappa * p * p);
      }
    },
    derive(derivatives) {
      const [sign, A, B, rho] = [theta[at.sign], theta[at.A], theta[at.B], theta[at.rho]];
      const kappa = collapse ? theta[at.q + tiers] : 0;
      for (let i = 0, to = 0, from = 0; i < count; i++, to += width, from += tiers) {
        const slope = -sign * theta[at.beta] * B * byD[i];
        const p = generated[i];
        derivatives[to + at.E] = 1;
        derivatives[to + at.A] = sign * byN[i];
        derivatives[to + at.alpha] = byN[i] === 0 ? 0 : -sign * A * byN[i] * sizes[i];
        derivatives[to + at.B] = sign * byD[i];
        derivatives[to + at.beta] = -sign * B * byD[i] * tokens[i];
        derivatives[to + at.rho] = (slope * (weighted[i] - tokens[i])) / rho;
        derivatives[to + at.R] = slope * byEpochs[i];
        derivatives[to + at.sign] = A * byN[i] + B * byD[i] + kappa * p * p;
        derivatives[to + at.scale] = 0;
        for (let j = 0; j < tiers; j++) derivatives[to + at.q + j] = (slope * part[from + j]) / theta[at.q + j];
        if (!collapse) continue;
        derivatives[to + at.q + tiers] = sign * p * p;
        for (let j = 0; j < tiers; j++) derivatives[to + at.q + tiers + 1 + j] = 2 * sign * kappa * p * share[from + j];
      }
    }
  };
}
