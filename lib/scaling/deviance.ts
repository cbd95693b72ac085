import {normalProbability} from "../stats/probit.js";
import {lossOf, type Objective} from "./objective.js";

/** What a deviance is made of, besides the objective reached. */
interface Spread {
  /** by point: weight of one run there */
  readonly weight: ArrayLike<number>;
  /** by point: runs there, or degrees of freedom that they are worth */
  readonly count: ArrayLike<number>;
  /** objective that counts as none, so that a perfect fit is finite */
  readonly floor?: number;
}

/**
 * −2 log likelihood at the best size of the error, up to a constant that fits of the same runs by the same objective
 * share, and that size: the variance, or φ. Squares: normal errors, n log(Σ w r² / n). Huber's and the asymmetric loss:
 * errors with a density ∝ exp(−w · loss(r) / φ), φ maximised.
 *
 * @param least Σ w · loss(r)
 */
export function deviance(
  objective: Objective,
  least: number,
  {weight, count, floor = 0}: Spread
): {value: number; scale: number} {
  const runs = Array.from(count).reduce((a, b) => a + b, 0);
  const size = Math.max(least, floor, 1e-290);
  if (objective.loss === "squares")
    return {value: runs * (Math.log(2 * size) - Math.log(runs)), scale: (2 * size) / runs};
  if (objective.loss === "asymmetric")
    return {value: 2 * runs * (Math.log(size) - Math.log(runs) + 1), scale: size / runs};
  const at = (logPhi: number) => {
    const phi = Math.exp(logPhi);
    let sum = size / phi;
    for (let i = 0; i < weight.length; i++) if (weight[i] > 0) sum += count[i] * logNorm(objective, phi / weight[i]);
    return 2 * sum;
  };
  // One minimum: every norm grows with φ at a rate between 1/2 and 1, and size / φ falls.
  let low = Math.log(size / runs) - 1;
  let high = low + 4;
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-7) {
    const a = high - golden * (high - low);
    const b = low + golden * (high - low);
    if (at(a) < at(b)) high = b;
    else low = a;
  }
  const logPhi = (low + high) / 2;
  return {value: at(logPhi), scale: Math.exp(logPhi)};
}

/** log ∫ exp(−loss(r) / φ) dr of Huber's loss. */
function logNorm(objective: Objective, phi: number): number {
  const {delta} = objective;
  const centre = Math.sqrt(2 * Math.PI * phi) * (2 * normalProbability(delta / Math.sqrt(phi)) - 1);
  return Math.log(centre + ((2 * phi) / delta) * Math.exp(-lossOf(objective, delta) / phi));
}
