import {createRandom} from "../text/random.js";
import type {Estimate, Estimator} from "./estimator.js";
import {linearise} from "./linearised.js";

/** Blocks that runs are shuffled into. */
const blocks = 2000;

/**
 * Bootstrap draws for very many runs: these are shuffled into 2,000 blocks (whole clusters stay in one), blocks are
 * drawn with replacement, and each draw is one Newton step from the optimum. With so many runs the step is all there
 * is: what it leaves out is of the order of 1 / runs.
 *
 * @param estimator over single runs
 * @param options.group by point: points of one group are drawn together
 * @returns whole thetas
 * Source: the one-step bootstrap of Schucany & Wang (1991), doi:10.1016/0167-7152(91)90134-G.
 */
export function blockDraws(
  estimator: Estimator,
  {theta}: Estimate,
  {draws, seed, group}: {draws: number; seed: number; group?: Int32Array}
): Float64Array[] {
  const linear = linearise(estimator, {theta});
  if (linear === null)
    throw new RangeError(`${estimator.law.id}: expected finite derivatives at the best fit to draw from, got none`);
  const {places, rows, unit, pull, design} = linear;
  const {parameters} = estimator;
  const random = createRandom("block-draws", seed);
  const blockOf = group === undefined ? null : new Map<number, number>();
  const block = Int32Array.from(pull, (_, i) => {
    if (blockOf === null) return random.int(blocks);
    if (!blockOf.has(group![i])) blockOf.set(group![i], blockOf.size % blocks);
    return blockOf.get(group![i])!;
  });
  const used = blockOf === null ? blocks : Math.min(blocks, blockOf.size);
  const slopes = Array.from({length: used}, () => new Float64Array(places.length));
  for (let i = 0; i < pull.length; i++)
    for (let j = 0; j < places.length; j++) slopes[block[i]][j] += rows[i][j] * pull[i];
  const moves = slopes.map((slope) => design.solveNormal(slope));
  return Array.from({length: draws}, () => {
    const times = new Int32Array(used).fill(-1);
    for (let b = 0; b < used; b++) times[random.int(used)]++;
    const drawn = Float64Array.from(theta);
    for (const [j, i] of places.entries()) {
      let move = 0;
      for (let b = 0; b < used; b++) move -= times[b] * moves[b][j];
      // Steps of a logarithm keep its coefficient positive.
      drawn[i] = parameters[i].scale === "log" ? theta[i] * Math.exp(move) : theta[i] + move * unit[j];
    }
    return drawn;
  });
}
