import {linearProgram, type Row} from "./linearProgram.js";

/**
 * The mix that meets every row and is nearest to a reference in relative entropy Σ w log(w / q).
 *
 * Bregman's cyclic projections: each row in turn is met exactly by multiplying the weights, and an inequality gives
 * back what it took once others have made it slack. Weights that the rows force to zero are taken out first.
 *
 * @param rows that some weights meet, the simplex among them
 * @param reference by weight, not negative; zeros are read as 1e-6 of the total
 * @throws RangeError if no weights meet the rows
 * Source: Bregman (1967), doi:10.1016/0041-5553(67)90040-7; Dykstra's form for inequalities, as in Boyle (1986).
 */
export function nearest(rows: readonly Row[], reference: readonly number[]): number[] {
  const n = reference.length;
  const total = reference.reduce((a, b) => a + b, 0);
  if (!(total > 0)) throw new RangeError("expected a reference mix with a positive weight, got none");
  const live = reference.map((_, j) => {
    const corner = linearProgram(
      reference.map((__, i) => (i === j ? -1 : 0)),
      rows
    );
    if (corner === null) throw new RangeError("expected weights that meet every rule, found none");
    return corner[j] > 1e-9;
  });
  const w = reference.map((q, j) => (live[j] ? Math.max(q / total, 1e-6) : 0));
  const multipliers = rows.map(() => 0);
  for (let cycle = 0; cycle < 20_000; cycle++) {
    let moved = 0;
    for (const [r, row] of rows.entries()) {
      const step = solveStep(row, w);
      const next = row.equal ? multipliers[r] + step : Math.max(0, multipliers[r] + step);
      const by = next - multipliers[r];
      multipliers[r] = next;
      if (by === 0) continue;
      for (let j = 0; j < n; j++) {
        const value = w[j] * Math.exp(-row.a[j] * by);
        moved = Math.max(moved, Math.abs(value - w[j]));
        w[j] = value;
      }
    }
    if (moved < 1e-13) break;
  }
  const sum = w.reduce((a, b) => a + b, 0);
  return w.map((v) => v / sum);
}

/** The t at which Σ a_j w_j exp(−a_j t) is the bound; it falls with t. */
function solveStep({a, bound}: Row, w: readonly number[]): number {
  const excess = (t: number) => a.reduce((sum, v, j) => sum + (w[j] > 0 ? v * w[j] * Math.exp(-v * t) : 0), -bound);
  let low = -1;
  let high = 1;
  while (excess(low) < 0 && low > -500) low *= 2;
  while (excess(high) > 0 && high < 500) high *= 2;
  for (let i = 0; i < 100 && high - low > 1e-15 * (1 + Math.abs(low)); i++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
