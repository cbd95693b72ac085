import {normalProbability, probit} from "./probit.js";
import {quantile} from "./quantile.js";

/**
 * The bias-corrected and accelerated interval: percentiles of the draws, moved by how far their middle lies from the
 * estimate and by how the error's size changes with the value.
 *
 * @param draws bootstrap values, not empty
 * @param jackknife the estimate with one run left out, run by run, for the acceleration
 * @param level in (0, 1)
 * Source: Efron (1987), doi:10.1080/01621459.1987.10478410; Efron & Tibshirani (1993), section 14.3.
 */
export function bcaInterval(
  draws: ArrayLike<number>,
  estimate: number,
  jackknife: ArrayLike<number>,
  level = 0.95
): [number, number] {
  if (!(level > 0 && level < 1)) throw new RangeError(`expected a level in (0, 1), got ${level}`);
  const sorted = Float64Array.from(draws).sort();
  let below = 0;
  for (const v of sorted) below += v < estimate ? 1 : v === estimate ? 0.5 : 0;
  // A share of 0 or 1 would be an infinite correction: half a draw at least lies on either side.
  const edge = Math.max(1e-6, 0.5 / sorted.length);
  const bias = probit(Math.min(1 - edge, Math.max(edge, below / sorted.length)));
  const acceleration = accelerationOf(jackknife);
  const at = (p: number) => {
    const z = bias + probit(p);
    const moved = normalProbability(bias + z / Math.max(1e-9, 1 - acceleration * z));
    return quantile(sorted, Math.min(1, Math.max(0, moved)));
  };
  return [at((1 - level) / 2), at((1 + level) / 2)];
}

/** A sixth of the skewness of what leaving out runs does. */
export function accelerationOf(jackknife: ArrayLike<number>): number {
  const n = jackknife.length;
  if (n === 0) return 0;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += jackknife[i] / n;
  let squares = 0;
  let cubes = 0;
  for (let i = 0; i < n; i++) {
    const gap = mean - jackknife[i];
    squares += gap * gap;
    cubes += gap ** 3;
  }
  const value = cubes / (6 * squares ** 1.5);
  return Number.isFinite(value) ? value : 0;
}
