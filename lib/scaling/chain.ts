import type {Fit} from "../schema/fit.js";
import {quantileInterval} from "../stats/quantile.js";
import {contextOf} from "./contextOf.js";
import {lawOf} from "./laws.js";
import {createPrediction, valuesOf, type Prediction} from "./prediction.js";
import {rowOf} from "./rows.js";

/**
 * A fit whose loss an earlier fit predicts: what a fit file of a chain holds.
 *
 * @throws RangeError if the second does not read loss
 */
export function link(first: Fit, second: Fit): Fit {
  lossOf(second);
  return {...second, first};
}

/**
 * Prepares a fit for prediction, through its earlier fit where it has one: x then holds that one's inputs, followed by
 * the later one's without its loss, see chainInputs.
 */
export function createChain(fit: Fit): Prediction {
  return fit.first === null ? createPrediction(fit) : chain(createChain(fit.first), fit, chainInputs(fit.first).length);
}

/** Names of the inputs that a chain predicts from, in order. */
export function chainInputs(fit: Fit): string[] {
  if (fit.first === null) return fit.inputs;
  return [...chainInputs(fit.first), ...fit.inputs.filter((_, i) => i !== lossOf(fit))];
}

/**
 * Two laws, one after the other: the first predicts the loss, the second reads it. Draws are composed draw by draw, so
 * that the interval holds the uncertainty of both; the fit with fewer draws decides how many there are.
 *
 * Not held: what both fits share when they come from the same runs. Their draws are independent of each other here,
 * which is right for fits to different runs and leaves out their correlation otherwise.
 *
 * @param first predicts the loss from its own inputs
 * @param second reads loss, and perhaps more: the prediction takes the first's inputs, then the second's others
 * @param inputs how many inputs the first has
 * @throws RangeError if the second does not read loss
 */
export function chain(first: Prediction, second: Fit, inputs: number): Prediction {
  const law = lawOf(second.law);
  const at = lossOf(second);
  const parameters = law.parameters(contextOf(second));
  const theta = parameters.map(({name}) => second.coefficients[name]?.value ?? second.fixed[name]);
  const places = [...parameters.keys()].filter((i) => !Object.hasOwn(second.fixed, parameters[i].name));
  const row = (x: readonly number[], loss: number): Float64Array => {
    const own = x.slice(inputs);
    return rowOf(law, valuesOf(second, [...own.slice(0, at), loss, ...own.slice(at)]));
  };
  const draws = (x: readonly number[]): Float64Array => {
    const losses = first.draws(x.slice(0, inputs));
    const moved = theta.slice();
    return Float64Array.from({length: Math.min(losses.length, second.draws.length)}, (_, b) => {
      for (const [i, place] of places.entries()) moved[place] = second.draws[b][i];
      return law.predict(moved, row(x, losses[b]));
    });
  };
  const known = second.inputs.map((name) => second.domain[name]);
  return {
    value: (x) => law.predict(theta, row(x, first.value(x.slice(0, inputs)))),
    draws,
    interval: (x) => quantileInterval(draws(x), second.level),
    extrapolated(x) {
      const own = x.slice(inputs);
      const all = [...own.slice(0, at), first.value(x.slice(0, inputs)), ...own.slice(at)];
      return (
        first.extrapolated(x.slice(0, inputs)) || all.some((v, i) => v < known[i][0] - 1e-9 || v > known[i][1] + 1e-9)
      );
    }
  };
}

function lossOf({law, roles}: Fit): number {
  const at = roles.indexOf("loss");
  if (at < 0) throw new RangeError(`${law}: expected a law that reads loss, got ${roles.join(", ")}`);
  return at;
}
