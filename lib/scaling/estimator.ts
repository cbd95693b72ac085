import type {LeastSquares} from "../stats/leastSquares.js";
import {leastSquares} from "../stats/leastSquares.js";
import type {Context, Law} from "./law.js";
import type {Mix} from "./mixes.js";

/** A law made ready for a set of mixes: to be solved for any values measured at them. */
export interface Estimator {
  readonly law: Law;
  /** rank of the design plus the coefficients of the shape that are estimated */
  readonly k: number;
  /** @param means one value a mix */
  solve(means: ArrayLike<number>): Estimate;
}

/** What least squares says of a law at a set of mixes. */
export interface Estimate {
  /** in the order of the law's parameters */
  readonly coefficients: number[];
  /** weighted residual sum of squares between the mixes */
  readonly residual: number;
  /** the design at the best shape */
  readonly design: LeastSquares;
}

/**
 * Fits a law that is linear but for its shape: least squares at each shape of the grid, the best kept (variable
 * projection). The designs do not depend on the values, so that a bootstrap solves in a fraction of a millisecond.
 *
 * @param mixes with their weights; the values come later
 * Source: Golub & Pereyra (1973), doi:10.1137/0710036, with the outer search on a grid.
 */
export function createEstimator(law: Law, mixes: readonly Pick<Mix, "x" | "weight">[], context: Context): Estimator {
  const shapes = law.linear!.shapes(context);
  if (shapes.length === 0) throw new RangeError(`${law.id}: expected a known knot inside (0, 1), got none`);
  const roots = mixes.map((mix) => Math.sqrt(mix.weight));
  const designs = shapes.map((shape) =>
    leastSquares(mixes.map((mix, i) => law.linear!.basis(mix.x, shape).map((v) => v * roots[i])))
  );
  return {
    law,
    k: Math.max(...designs.map((design) => design.rank)) + (shapes.length > 1 ? law.linear!.shape : 0),
    solve(means) {
      const y = Float64Array.from(roots, (root, i) => root * means[i]);
      let best = 0;
      let most = -Infinity;
      for (let i = 0; i < designs.length; i++) {
        const explained = designs[i].explained(y);
        if (explained > most) [best, most] = [i, explained];
      }
      return {
        coefficients: [...designs[best].solve(y), ...shapes[best]],
        residual: designs[best].residual(y),
        design: designs[best]
      };
    }
  };
}
