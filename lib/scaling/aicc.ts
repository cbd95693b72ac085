/**
 * Akaike's criterion corrected for few runs; null where the runs are too few for it.
 *
 * @param deviance −2 log likelihood
 * @param n runs
 * @param k coefficients, the size of the error and those of a shape that was searched among them
 * Source: Hurvich & Tsai (1989), doi:10.1093/biomet/76.2.297.
 */
export function aicc(deviance: number, n: number, k: number): number | null {
  return n - k - 1 <= 0 ? null : deviance + 2 * k + (2 * k * (k + 1)) / (n - k - 1);
}
