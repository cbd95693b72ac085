import {leastSquares} from "../stats/leastSquares.js";
import {tiers} from "../schema/tier.js";

/**
 * The share of generated tokens within each tier, from runs that give the shares of the tiers and the synthetic share
 * they come to: synthetic = Σ share_t · generated_t. Tiers that no run used are left out, but T0, which is 0 by
 * definition.
 *
 * @param shares by run, in the order of the tiers
 * @returns null where a run lacks a share, or the shares do not explain the synthetic shares to 0.005
 */
export function syntheticByTier(
  shares: readonly (readonly (number | null)[])[],
  synthetic: readonly unknown[]
): Record<string, number> | null {
  const target: number[] = [];
  const rows: number[][] = [];
  for (const [i, run] of shares.entries()) {
    const share = synthetic[i];
    if (typeof share !== "number" || run.every((v) => v === null)) return null;
    rows.push(run.slice(1).map((v) => v ?? 0));
    target.push(share);
  }
  if (rows.length === 0) return null;
  const design = leastSquares(rows);
  const solved = design.solve(target);
  if (Math.sqrt(design.residual(target) / rows.length) > 0.005) return null;
  return Object.fromEntries([
    [tiers[0], 0],
    ...tiers.slice(1).flatMap((tier, i) => (design.estimable[i] ? [[tier, Math.min(1, Math.max(0, solved[i]))]] : []))
  ]) as Record<string, number>;
}
