import {leastSquares} from "../stats/leastSquares.js";

/**
 * Inputs that are bound to each other in every mix, beyond shares that sum to 1 and shares that never change; empty
 * where there are none. No law can tell such inputs apart.
 *
 * @param xs one mix a row
 */
export function collinear(xs: readonly (readonly number[])[], inputs: readonly string[]): string[] {
  const varying = inputs.map((_, j) => j).filter((j) => xs.some((x) => Math.abs(x[j] - xs[0][j]) > 1e-9));
  if (varying.length < 3) return [];
  const means = varying.map((j) => xs.reduce((sum, x) => sum + x[j], 0) / xs.length);
  // The last varying share follows from the others; without it a full rank means that nothing else is bound.
  const free = varying.slice(0, -1);
  const design = leastSquares(xs.map((x) => free.map((j, i) => x[j] - means[i])));
  return design.rank === free.length ? [] : free.filter((_, i) => !design.estimable[i]).map((j) => inputs[j]);
}
