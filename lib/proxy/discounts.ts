/** Discounts of counts 1, 2 and 3 or more, of one order of one tier. */
export type Discounts = readonly [number, number, number];

// Where counts of counts say nothing (a tiny tier, or text that was already repeated).
const fallback: Discounts = [0.5, 1, 1.5];

/**
 * The three discounts of modified Kneser–Ney from counts of counts.
 *
 * @param n numbers of n-grams that were counted once, twice, three and four times
 * @returns each in (0, 1], (0, 2], (0, 3]; halves of 1, 2 and 3 where an estimate does not exist or falls outside
 * Source: Chen and Goodman (1998), TR-10-98, equation 26 (D1, D2, D3+); the fallback is KenLM's.
 */
export function discounts([n1, n2, n3, n4]: readonly [number, number, number, number]): Discounts {
  const y = n1 / (n1 + 2 * n2);
  const d: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3];
  return d.every((value, i) => value > 0 && value <= i + 1) ? d : fallback;
}

/** What a count loses: nothing where it is 0. */
export function discount(d: Discounts, count: number): number {
  return count === 0 ? 0 : d[count < 3 ? count - 1 : 2];
}
