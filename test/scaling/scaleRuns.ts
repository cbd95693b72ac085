import {chinchilla} from "../../lib/scaling/laws/chinchilla.js";
import type {Observations} from "../../lib/scaling/observations.js";
import type {Random} from "../../lib/text/random.js";

/** Coefficients as Besiroglu et al. (2024) found them: E, A, B, alpha, beta. */
export const truth = [1.8172, 482.01, 2085.43, 0.3478, 0.3658] as const;

/** Runs over model size and tokens that follow the Chinchilla law, with noise on the logarithm of the loss. */
export function scaleRuns(
  random: Random,
  {runs = 60, sd = 0.005} = {}
): Observations & {scalars: {n: number[]; d: number[]}} {
  const n = Array.from({length: runs}, () => 5e7 * 200 ** random());
  const d = Array.from({length: runs}, () => 1e9 * 200 ** random());
  const target = n.map((v, i) => chinchilla.predict(truth, [v, d[i]]) * Math.exp(sd * random.normal()));
  return {inputs: {}, scalars: {n, d}, target};
}
