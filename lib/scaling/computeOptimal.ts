/** The coefficients of E + A / N^alpha + B / D^beta that say how to spend compute. */
export interface Exponents {
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly beta: number;
}

/**
 * Model size and tokens of the least loss under E + A / N^alpha + B / D^beta for a budget of compute.
 *
 * @param flops C = 6 N D
 * @returns n in parameters, d in tokens
 * @throws RangeError if a coefficient or the budget is not positive
 * Source: Hoffmann et al. (2022), arXiv:2203.15556, equation 4.
 */
export function computeOptimal({A, B, alpha, beta}: Exponents, flops: number): {n: number; d: number} {
  for (const [name, v] of Object.entries({A, B, alpha, beta, flops}))
    if (!(v > 0)) throw new RangeError(`${name}: expected a positive number, got ${v}`);
  const g = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  return {n: g * (flops / 6) ** (beta / (alpha + beta)), d: (flops / 6) ** (alpha / (alpha + beta)) / g};
}

/**
 * Parameters of the model that is compute-optimal for d tokens: the N at which the gradients of both terms balance.
 *
 * @param d tokens
 * Source: as for `computeOptimal`, with the compute eliminated.
 */
export function optimalParameters({A, B, alpha, beta}: Exponents, d: number): number {
  return Math.exp((Math.log((alpha * A) / (beta * B)) + beta * Math.log(d)) / alpha);
}
