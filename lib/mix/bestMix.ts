import {plateau} from "../scaling/plateau.js";
import {createPrediction} from "../scaling/prediction.js";
import {createRandom} from "../text/random.js";
import {blends, corners, lattice} from "./candidates.js";
import {climb} from "./climb.js";
import {linearProgram} from "./linearProgram.js";
import {nearest} from "./nearest.js";
import type {Optimum, Search} from "./optimize.js";

/** Mixes that a plateau lists at most. */
const listed = 60;

/**
 * The best mix for a law over the shares of the tiers: one linear program where the law is linear, else the best of
 * pairwise Frank–Wolfe from every corner.
 */
export function bestMix({fit, tiers, rows, reference}: Search): Optimum {
  const n = tiers.length;
  const prediction = createPrediction(fit);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const f = (w: readonly number[]) => sign * prediction.value(w);
  const random = createRandom("best-mix", n);
  const vertices = corners(rows, n, {random, directions: 4 * n});
  let best: readonly number[];
  if (fit.law === "constant") best = nearest(rows, reference);
  else if (fit.law === "mix-linear")
    best = linearProgram(
      fit.inputs.map((name) => sign * fit.coefficients[`b[${name}]`].value),
      rows
    )!;
  else
    best = vertices
      .map((start) => climb(f, rows, start))
      // A later start has to be better by more than rounding, so that ties fall the same way everywhere.
      .reduce((a, b) => (b.value < a.value - 1e-12 * (1 + Math.abs(a.value)) ? b : a)).x;
  const grid = n <= 5 ? lattice(rows, n, n <= 3 ? 20 : 10) : [];
  const others = grid.length >= 30 ? grid : [...vertices, ...blends(vertices, 300, random)];
  // A plateau is often narrower than the lattice: look close to the best as well.
  const near = vertices.flatMap((v) => [0.02, 0.05, 0.1, 0.2].map((t) => best.map((b, i) => b + t * (v[i] - b))));
  const points = plateau(fit, [best, ...near, ...others])
    .toSorted((p, q) => q.probability - p.probability || sign * (p.value - q.value))
    .map(({x, ...point}) => ({weights: x, ...point}));
  const bottom = points.find((point) => point.weights === best)!;
  return {
    weights: best,
    value: prediction.value(best),
    plateau: [bottom, ...points.filter((point) => point !== bottom).slice(0, listed - 1)],
    edge:
      fit.law === "constant"
        ? "undecided: the fit sees no difference between mixes, the reference decides"
        : edge(best, rows, tiers)
  };
}

/** The edge of the polytope that a mix lies on: a corner where it has no freedom left. */
function edge(w: readonly number[], rows: Search["rows"], tiers: readonly string[]): string | null {
  const zeros = tiers.filter((_, i) => w[i] < 1e-6).map((tier) => `${tier} = 0`);
  const tight = rows.filter(({a, bound, equal}) => !equal && bound - a.reduce((sum, v, i) => sum + v * w[i], 0) < 1e-6);
  // A row that only says that a weight is not negative is the zero itself.
  const more = tight.filter(({a, bound}) => bound !== 0 || a.filter((v) => v !== 0).length > 1).length;
  if (zeros.length + more === 0) return null;
  const name = zeros.length + more >= w.length - 1 ? "corner" : "face";
  return zeros.length === 0 ? name : `${name}: ${zeros.join(", ")}`;
}
