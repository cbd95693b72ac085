import type {Problem} from "./problem.js";

/** A problem with one coordinate of its search held at a value. */
export interface Pinned extends Problem {
  /** Holds the coordinate at another value. */
  pin(value: number): void;
  /** Whole coordinates from those that are left. */
  whole(rest: ArrayLike<number>): Float64Array;
}

/**
 * The problem that is left when one free coordinate is held: what a profile refits.
 *
 * @param j place among the free coordinates, not among the law's parameters
 */
export function pinned(problem: Problem, j: number): Pinned {
  const k = problem.free.length;
  const n = problem.rows.length;
  const phi = new Float64Array(k);
  const gradient = new Float64Array(k);
  const normal = new Float64Array(k * k);
  let held = 0;
  const whole = (rest: ArrayLike<number>) => {
    for (let i = 0, at = 0; i < k; i++) phi[i] = i === j ? held : rest[at++];
    return phi;
  };
  return {
    ...problem,
    free: problem.free.filter((_, i) => i !== j),
    pin(value) {
      held = value;
    },
    whole: (rest) => whole(rest).slice(),
    theta: (rest) => problem.theta(whole(rest)),
    phi: (theta) => problem.phi(theta).filter((_, i) => i !== j),
    evaluate(rest, out) {
      const value = problem.evaluate(whole(rest), gradient);
      for (let i = 0, at = 0; i < k; i++) if (i !== j) out[at++] = gradient[i];
      return value;
    },
    residuals: (rest, r) => problem.residuals(whole(rest), r),
    normal(push, curve, g, out) {
      problem.normal(push, curve, gradient, normal);
      for (let a = 0, row = 0; a < k; a++) {
        if (a === j) continue;
        g[row] = gradient[a];
        for (let b = 0, at = row * (k - 1); b <= a; b++) if (b !== j) out[at++] = normal[a * k + b];
        row++;
      }
    },
    jacobian(out) {
      const whole = new Float64Array(n * k);
      problem.jacobian(whole);
      for (let i = 0, at = 0; i < n; i++) for (let c = 0; c < k; c++) if (c !== j) out[at++] = whole[i * k + c];
    }
  };
}
