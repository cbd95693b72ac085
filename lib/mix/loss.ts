import {timesCurvature, type Curvature} from "./curvature.js";
import type {Smooth} from "./mixFunction.js";

/** Σ factor · (f(w) − from): of several benchmarks, or of one; less is better. */
export interface Loss {
  readonly parts: readonly {readonly f: Smooth; readonly factor: number; readonly from: number}[];
}

/** The value of a loss at a mix. */
export function lossAt({parts}: Loss, w: ArrayLike<number>): number {
  let sum = 0;
  for (const {f, factor, from} of parts) sum += factor * (f.value(w) - from);
  return sum;
}

/** Adds scale times the derivatives of a loss, and returns its value, not scaled. */
export function addLoss(
  {parts}: Loss,
  w: ArrayLike<number>,
  scale: number,
  gradient: Float64Array,
  hessian: Float64Array | null,
  stride: number
): number {
  let sum = 0;
  for (const {f, factor, from} of parts) sum += factor * (f.add(w, scale * factor, gradient, hessian, stride) - from);
  return sum;
}

/** How a loss bends, as far as its parts tell. */
export function lossCurvature({parts}: Loss): Curvature {
  const kinds = parts.map(({f, factor}) => timesCurvature(f.curvature, factor));
  if (kinds.every((kind) => kind === "linear")) return "linear";
  if (kinds.every((kind) => kind === "linear" || kind === "convex")) return "convex";
  return kinds.every((kind) => kind === "linear" || kind === "concave") ? "concave" : "unknown";
}
