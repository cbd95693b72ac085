import type {Law} from "../law.js";
import {linearStarts} from "../linearStarts.js";

/**
 * E + a exp(−Σ_t w_t b_t G_t(D)): loss on tiers of different utility b_t that wear out with repeats. A tier of supply
 * S_t has been seen k times after k S_t / w_t tokens of the mix; from then on its utility is b_t 2^(−k / tau_t).
 * G_t(D) is the integral of that decay over log tokens: log D without repeats.
 *
 * This is the published rule, loss_k = loss_{k−1} (n_k / n_{k−1})^(−b_k) with b_k the mean over pools, for tiers of any
 * share and supply: for equal pools that are repeated together both agree. The published code multiplies E too from the
 * second epoch on; the paper's equation, followed here, does not.
 */
export const goyal: Law = {
  id: "goyal",
  title: "Quality tiers with repeats",
  formula: "E + a exp(−Σ w_t b_t G_t(D)), G_t = ∫ 2^(−⌊w_t n / S_t⌋ / tau_t) d log n from 1 to D",
  source: "Goyal et al. (2024), Scaling Laws for Data Filtering, arXiv:2404.07177",
  reads: ["d", "shares", "supplies"],
  of: "loss",
  parameters: ({tiers}) => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "a", unit: "target at one token", bounds: [0, 1e60], scale: "log"},
    ...tiers.map((t) => ({name: `b[${t}]`, unit: "1", bounds: [-1, 5] as const})),
    ...tiers.map((t) => ({name: `tau[${t}]`, unit: "repeats", bounds: [1e-2, 1e4] as const, scale: "log" as const}))
  ],
  predict(theta, x) {
    const m = (x.length - 1) / 2;
    let sum = 0;
    for (let t = 0; t < m; t++)
      if (x[1 + t] > 0) sum += x[1 + t] * theta[2 + t] * seen(x[0], x[1 + t], x[1 + m + t], theta[2 + m + t])[0];
    return theta[0] + theta[1] * Math.exp(-sum);
  },
  gradient(theta, x, out) {
    const m = (x.length - 1) / 2;
    let sum = 0;
    for (let t = 0; t < m; t++) {
      const w = x[1 + t];
      const [value, slope] = w > 0 ? seen(x[0], w, x[1 + m + t], theta[2 + m + t]) : [0, 0];
      sum += w * theta[2 + t] * value;
      out[2 + t] = w * value;
      out[2 + m + t] = w * theta[2 + t] * slope;
    }
    const above = theta[1] * Math.exp(-sum);
    out[0] = 1;
    out[1] = above / theta[1];
    for (let j = 2; j < 2 + 2 * m; j++) out[j] *= -above;
    return theta[0] + above;
  },
  starts(context, rows, y) {
    const {tiers} = context;
    const shapes = [0.05, 0.1, 0.2, 0.3, 0.5, 0.8].flatMap((b) => [1, 4, 16].map((tau) => [b, tau]));
    const found = linearStarts(
      {
        shape: 2,
        nonNegative: true,
        basis: (x, [b, tau]: number[]) => [1, goyal.predict([0, 1, ...tiers.map(() => b), ...tiers.map(() => tau)], x)],
        shapes: () => shapes
      },
      goyal.parameters(context).slice(0, 2),
      shapes,
      rows,
      y
    );
    return found.map(([e, a, b, tau]) => [e, a, ...tiers.map(() => b), ...tiers.map(() => tau)]);
  }
};

/** G_t(d) of a tier, and its derivative by tau. */
function seen(d: number, share: number, supply: number, tau: number): [number, number] {
  const pass = supply / share;
  if (!(pass > 0)) return [NaN, NaN];
  if (d <= pass) return [Math.log(d), 0];
  const epochs = Math.floor(d / pass);
  let value = Math.log(pass);
  let slope = 0;
  for (let k = 1; k <= epochs; k++) {
    const decay = 2 ** (-k / tau);
    // The rest adds less than the arithmetic can tell.
    if (decay < 1e-18) break;
    const step = k < epochs ? Math.log1p(1 / k) : Math.log(d / (k * pass));
    value += decay * step;
    slope += ((decay * k * Math.LN2) / tau ** 2) * step;
  }
  return [value, slope];
}
