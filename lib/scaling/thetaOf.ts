import type {Fit} from "../schema/fit.js";
import type {Parameter} from "./law.js";

/**
 * The parameters of a fit's law, estimated and fixed, one value each in the law's order.
 *
 * @throws RangeError for one that the fit does not hold
 */
export function thetaOf(
  fit: Pick<Fit, "law" | "coefficients" | "fixed">,
  parameters: readonly Parameter[]
): Float64Array {
  return Float64Array.from(parameters, ({name}) => {
    const value = fit.coefficients[name]?.value ?? fit.fixed[name];
    if (value === undefined) throw new RangeError(`${fit.law}: expected a coefficient ${name}, got none`);
    return value;
  });
}
