/** Exponents of power laws to look at first: 0.05 to 2. */
export const powerExponents: readonly number[] = Array.from({length: 40}, (_, i) => 0.05 * (i + 1));
