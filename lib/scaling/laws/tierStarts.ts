import {leastSquares} from "../../stats/leastSquares.js";
import type {Law, Parameter} from "../law.js";
import {tierPlaces as at} from "./tierPlaces.js";

/** Values of the coefficients that enter by a power, on a coarse grid. */
const grid = {alpha: [0.2, 0.5], beta: [0.1, 0.3, 0.7], rho: [0.4, 1], R: [5, 30], quality: [0, 0.5, 1]};

/**
 * Where to search for a tier law: of a grid of shapes, each with the best E, A, B and kappa for it by least squares, the
 * eight that fit best. Qualities of the tiers are read from a regression of the target on shares and logarithms of N and
 * D, and halved, and left at 1.
 */
export function tierStarts(
  law: Law,
  parameters: readonly Parameter[],
  {rows, y, collapse}: {rows: readonly ArrayLike<number>[]; y: ArrayLike<number>; collapse: boolean}
): number[][] {
  const tiers = (rows[0].length - 2) / 2;
  const free = (place: number) => parameters[place].fixed === undefined;
  const choices = (place: number, values: readonly number[]) => (free(place) ? values : [parameters[place].fixed!]);
  const worth = qualities(parameters, rows, y);
  const linear = [at.E, at.A, at.B, ...(collapse ? [at.q + tiers] : [])].filter(free);
  const spread = Math.max(...Array.from(y)) - Math.min(...Array.from(y)) || 1;
  const out = new Float64Array(parameters.length);
  const found: {theta: number[]; residual: number}[] = [];
  for (const alpha of choices(at.alpha, grid.alpha))
    for (const beta of choices(at.beta, grid.beta))
      for (const rho of choices(at.rho, grid.rho))
        for (const epochs of choices(at.R, grid.R))
          for (const by of tiers > 1 && free(at.q + 1) ? grid.quality : [0]) {
            const theta = parameters.map(({fixed}) => fixed ?? 0);
            [theta[at.alpha], theta[at.beta], theta[at.rho], theta[at.R]] = [alpha, beta, rho, epochs];
            for (let j = 0; j < tiers; j++) if (free(at.q + j)) theta[at.q + j] = Math.exp(by * worth[j]);
            for (const place of linear) theta[place] = 1;
            const design = rows.map((x) => {
              law.gradient(theta, x, out);
              return linear.map((place) => out[place]);
            });
            if (!design.every((row) => row.every(Number.isFinite))) continue;
            const solved = leastSquares(design).solve(y);
            for (const [i, place] of linear.entries())
              theta[place] = parameters[place].scale === "log" ? Math.max(solved[i], 0.02 * spread) : solved[i];
            let residual = 0;
            for (const [i, x] of rows.entries()) residual += (law.predict(theta, x) - y[i]) ** 2;
            found.push({theta, residual});
          }
  // Of equal residuals the first stays first: sorting is stable.
  return found
    .sort((a, b) => a.residual - b.residual)
    .slice(0, 8)
    .map(({theta}) => theta);
}

/** Logarithms of the tiers' worth against the first's, from a regression; 0 where the runs do not say. */
function qualities(
  parameters: readonly Parameter[],
  rows: readonly ArrayLike<number>[],
  y: ArrayLike<number>
): number[] {
  const tiers = (rows[0].length - 2) / 2;
  const sized = parameters[at.A].fixed === undefined;
  const dosed = parameters[at.scale].fixed !== 0;
  const design = leastSquares(
    rows.map((x) => [
      ...Array.from({length: tiers}, (_, j) => x[2 + j]),
      ...(sized ? [Math.log(x[0])] : []),
      ...(dosed ? [Math.log(x[1])] : [])
    ])
  );
  const solved = design.solve(y);
  const sign = parameters[at.sign].fixed!;
  const better = Array.from({length: tiers}, (_, j) => -sign * (solved[j] - solved[0]));
  const most = better.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const byTokens = dosed ? -sign * solved[solved.length - 1] : 0;
  // A tier's worth in tokens: how much log D would have to grow for the same gain. Without D only the order is known.
  const unit = byTokens > 0 ? byTokens : most / 2;
  return better.map((v) => (unit > 0 ? Math.max(-4, Math.min(4, v / unit)) : 0));
}
