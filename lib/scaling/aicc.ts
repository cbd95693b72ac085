/**
 * Akaike's criterion for least squares, corrected for few runs; null where the runs are too few for it.
 *
 * @param residual weighted residual sum of squares
 * @param n runs
 * @param k coefficients, the shape's that were estimated and the residual variance among them
 * @param floor residual that counts as none, so that a perfect fit is finite
 * Source: Hurvich & Tsai (1989), doi:10.1093/biomet/76.2.297.
 */
export function aicc(residual: number, n: number, k: number, floor = 0): number | null {
  if (n - k - 1 <= 0) return null;
  return (
    n * (Math.log(Math.max(residual, floor, Number.MIN_VALUE)) - Math.log(n)) + 2 * k + (2 * k * (k + 1)) / (n - k - 1)
  );
}
