/**
 * Places of the parameters of a tier law: those that every design has, then one q a tier from `q` on; with collapse
 * also kappa and one generated share a tier.
 */
export const tierPlaces = {E: 0, A: 1, alpha: 2, B: 3, beta: 4, rho: 5, R: 6, sign: 7, scale: 8, q: 9} as const;
