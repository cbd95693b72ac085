import type {Random} from "../text/random.js";

/**
 * Draws of a shrunk estimate, moved to lie around it. A shrunk estimate is biased, and each draw, made from the estimate
 * and shrunk again, is biased by as much once more: left where they are, all could lie on one side of the estimate. They
 * are moved by their mean bias, which is added to each times a normal number instead: so it counts as an error of a known
 * size and an unknown sign, and an interval of any prediction is as wide as the mean squared error wants it.
 *
 * @param draws whole thetas of a law that is linear
 * Source: bias as in Davison & Hinkley (1997), section 2.1.
 */
export function aroundEstimate(
  draws: readonly Float64Array[],
  theta: ArrayLike<number>,
  random: Random
): Float64Array[] {
  const bias = Float64Array.from(theta, (value, j) => {
    let sum = 0;
    for (const draw of draws) sum += draw[j] - value;
    return sum / draws.length;
  });
  return draws.map((draw) => {
    const by = random.normal() - 1;
    return draw.map((v, j) => v + by * bias[j]);
  });
}
