/**
 * The mean of the lowest `percent` of the values, of one value at least.
 *
 * @param values not empty
 * @param percent in (0, 100]
 * Source: Shi et al. (2024), arXiv:2310.16789, equation 1.
 */
export function lowestMean(values: Float64Array, percent: number): number {
  if (!(percent > 0 && percent <= 100)) throw new RangeError(`expected a percentage in (0, 100], got ${percent}`);
  if (values.length === 0) throw new RangeError("expected at least one value, got none");
  const sorted = Float64Array.from(values).sort();
  const count = Math.max(1, Math.floor((values.length * percent) / 100));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i];
  return sum / count;
}
