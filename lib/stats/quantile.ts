/**
 * The quantile of sorted values by linear interpolation (R-7, the default of R, NumPy and d3).
 *
 * @param sorted ascending, not empty
 * @param p in [0, 1]
 * @throws RangeError if there are no values or p is outside [0, 1]
 * Source: Hyndman & Fan (1996), doi:10.2307/2684934, definition 7.
 */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) throw new RangeError("expected at least one value, got none");
  if (!(p >= 0 && p <= 1)) throw new RangeError(`expected a probability in [0, 1], got ${p}`);
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}

/**
 * The equal-tailed interval that holds `level` of the draws.
 *
 * @param draws in any order, not empty; left as they are
 * @param level in (0, 1), e.g. 0.95
 */
export function quantileInterval(draws: ArrayLike<number>, level = 0.95): [number, number] {
  if (!(level > 0 && level < 1)) throw new RangeError(`expected a level in (0, 1), got ${level}`);
  const sorted = Float64Array.from(draws).sort();
  return [quantile(sorted, (1 - level) / 2), quantile(sorted, (1 + level) / 2)];
}
