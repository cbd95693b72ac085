import type {Flat} from "./barrier.js";
import {addLoss, lossCurvature, type Loss} from "./loss.js";
import type {Polytope} from "./polytope.js";
import {createRandom} from "../text/random.js";

/** Whether a loss is convex over a polytope: proven, not so, or not told apart by any rule. */
type Convexity = "yes" | "no" | "unknown";

/**
 * Whether a loss is convex over a polytope: from the signs of its coefficients, or, where its Hessian is the same
 * everywhere, from that.
 */
export function convexity(loss: Loss, {n, flat, inside}: Polytope): Convexity {
  const curvature = lossCurvature(loss);
  if (curvature === "linear" || curvature === "convex" || flat.free.length === 0) return "yes";
  if (!loss.parts.every(({f}) => f.quadratic)) return curvature === "concave" ? "no" : "unknown";
  return bendsUp(loss, inside, n, flat) ? "yes" : "no";
}

/**
 * Whether the loss bends upwards in every direction at each of some random mixes: a test, no proof.
 *
 * @param options.mixes how many mixes, blends of the corners
 */
export function seemsConvex(
  loss: Loss,
  {n, flat, inside}: Polytope,
  corners: readonly ArrayLike<number>[],
  {mixes = 60, seed = "convexity"} = {}
): boolean {
  const random = createRandom(seed, n);
  for (let i = 0; i < mixes; i++) {
    const shares = [inside, ...corners].map(() => (-Math.log(1 - random())) ** 2);
    const sum = shares.reduce((a, b) => a + b, 0);
    const w = inside.map((v, j) =>
      corners.reduce((total, corner, c) => total + (shares[c + 1] / sum) * corner[j], (shares[0] / sum) * v)
    );
    if (!bendsUp(loss, w, n, flat, 1e-5)) return false;
  }
  return true;
}

/** Whether the Hessian at w, in the directions that keep all equalities, has no negative eigenvalue, up to rounding. */
function bendsUp(loss: Loss, w: ArrayLike<number>, n: number, {free, held, by}: Flat, rounding = 1e-10): boolean {
  const h = new Float64Array(n * n);
  addLoss(loss, w, 1, new Float64Array(n), h, n);
  if (!h.every(Number.isFinite)) return false;
  const d = free.length;
  const at = (i: number, j: number) => (i < j ? h[i * n + j] : h[j * n + i]);
  const z = Array.from({length: d}, (_, i) => {
    const direction = new Float64Array(n);
    direction[free[i]] = 1;
    for (let b = 0; b < held.length; b++) direction[held[b]] = -by[b * d + i];
    return direction;
  });
  const m = z.map((a) =>
    z.map((b) => {
      let sum = 0;
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += a[i] * b[j] * at(i, j);
      return sum;
    })
  );
  const size = m.reduce((most, row) => row.reduce((a, v) => Math.max(a, Math.abs(v)), most), 0);
  for (let i = 0; i < d; i++) m[i][i] += rounding * size + 1e-300;
  for (let j = 0; j < d; j++) {
    for (let k = 0; k < j; k++) m[j][j] -= m[j][k] * m[j][k];
    if (!(m[j][j] > 0)) return false;
    m[j][j] = Math.sqrt(m[j][j]);
    for (let i = j + 1; i < d; i++) {
      for (let k = 0; k < j; k++) m[i][j] -= m[i][k] * m[j][k];
      m[i][j] /= m[j][j];
    }
  }
  return true;
}
