import type {Smooth} from "./mixFunction.js";

/** Least part of a reference mix that a weight counts with: of none, every grain would be infinitely far. */
const least = 1e-6;

/** A reference as shares that sum to 1; zeros are read as a millionth of the total. */
export function referenceShares(reference: readonly number[]): Float64Array {
  const total = reference.reduce((a, b) => a + b, 0);
  if (!(total > 0)) throw new RangeError("reference: expected a mix with a positive weight, got none");
  const floored = reference.map((q) => Math.max(q / total, least));
  const sum = floored.reduce((a, b) => a + b, 0);
  return Float64Array.from(floored, (q) => q / sum);
}

/** Σ w log(w / q) in nats: relative entropy of the weights to a reference, convex; against uniform, log n − entropy. */
export function divergence(q: ArrayLike<number>): Smooth {
  const n = q.length;
  const value = (w: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < n; i++) if (w[i] > 0) sum += w[i] * Math.log(w[i] / q[i]);
    return sum;
  };
  return {
    curvature: "convex",
    quadratic: false,
    value,
    add(w, factor, gradient, hessian, stride) {
      for (let i = 0; i < n; i++) {
        if (!(w[i] > 0)) continue;
        gradient[i] += factor * (Math.log(w[i] / q[i]) + 1);
        if (hessian !== null) hessian[i * stride + i] += factor / w[i];
      }
      return value(w);
    }
  };
}
