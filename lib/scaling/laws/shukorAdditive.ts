import {exponentials} from "../../stats/exponentials.js";
import type {Law} from "../law.js";
import {mixtureBatch, mixtureTerm, mixtureSlopes} from "./mixtureTerm.js";
import {shukorStarts} from "./shukorStarts.js";

/**
 * E + 1 / Σ C_t w_t^gamma_t + A / N^alpha + B / D^beta: loss by shares, model size and tokens, the mix adding the same
 * at every scale, so that the best mix does not move with it. Row: n, d, then the shares.
 *
 * Where N or D is not given or never changes, its term is no term of its own but part of E: A or B is then held at 0.
 */
export const shukorAdditive: Law = {
  id: "shukor-additive",
  title: "Optimal mixtures, additive",
  formula: "E + 1 / Σ C_t w_t^gamma_t + A / N^alpha + B / D^beta",
  source: "Shukor et al. (2025), arXiv:2507.09404",
  reads: ["n", "d", "shares"],
  optional: ["n", "d"],
  of: "loss",
  parameters({tiers, varies}) {
    const byN = varies.has("n") ? {} : {fixed: 0};
    const byD = varies.has("d") ? {} : {fixed: 0};
    return [
      {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
      {name: "A", unit: "target · parameters^alpha", bounds: [0, 1e60], scale: "log", ...byN},
      {name: "B", unit: "target · tokens^beta", bounds: [0, 1e60], scale: "log", ...byD},
      {name: "alpha", unit: "1", bounds: [0, 5], ...byN},
      {name: "beta", unit: "1", bounds: [0, 5], ...byD},
      ...tiers.map((t) => ({name: `C[${t}]`, unit: "1 / target", bounds: [0, 1e300] as const, scale: "log" as const})),
      ...tiers.map((t) => ({name: `gamma[${t}]`, unit: "1", bounds: [0, 1e3] as const, scale: "log" as const}))
    ];
  },
  predict: (theta, x) =>
    theta[0] + theta[1] * power(x[0], theta[3]) + theta[2] * power(x[1], theta[4]) + mixtureTerm(theta, 5, x, 2),
  gradient(theta, x, out) {
    const [byN, byD] = [power(x[0], theta[3]), power(x[1], theta[4])];
    out[0] = 1;
    out[1] = byN;
    out[2] = byD;
    out[3] = byN === 0 ? 0 : -theta[1] * byN * Math.log(x[0]);
    out[4] = -theta[2] * byD * Math.log(x[1]);
    return theta[0] + theta[1] * byN + theta[2] * byD + mixtureSlopes(theta, 5, x, 2, out);
  },
  batch(rows) {
    const n = rows.length;
    const width = 5 + 2 * (rows[0].length - 2);
    const logN = Float64Array.from(rows, (x) => Math.log(x[0]));
    const logD = Float64Array.from(rows, (x) => Math.log(x[1]));
    // Where no run says its model size, its power is 0, as power has it.
    const sized = logN[0] < Infinity;
    const mixture = mixtureBatch(rows, 5, 2);
    const byN = new Float64Array(n);
    const byD = new Float64Array(n);
    let a = 0;
    let b = 0;
    return {
      predict(theta, predictions) {
        const e = theta[0];
        a = theta[1];
        b = theta[2];
        if (sized) exponentials(logN, -theta[3], byN);
        exponentials(logD, -theta[4], byD);
        for (let i = 0; i < n; i++) predictions[i] = e + a * byN[i] + b * byD[i];
        mixture.predict(theta, predictions);
      },
      derive(derivatives) {
        for (let i = 0, at = 0; i < n; i++, at += width) {
          derivatives[at] = 1;
          derivatives[at + 1] = byN[i];
          derivatives[at + 2] = byD[i];
          derivatives[at + 3] = byN[i] === 0 ? 0 : -a * byN[i] * logN[i];
          derivatives[at + 4] = -b * byD[i] * logD[i];
        }
        mixture.derive(derivatives, width);
      }
    };
  },
  starts: ({varies}, rows, y) =>
    shukorStarts(rows, y, {byTier: false, n: varies.has("n"), d: varies.has("d")}).map(
      ({E, A, B, alpha, beta, C, gamma}) => [E, ...A, ...B, alpha, beta, ...C, ...C.map(() => gamma)]
    )
};

/** x^−p; 0 for a model size that is not given, which stands as Infinity. */
function power(x: number, p: number): number {
  return x === Infinity ? 0 : x ** -p;
}
