import {plateau} from "../scaling/plateau.js";
import {createPrediction} from "../scaling/prediction.js";
import {search} from "./climb.js";
import {linearProgram} from "./linearProgram.js";
import {nearest} from "./nearest.js";
import type {Optimum, Search} from "./optimize.js";

/** Shares that the plateau is looked for at. */
const steps = 50;

/**
 * The best mix for a law over the synthetic share: the best share that the rules allow, and of all mixes with that
 * share the one nearest to the reference.
 */
export function bestShare({fit, tiers, rows, reference}: Search): Optimum {
  const prediction = createPrediction(fit);
  const a = tiers.map((tier) => fit.syntheticByTier?.[tier] ?? 0);
  const at = (weights: readonly number[]) => weights.reduce((sum, w, i) => sum + w * a[i], 0);
  const low = at(linearProgram(a, rows)!);
  const high = at(
    linearProgram(
      a.map((v) => -v),
      rows
    )!
  );
  const mixAt = (share: number) => nearest([...rows, {a, bound: share, equal: true}], reference);
  const sign = fit.lowerIsBetter ? 1 : -1;
  const value = (share: number) => prediction.value([share]);
  const flat = fit.law === "constant" || high - low < 1e-9;
  const free = flat ? nearest(rows, reference) : null;
  const best = free === null ? low + leastOn((t) => sign * value(low + t), high - low) : at(free);
  const shares = Array.from({length: steps + 1}, (_, i) => low + ((high - low) * i) / steps);
  const kept = plateau(fit, [
    [best],
    ...(high - low < 1e-9 ? [] : shares.filter((s) => Math.abs(s - best) > 1e-9).map((s) => [s]))
  ]);
  const end = best - low < 1e-6 ? "lowest" : high - best < 1e-6 ? "highest" : null;
  return {
    weights: free ?? mixAt(best),
    value: value(best),
    plateau: kept
      .toSorted((p, q) => p.x[0] - q.x[0])
      .map((point) => ({weights: mixAt(point.x[0]), value: point.value, probability: point.probability})),
    edge: flat
      ? "undecided: the fit sees no difference between mixes, the reference decides"
      : end === null
        ? null
        : `corner: synthetic share ${Number(best.toFixed(4))}, the ${end} that is allowed`
  };
}

/** The t in [0, most] with the least value, for a curve with few valleys: a fine look, then golden sections. */
function leastOn(f: (t: number) => number, most: number): number {
  const cells = 400;
  let at = 0;
  for (let i = 1; i <= cells; i++) if (f((most * i) / cells) < f((most * at) / cells)) at = i;
  const from = (most * Math.max(0, at - 1)) / cells;
  const to = (most * Math.min(cells, at + 1)) / cells;
  const found = from + search((t) => f(from + t), to - from);
  return f((most * at) / cells) <= f(found) ? (most * at) / cells : found;
}
