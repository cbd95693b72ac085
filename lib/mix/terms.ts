import type {Term} from "./barrier.js";
import {addLoss, lossAt, type Loss} from "./loss.js";

/** A loss itself, as a term over n weights and whatever variables come after them. */
export function lossTerm(loss: Loss, stride: number): Term {
  return {
    count: 0,
    value: (x) => finite(lossAt(loss, x)),
    add: (x, _, gradient, hessian) => addLoss(loss, x, 1, gradient, hessian, stride)
  };
}

/** The largest of several losses: the variable at `place`, kept above each of them. */
export function worstTerm(losses: readonly Loss[], place: number, stride: number): Term {
  const own = new Float64Array(stride);
  return {
    count: losses.length,
    value(x, mu) {
      let sum = x[place];
      for (const loss of losses) {
        const left = x[place] - lossAt(loss, x);
        if (!(left > 0)) return Infinity;
        sum -= mu * Math.log(left);
      }
      return sum;
    },
    add(x, mu, gradient, hessian) {
      let sum = x[place];
      gradient[place] += 1;
      for (const loss of losses) {
        const left = x[place] - lossAt(loss, x);
        const by = mu / left;
        own.fill(0);
        addLoss(loss, x, 1, own, null, stride);
        addLoss(loss, x, by, gradient, hessian, stride);
        own[place] = -1;
        gradient[place] -= by;
        outer(own, by / left, hessian, stride);
        sum -= mu * Math.log(left);
      }
      return sum;
    }
  };
}

/**
 * The mean of the worst share of many losses: t + Σ max(0, loss − t) / (share · count), t the variable at `place`.
 *
 * The excess of each loss is a variable of the barrier's program, here minimised out in closed form: the excess s with
 * s > 0 and s > z = loss − t solves c = μ / s + μ / (s − z).
 *
 * Source: Rockafellar & Uryasev (2000), doi:10.21314/JOR.2000.038, equation 9.
 */
export function tailTerm(losses: readonly Loss[], tail: number, place: number, stride: number): Term {
  const c = 1 / (tail * losses.length);
  const own = new Float64Array(stride);
  const excess = (z: number, mu: number) => (c * z + 2 * mu + Math.sqrt(c * c * z * z + 4 * mu * mu)) / (2 * c);
  const cost = (s: number, z: number, mu: number) => c * s - mu * (Math.log(s) + Math.log(aboveOf(s, z, c, mu)));
  return {
    count: 2 * losses.length,
    value(x, mu) {
      let sum = x[place];
      for (const loss of losses) {
        const z = lossAt(loss, x) - x[place];
        if (!Number.isFinite(z)) return Infinity;
        sum += cost(excess(z, mu), z, mu);
      }
      return sum;
    },
    add(x, mu, gradient, hessian) {
      let sum = x[place];
      gradient[place] += 1;
      for (const loss of losses) {
        const z = lossAt(loss, x) - x[place];
        const s = excess(z, mu);
        const above = aboveOf(s, z, c, mu);
        const slope = mu / above;
        const root = Math.sqrt(c * c * z * z + 4 * mu * mu);
        // 1 − ds/dz, written so that nothing cancels.
        const lag = z > 0 ? (2 * mu * mu) / (root * (root + c * z)) : 0.5 * (1 - (c * z) / root);
        own.fill(0);
        // Most losses are far below the tail, and bend nothing that a step could tell.
        const bends = slope > 1e-7 * c;
        addLoss(loss, x, 1, own, null, stride);
        if (bends) addLoss(loss, x, slope, gradient, hessian, stride);
        else for (let i = 0; i < stride; i++) gradient[i] += slope * own[i];
        own[place] = -1;
        gradient[place] -= slope;
        if (bends) outer(own, (mu * lag) / (above * above), hessian, stride);
        sum += cost(s, z, mu);
      }
      return sum;
    }
  };
}

/** The weight that each loss has in the mean of the worst, at the centre of a barrier; they sum to about 1. */
export function tailWeights(
  losses: readonly Loss[],
  tail: number,
  x: Float64Array,
  place: number,
  mu: number
): number[] {
  const c = 1 / (tail * losses.length);
  return losses.map((loss) => {
    const z = lossAt(loss, x) - x[place];
    const s = (c * z + 2 * mu + Math.sqrt(c * c * z * z + 4 * mu * mu)) / (2 * c);
    return Math.min(c, mu / aboveOf(s, z, c, mu));
  });
}

/** s − z, without the cancellation where z is large: from c = μ / s + μ / (s − z). */
function aboveOf(s: number, z: number, c: number, mu: number): number {
  return z > 0 ? mu / (c - mu / s) : s - z;
}

/** A rule loss ≤ bound. */
export function ruleTerm(loss: Loss, bound: number, stride: number): Term {
  const own = new Float64Array(stride);
  return {
    count: 1,
    value(x, mu) {
      const left = bound - lossAt(loss, x);
      return left > 0 ? -mu * Math.log(left) : Infinity;
    },
    add(x, mu, gradient, hessian) {
      const left = bound - lossAt(loss, x);
      const by = mu / left;
      own.fill(0);
      addLoss(loss, x, 1, own, null, stride);
      addLoss(loss, x, by, gradient, hessian, stride);
      outer(own, by / left, hessian, stride);
      return -mu * Math.log(left);
    }
  };
}

function outer(v: Float64Array, by: number, hessian: Float64Array, stride: number): void {
  for (let i = 0; i < stride; i++) {
    if (v[i] === 0) continue;
    const vi = by * v[i];
    for (let j = i; j < stride; j++) hessian[i * stride + j] += vi * v[j];
  }
}

function finite(value: number): number {
  return Number.isNaN(value) ? Infinity : value;
}
