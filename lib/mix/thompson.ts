import type {Aim} from "./goal.js";
import {slopeOf, type Best} from "./best.js";
import {lossCurvature} from "./loss.js";
import {createSearcher, insideCurved, type Search} from "./search.js";
import type {Solver} from "./solver.js";

/** How many of the local optima of the fit itself each draw's search starts from, where it is not convex. */
const starts = 4;

/**
 * The best mix of each bootstrap draw, under the same rules: one linear program a draw where the goal is linear, else
 * one search a draw, from near the optimum of the fit; where the goal is not convex, from several local optima.
 *
 * Source: Thompson (1933), doi:10.1093/biomet/25.3-4.285: to choose by the draws' optima is to choose each mix with the
 * probability that it is the best.
 */
export function drawOptima(search: Search, aim: Aim, found: Best, solver: Solver, draws: number): Float64Array[] {
  const {space, curved, lambda} = search;
  const of = (b: number): Search => ({...search, goal: aim.draw(b)});
  if (draws === 0 || space.flat.free.length === 0) return Array.from({length: draws}, () => space.inside);
  const first = of(0);
  if (
    first.goal.kind === "loss" &&
    lambda === 0 &&
    curved.length === 0 &&
    lossCurvature(first.goal.losses[0]) === "linear"
  )
    return solver
      .many(
        space.bands,
        Array.from({length: draws}, (_, b) => slopeOf(of(b)))
      )
      .map((solution) => solution!.x.map((v) => Math.max(0, v)));
  const inside = insideCurved(space, curved) ?? space.inside;
  const near = found.starts.slice(0, starts).map((w) =>
    // Inside by a tenth of the way: a start on the edge would have to crawl along it.
    w.map((v, j) => v + 0.1 * (inside[j] - v))
  );
  const {scale} = createSearcher(search);
  return Array.from({length: draws}, (_, b) => {
    const searcher = createSearcher(of(b), scale);
    return near
      .map((start) => searcher.from(start, near.length > 1 ? 0.02 : 0.1))
      .reduce((a, other) => (other.value < a.value ? other : a)).w;
  });
}

/** Mean and standard deviation of mixes, weight by weight. */
export function spread(mixes: readonly ArrayLike<number>[], n: number): {mean: number[]; sd: number[]} {
  const mean = Array.from({length: n}, (_, j) => mixes.reduce((sum, w) => sum + w[j], 0) / mixes.length);
  const sd = mean.map((m, j) =>
    Math.sqrt(mixes.reduce((sum, w) => sum + (w[j] - m) ** 2, 0) / Math.max(1, mixes.length - 1))
  );
  return {mean, sd};
}
