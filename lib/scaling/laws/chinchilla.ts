import {exponentials} from "../../stats/exponentials.js";
import type {Law} from "../law.js";
import {powerExponents} from "./powerLaw.js";

const as = [0, 5, 10, 15, 20, 25];
const es = [-1, -0.5, 0, 0.5, 1];
const exponents = [0, 0.5, 1, 1.5, 2];

/**
 * E + A / N^alpha + B / D^beta: loss by model size and training tokens.
 *
 * Source: Hoffmann et al. (2022), arXiv:2203.15556, section 3.3; the grid of 4,500 starts is that of Besiroglu et al.
 * (2024), arXiv:2404.10102.
 */
export const chinchilla: Law = {
  id: "chinchilla",
  title: "Chinchilla",
  formula: "E + A / N^alpha + B / D^beta",
  source: "Hoffmann et al. (2022), arXiv:2203.15556, approach 3",
  reads: ["n", "d"],
  of: "loss",
  parameters: () => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "A", unit: "target · parameters^alpha", bounds: [0, 1e60], scale: "log"},
    {name: "B", unit: "target · tokens^beta", bounds: [0, 1e60], scale: "log"},
    {name: "alpha", unit: "1", bounds: [0, 5]},
    {name: "beta", unit: "1", bounds: [0, 5]}
  ],
  predict: ([e, a, b, alpha, beta]: number[], [n, d]: number[]) => e + a * n ** -alpha + b * d ** -beta,
  gradient(theta, x, out) {
    const byN = Math.exp(-theta[3] * Math.log(x[0]));
    const byD = Math.exp(-theta[4] * Math.log(x[1]));
    out[0] = 1;
    out[1] = byN;
    out[2] = byD;
    out[3] = -theta[1] * byN * Math.log(x[0]);
    out[4] = -theta[2] * byD * Math.log(x[1]);
    return theta[0] + theta[1] * byN + theta[2] * byD;
  },
  batch(rows) {
    const logN = Float64Array.from(rows, (x) => Math.log(x[0]));
    const logD = Float64Array.from(rows, (x) => Math.log(x[1]));
    const byN = new Float64Array(rows.length);
    const byD = new Float64Array(rows.length);
    let [a, b] = [0, 0];
    return {
      predict(theta, predictions) {
        const e = theta[0];
        a = theta[1];
        b = theta[2];
        exponentials(logN, -theta[3], byN);
        exponentials(logD, -theta[4], byD);
        for (let i = 0; i < byN.length; i++) predictions[i] = e + a * byN[i] + b * byD[i];
      },
      derive(derivatives) {
        for (let i = 0, at = 0; i < byN.length; i++, at += 5) {
          derivatives[at] = 1;
          derivatives[at + 1] = byN[i];
          derivatives[at + 2] = byD[i];
          derivatives[at + 3] = -a * byN[i] * logN[i];
          derivatives[at + 4] = -b * byD[i] * logD[i];
        }
      }
    };
  },
  starts: () =>
    as.flatMap((a) =>
      as.flatMap((b) =>
        es.flatMap((e) =>
          exponents.flatMap((alpha) => exponents.map((beta) => [Math.exp(e), Math.exp(a), Math.exp(b), alpha, beta]))
        )
      )
    ),
  linear: {
    shape: 2,
    nonNegative: true,
    continuous: true,
    basis: ([n, d]: number[], [alpha, beta]: number[]) => [1, n ** -alpha, d ** -beta],
    shapes: () => powerExponents.flatMap((alpha) => powerExponents.map((beta) => [alpha, beta]))
  }
};
