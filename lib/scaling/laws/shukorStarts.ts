import {nnls} from "../../stats/nnls.js";

/** A start of Shukor's laws: one exponent for all tiers. */
export interface ShukorStart {
  readonly E: number;
  /** one for all tiers, or one a tier */
  readonly A: readonly number[];
  readonly B: readonly number[];
  readonly alpha: number;
  readonly beta: number;
  readonly C: readonly number[];
  readonly gamma: number;
}

/**
 * Starts of Shukor's laws, solved for where they are linear: first E, A and B at the exponents that fit best, without
 * the mix; then the reciprocal of what is left, which is linear in C once gamma is known.
 *
 * @param rows n, d, then the shares
 * @param options.byTier whether A and B differ between tiers
 * @param options.n whether model size has a term; options.d likewise
 */
export function shukorStarts(
  rows: readonly ArrayLike<number>[],
  y: ArrayLike<number>,
  {byTier, n, d}: {byTier: boolean; n: boolean; d: boolean}
): ShukorStart[] {
  const shares = rows.map((x) => Array.from(x).slice(2));
  const wide = byTier ? shares[0].length : 1;
  const exponents = [0.2, 0.35, 0.5];
  const scales = (n ? exponents : [0]).flatMap((alpha) =>
    (d ? exponents : [0]).map((beta) => {
      const basis = rows.map((x, i) => {
        const by = byTier ? shares[i] : [1];
        return [...by.map((w) => (n ? w * x[0] ** -alpha : 0)), ...by.map((w) => (d ? w * x[1] ** -beta : 0)), 1];
      });
      return {alpha, beta, basis, ...nnls(basis, y)};
    })
  );
  const {alpha, beta, basis, x} = scales.reduce((best, one) => (one.residual < best.residual ? one : best));
  const rest = Array.from(y, (v, i) => v - basis[i].reduce((sum, b, j) => sum + (j < 2 * wide ? b * x[j] : 0), 0));
  const low = rest.reduce((a, b) => Math.min(a, b));
  const range = rest.reduce((a, b) => Math.max(a, b)) - low || Math.abs(low) || 1;
  const A = n ? apart(x.slice(0, wide), range) : [0];
  const B = d ? apart(x.slice(wide, 2 * wide), range) : [0];
  return [0.1, 0.5, 2].flatMap((reach) => {
    const E = Math.max(low - reach * range, 1e-3 * range);
    const reciprocal = rest.map((v) => 1 / Math.max(v - E, 0.05 * range));
    return [0.1, 0.3, 0.8].map((gamma): ShukorStart => {
      const found = nnls(
        shares.map((row) => row.map((w) => w ** gamma)),
        reciprocal
      );
      return {E, A, B, alpha, beta, C: apart(found.x, 1 / range), gamma};
    });
  });
}

/** Coefficients made positive, and apart from each other: where all are equal nothing tells how they are averaged. */
function apart(coefficients: ArrayLike<number>, scale: number): number[] {
  const values = Array.from(coefficients);
  const most = values.reduce((a, b) => Math.max(a, b), 0) || scale;
  return values.map((v, t) => Math.max(v, 1e-2 * most) * (1 + 0.02 * t));
}
