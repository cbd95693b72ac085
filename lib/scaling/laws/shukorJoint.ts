import type {Law} from "../law.js";
import {mixtureTerm, mixtureSlopes} from "./mixtureTerm.js";
import {shukorStarts} from "./shukorStarts.js";

/**
 * E + 1 / Σ C_t w_t^gamma_t + A_w / N^alpha + B_w / D^beta with A_w = (Σ CA_t w_t)^gammaA, B_w alike: loss by shares,
 * model size and tokens, the returns to scale depending on the mix, so that the best mix moves with it.
 * Row: n, d, then the shares.
 */
export const shukorJoint: Law = {
  id: "shukor-joint",
  title: "Optimal mixtures, joint",
  formula: "E + 1 / Σ C_t w_t^gamma_t + (Σ CA_t w_t)^gammaA / N^alpha + (Σ CB_t w_t)^gammaB / D^beta",
  source: "Shukor et al. (2025), arXiv:2507.09404, equation 6",
  reads: ["n", "d", "shares"],
  of: "loss",
  parameters({tiers}) {
    const by = (name: string, unit: string) =>
      tiers.map((t) => ({name: `${name}[${t}]`, unit, bounds: [0, 1e12] as const, scale: "log" as const}));
    return [
      {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
      {name: "alpha", unit: "1", bounds: [0, 5]},
      {name: "beta", unit: "1", bounds: [0, 5]},
      {name: "gammaA", unit: "1", bounds: [-20, 20]},
      {name: "gammaB", unit: "1", bounds: [-20, 20]},
      ...by("C", "1 / target"),
      ...tiers.map((t) => ({name: `gamma[${t}]`, unit: "1", bounds: [0, 20] as const, scale: "log" as const})),
      ...by("CA", "(target · parameters^alpha)^(1/gammaA)"),
      ...by("CB", "(target · tokens^beta)^(1/gammaB)")
    ];
  },
  predict(theta, x) {
    const m = x.length - 2;
    const a = pooled(theta, 5 + 2 * m, x);
    const b = pooled(theta, 5 + 3 * m, x);
    return (
      theta[0] + a ** theta[3] * x[0] ** -theta[1] + b ** theta[4] * x[1] ** -theta[2] + mixtureTerm(theta, 5, x, 2)
    );
  },
  gradient(theta, x, out) {
    const m = x.length - 2;
    let value = theta[0] + mixtureSlopes(theta, 5, x, 2, out);
    out[0] = 1;
    for (let s = 0; s < 2; s++) {
      const at = 5 + (2 + s) * m;
      const pool = pooled(theta, at, x);
      const term = pool ** theta[3 + s] * x[s] ** -theta[1 + s];
      value += term;
      out[1 + s] = -term * Math.log(x[s]);
      out[3 + s] = term * Math.log(pool);
      for (let t = 0; t < m; t++) out[at + t] = ((theta[3 + s] * term) / pool) * x[2 + t];
    }
    return value;
  },
  starts: (context, rows, y) =>
    shukorStarts({...context, varies: new Set(["n", "d"])}, rows, y).flatMap(({E, A, B, alpha, beta, C, gamma}) =>
      [1, 0.4].map((power) => [
        E,
        alpha,
        beta,
        power,
        power,
        ...C,
        ...C.map(() => gamma),
        ...C.map(() => A ** (1 / power)),
        ...C.map(() => B ** (1 / power))
      ])
    )
};

/** Σ C_t w_t, with C from `at` on. */
function pooled(theta: ArrayLike<number>, at: number, x: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < x.length - 2; t++) sum += theta[at + t] * x[2 + t];
  return sum;
}
