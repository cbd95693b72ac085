import {guarded, type Term} from "./barrier.js";
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
 * The mean of the worst share of many losses: t + c · Σ max(0, loss − t), c = 1 / (share · count), t the variable at
 * `place`. Over some of the losses alone it is a lower bound, and the mean itself where no other loss is above t.
 *
 * The excess of each loss is a variable of the barrier's program, here minimised out in closed form: the excess s with
 * s > 0 and s > z = loss − t solves c = μ / s + μ / (s − z).
 *
 * Source: Rockafellar & Uryasev (2000), doi:10.21314/JOR.2000.038, equation 9.
 */
export function tailTerm(losses: readonly Loss[], c: number, place: number, stride: number): Term {
  const m = losses.length;
  const cost = (s: number, z: number, mu: number) => c * s - mu * (Math.log(s) + Math.log(aboveOf(s, z, c, mu)));
  // By loss: the multipliers of s > z and of s > 0, which are c together; the room of each; the multipliers' steps; the
  // slopes of the loss, times the first multiplier.
  const [inTail, out] = [new Float64Array(m), new Float64Array(m)];
  const [above, over] = [new Float64Array(m), new Float64Array(m)];
  const [inStep, outStep] = [new Float64Array(m), new Float64Array(m)];
  const slopes = new Float64Array(m * stride);
  const rows = losses.map((_, i) => slopes.subarray(i * stride, (i + 1) * stride));
  const measure = (i: number, x: Float64Array, mu: number) => {
    const z = lossAt(losses[i], x) - x[place];
    const s = excess(z, c, mu);
    above[i] = aboveOf(s, z, c, mu);
    over[i] = s;
    return z;
  };
  return {
    count: 2 * m,
    value(x, mu) {
      let sum = x[place];
      for (const loss of losses) {
        const z = lossAt(loss, x) - x[place];
        if (!Number.isFinite(z)) return Infinity;
        sum += cost(excess(z, c, mu), z, mu);
      }
      return sum;
    },
    add(x, mu, gradient, hessian) {
      let sum = x[place];
      gradient[place] += 1;
      for (let i = 0; i < m; i++) {
        const z = measure(i, x, mu);
        if (inTail[i] === 0) [inTail[i], out[i]] = [mu / above[i], mu / over[i]];
        const own = rows[i];
        own.fill(0);
        const q = inTail[i];
        // Most losses are far below the tail, and bend nothing that a step could tell.
        const bends = q > 1e-7 * c;
        addLoss(losses[i], x, q, own, bends ? hessian : null, stride);
        own[place] = -q;
        const by = mu / above[i] / q;
        for (let j = 0; j < stride; j++) gradient[j] += by * own[j];
        if (bends) {
          const [a, b] = [q / above[i], out[i] / over[i]];
          outer(own, ((a / (a + b)) * b) / (q * q), hessian, stride);
        }
        sum += cost(over[i], z, mu);
      }
      return sum;
    },
    duals: {
      toward(mu, move, near) {
        let size = 1;
        for (let i = 0; i < m; i++) {
          const own = rows[i];
          let rise = 0;
          for (let j = 0; j < stride; j++) rise += own[j] * move[j];
          rise /= inTail[i];
          const [a, b] = [inTail[i] / above[i], out[i] / over[i]];
          const up = (a * rise) / (a + b);
          inStep[i] = mu / above[i] - inTail[i] + a * (rise - up);
          outStep[i] = mu / over[i] - out[i] - b * up;
          if (-inStep[i] * size > near * inTail[i]) size = (-near * inTail[i]) / inStep[i];
          if (-outStep[i] * size > near * out[i]) size = (-near * out[i]) / outStep[i];
        }
        return size;
      },
      go(x, mu, size) {
        for (let i = 0; i < m; i++) {
          measure(i, x, mu);
          inTail[i] = guarded(inTail[i] + size * inStep[i], mu / above[i]);
          out[i] = guarded(out[i] + size * outStep[i], mu / over[i]);
        }
      }
    }
  };
}

/**
 * The weight that each loss has in the mean of the worst, at the centre of a barrier: from 0 to 1 / (share · count)
 * each, and 1 together, so that the losses weighted like this are nowhere above that mean.
 */
export function tailWeights(
  losses: readonly Loss[],
  tail: number,
  x: Float64Array,
  place: number,
  mu: number
): Float64Array {
  const c = 1 / (tail * losses.length);
  const weights = Float64Array.from(losses, (loss) => {
    const z = lossAt(loss, x) - x[place];
    return Math.min(c, mu / aboveOf(excess(z, c, mu), z, c, mu));
  });
  let left = 1 - weights.reduce((a, b) => a + b, 0);
  if (left < 0) return weights.map((weight) => weight / (1 - left));
  // What rounding left over goes to the losses that are partly in the tail.
  for (const i of [...weights.keys()].sort((a, b) => weights[b] - weights[a])) {
    const more = Math.min(left, c - weights[i]);
    weights[i] += more;
    left -= more;
  }
  return weights;
}

/** The excess over t that the barrier leaves to a loss at z above t. */
function excess(z: number, c: number, mu: number): number {
  return (c * z + 2 * mu + Math.sqrt(c * c * z * z + 4 * mu * mu)) / (2 * c);
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
