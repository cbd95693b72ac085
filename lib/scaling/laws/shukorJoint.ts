import type {Law} from "../law.js";
import {powerMean} from "../powerMean.js";
import {mixtureTerm, mixtureSlopes} from "./mixtureTerm.js";
import {shukorJointBatch} from "./shukorJointBatch.js";
import {shukorStarts} from "./shukorStarts.js";

/**
 * E + 1 / Σ C_t w_t^gamma_t + A_w / N^alpha + B_w / D^beta, A_w the power mean (Σ w_t A_t^p)^(1/p) with p = powerA, B_w
 * alike: loss by shares, model size and tokens, the returns to scale depending on the mix, so that the best mix moves
 * with it. Row: n, d, then the shares.
 *
 * The published form has A_w = (Σ CA_t w_t)^gammaA: the same, with gammaA = 1 / p and CA_t = A_t^p. A_t is what a pure
 * mix of t has, in the unit of Chinchilla's A; the search is far better conditioned so, and p may pass through 0.
 */
export const shukorJoint: Law = {
  id: "shukor-joint",
  title: "Optimal mixtures, joint",
  formula:
    "E + 1 / Σ C_t w_t^gamma_t + (Σ w_t A_t^p)^(1/p) / N^alpha + (Σ w_t B_t^q)^(1/q) / D^beta, p = powerA, q = powerB",
  source: "Shukor et al. (2025), arXiv:2507.09404",
  reads: ["n", "d", "shares"],
  of: "loss",
  parameters({tiers}) {
    const by = (name: string, unit: string, most = 1e60) =>
      tiers.map((t) => ({name: `${name}[${t}]`, unit, bounds: [0, most] as const, scale: "log" as const}));
    return [
      {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
      {name: "alpha", unit: "1", bounds: [0, 5]},
      {name: "beta", unit: "1", bounds: [0, 5]},
      {name: "powerA", unit: "1", bounds: [-20, 20]},
      {name: "powerB", unit: "1", bounds: [-20, 20]},
      ...by("C", "1 / target", 1e300),
      ...tiers.map((t) => ({name: `gamma[${t}]`, unit: "1", bounds: [0, 1e3] as const, scale: "log" as const})),
      ...by("A", "target · parameters^alpha"),
      ...by("B", "target · tokens^beta")
    ];
  },
  predict(theta, x) {
    let value = theta[0] + mixtureTerm(theta, 5, x, 2);
    for (let s = 0; s < 2; s++) value += powerMean(logsOf(theta, s, x), x, 2, theta[3 + s]) * x[s] ** -theta[1 + s];
    return value;
  },
  gradient(theta, x, out) {
    const m = x.length - 2;
    let value = theta[0] + mixtureSlopes(theta, 5, x, 2, out);
    const parts = new Float64Array(m + 1);
    out[0] = 1;
    for (let s = 0; s < 2; s++) {
      const term = powerMean(logsOf(theta, s, x), x, 2, theta[3 + s], parts) * x[s] ** -theta[1 + s];
      value += term;
      out[1 + s] = -term * Math.log(x[s]);
      out[3 + s] = term * parts[m];
      const at = 5 + (2 + s) * m;
      for (let t = 0; t < m; t++) out[at + t] = (term * parts[t]) / theta[at + t];
    }
    return value;
  },
  batch: shukorJointBatch,
  starts: (_, rows, y) =>
    shukorStarts(rows, y, {byTier: true, n: true, d: true}).map(({E, A, B, alpha, beta, C, gamma}) => [
      E,
      alpha,
      beta,
      1,
      1,
      ...C,
      ...C.map(() => gamma),
      ...A,
      ...B
    ])
};

/** Logarithms of A_t for s = 0, of B_t for 1. */
function logsOf(theta: ArrayLike<number>, s: number, x: ArrayLike<number>): Float64Array {
  const m = x.length - 2;
  const logs = new Float64Array(m);
  for (let t = 0; t < m; t++) logs[t] = Math.log(theta[5 + (2 + s) * m + t]);
  return logs;
}
