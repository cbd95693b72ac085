import type {Random} from "../text/random.js";

const points = [-Math.sqrt(1.5), -1, -Math.SQRT1_2, Math.SQRT1_2, 1, Math.sqrt(1.5)];

/**
 * A multiplier for the wild bootstrap: one of six points with mean 0, variance 1 and no skew.
 *
 * With g clusters there are 6^g different draws instead of the 2^g of random signs, which matters below ten clusters.
 * Source: Webb (2023), doi:10.1111/caje.12661.
 */
export function webb(random: Random): number {
  return points[random.int(6)];
}
