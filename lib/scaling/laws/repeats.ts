import type {Law} from "../law.js";
import {linearStarts} from "../linearStarts.js";

/**
 * E + A / N'^alpha + B / D'^beta: loss when tokens are repeated. D' = U + U R_D* (1 − e^(−R_D / R_D*)) counts what
 * D = (1 + R_D) U tokens over U distinct ones are worth in distinct ones; N' counts parameters in excess of those that
 * are optimal for U tokens alike, with R_N*.
 *
 * The optimum N_opt(U) follows from A, B, alpha and beta themselves, (alpha A / (beta B) · U^beta)^(1/alpha), and moves
 * with them while they are fitted: the gradient has that part too. R_D* is often not told by runs: its profile says so.
 */
export const repeats: Law = {
  id: "repeats",
  title: "Repeated data",
  formula: "E + A / N'^alpha + B / D'^beta, D' = U + U R_D* (1 − e^(−R_D / R_D*)), R_D = D / U − 1, N' alike",
  source: "Muennighoff et al. (2023), arXiv:2305.16264",
  reads: ["n", "d", "u"],
  of: "loss",
  parameters: () => [
    {name: "E", unit: "target", bounds: [0, 1e9], scale: "log"},
    {name: "A", unit: "target · parameters^alpha", bounds: [0, 1e60], scale: "log"},
    {name: "B", unit: "target · tokens^beta", bounds: [0, 1e60], scale: "log"},
    {name: "alpha", unit: "1", bounds: [0, 5], scale: "log"},
    {name: "beta", unit: "1", bounds: [0, 5], scale: "log"},
    {name: "R_D*", unit: "repeats", bounds: [1e-3, 1e6], scale: "log"},
    {name: "R_N*", unit: "repeats", bounds: [1e-3, 1e6], scale: "log"}
  ],
  predict(theta, x) {
    const [n, d] = effective(theta, x);
    return theta[0] + theta[1] * Math.exp(-theta[3] * Math.log(n)) + theta[2] * Math.exp(-theta[4] * Math.log(d));
  },
  gradient(theta, x, out) {
    const [, a, b, alpha, beta, rd, rn] = theta as number[];
    const u = Math.min(x[1], x[2]);
    const [n, d, un] = effective(theta, x);
    const [logN, logD] = [Math.log(n), Math.log(d)];
    const [byN, byD] = [Math.exp(-alpha * logN), Math.exp(-beta * logD)];
    out[0] = 1;
    out[1] = byN;
    out[2] = byD;
    out[3] = -a * byN * logN;
    out[4] = -b * byD * logD;
    out[5] = ((-beta * b * byD) / d) * u * worthSlope(x[1] / u - 1, rd);
    out[6] = ((-alpha * a * byN) / n) * un * worthSlope(x[0] / un - 1, rn);
    if (un < x[0]) {
      // ∂N' / ∂U_N at fixed N, through R_N = N / U_N − 1, times ∂U_N by each of A, B, alpha and beta.
      const repeated = x[0] / un - 1;
      const byUn = 1 + worth(repeated, rn) - (x[0] / un) * Math.exp(-repeated / rn);
      const slope = ((-alpha * a * byN) / n) * byUn * (un / alpha);
      out[1] += slope / a;
      out[2] -= slope / b;
      out[3] += slope * (1 / alpha - Math.log(un));
      out[4] += slope * (Math.log(u) - 1 / beta);
    }
    return theta[0] + a * byN + b * byD;
  },
  starts(context, rows, y) {
    const fresh = (x: ArrayLike<number>, [exponent]: number[]): number[] => [
      1,
      x[0] ** -exponent,
      Math.min(x[1], 5 * x[2]) ** -exponent
    ];
    const shapes = [0.2, 0.3, 0.4, 0.5].map((exponent) => [exponent]);
    const plain = linearStarts(
      {shape: 1, nonNegative: true, basis: (x, shape) => fresh(x, shape as number[]), shapes: () => shapes},
      repeats.parameters(context).slice(0, 3),
      shapes,
      rows,
      y
    );
    return plain.flatMap(([e, a, b, exponent]) =>
      [5, 15, 50].flatMap((rd) => [2, 6, 20].map((rn) => [e, a, b, exponent, exponent, rd, rn]))
    );
  }
};

/** N', D' and U_N. */
function effective(theta: ArrayLike<number>, x: ArrayLike<number>): [number, number, number] {
  const [, a, b, alpha, beta, rd, rn] = theta as number[];
  const u = Math.min(x[1], x[2]);
  const optimal = Math.exp((Math.log((alpha * a) / (beta * b)) + beta * Math.log(u)) / alpha);
  const un = Math.min(x[0], optimal);
  return [un * (1 + worth(x[0] / un - 1, rn)), u * (1 + worth(x[1] / u - 1, rd)), un];
}

/** What r repeats are worth in fresh passes: r* (1 − e^(−r / r*)). */
function worth(r: number, star: number): number {
  return -star * Math.expm1(-r / star);
}

/** Its derivative by r*. */
function worthSlope(r: number, star: number): number {
  return -Math.expm1(-r / star) - (r / star) * Math.exp(-r / star);
}
