import type {Law, Parameter} from "./law.js";
import {offZero} from "./offZero.js";
import type {Problem} from "./problem.js";
import {averages} from "./setting.js";
import {projectVariables} from "./variableProjection.js";

/** Whether a law is linear but for a continuous shape, with linear coefficients that are all free. */
export function projects({linear}: Law, parameters: readonly Parameter[]): boolean {
  if (linear?.continuous !== true) return false;
  return parameters.slice(0, parameters.length - linear.shape).every(({fixed}) => fixed === undefined);
}

/** A search goes on from here: what the projection's last steps would still gain is left to it. */
const tolerance = 1e-6;

/**
 * Where to search for a law that is linear but for a continuous shape, by variable projection, the least first. Under
 * squares of raw residuals its minimum is the fit itself, and the only start. For other objectives the weights are
 * 1 / y² where residuals are logarithms, which makes squares of raw residuals those of logarithms where they are small,
 * and good shapes far from the minima are starts as well: one wild run may have moved these.
 *
 * @returns none where no shape has finite regressors
 */
export function projectedStarts({law, context, parameters, objective, rows, y, weight}: Problem): Float64Array[] {
  const {basis, shape} = law.linear!;
  const relative = objective.residuals === "log" ? weight.map((w, i) => w / y[i] ** 2) : weight;
  const data = {rows, y, weight: relative};
  const alone = averages(objective);
  const places = projectVariables(law, context, data, {
    parameters,
    tolerance,
    from: alone ? 3 : 2,
    further: alone ? 0 : 4
  });
  return (alone ? places.slice(0, 1) : places).map(({theta}) => {
    const k = theta.length - shape;
    const regressors = rows.map((x) => basis(x, theta.subarray(k)));
    theta.set(offZero(theta.subarray(0, k), parameters, regressors, y));
    return theta;
  });
}
