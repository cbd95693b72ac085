import {nnls} from "../../stats/nnls.js";
import type {Context} from "../law.js";

/** A start of Shukor's laws: one exponent for both scales, one for all tiers. */
export interface ShukorStart {
  readonly E: number;
  readonly A: number;
  readonly B: number;
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
 */
export function shukorStarts(
  {varies}: Context,
  rows: readonly ArrayLike<number>[],
  y: ArrayLike<number>
): ShukorStart[] {
  const [hasN, hasD] = [varies.has("n"), varies.has("d")];
  const exponents = [0.2, 0.35, 0.5];
  const scales = (hasN ? exponents : [0]).flatMap((alpha) =>
    (hasD ? exponents : [0]).map((beta) => {
      const basis = rows.map((x) => [1, hasN ? x[0] ** -alpha : 0, hasD ? x[1] ** -beta : 0]);
      return {alpha, beta, ...nnls(basis, y)};
    })
  );
  const {
    alpha,
    beta,
    x: [, A, B]
  } = scales.reduce((best, one) => (one.residual < best.residual ? one : best));
  const rest = Array.from(
    y,
    (v, i) => v - (hasN ? A * rows[i][0] ** -alpha : 0) - (hasD ? B * rows[i][1] ** -beta : 0)
  );
  const low = rest.reduce((a, b) => Math.min(a, b));
  const range = rest.reduce((a, b) => Math.max(a, b)) - low || Math.abs(low) || 1;
  const positive = (v: number): number => Math.max(v, 1e-3 * range);
  return [0.1, 0.5, 2].flatMap((reach) => {
    const E = positive(low - reach * range);
    const reciprocal = rest.map((v) => 1 / Math.max(v - E, 0.05 * range));
    return [0.1, 0.3, 0.8].map((gamma): ShukorStart => {
      const shares = rows.map((x) =>
        Array.from(x)
          .slice(2)
          .map((w) => w ** gamma)
      );
      const {x: C} = nnls(shares, reciprocal);
      const most = C.reduce((a, b) => Math.max(a, b), 0) || 1 / range;
      return {
        E,
        A: hasN ? positive(A) : 0,
        B: hasD ? positive(B) : 0,
        alpha,
        beta,
        C: Array.from(C, (c) => Math.max(c, 1e-2 * most)),
        gamma
      };
    });
  });
}
