import type {Fit} from "../schema/fit.js";
import {quantileInterval} from "../stats/quantile.js";
import {lawOf} from "./laws.js";

/** A fit made ready to predict, as fast as a slider moves. */
export interface Prediction {
  /** @param x in the order of the fit's inputs */
  value(x: readonly number[]): number;
  /** the prediction under each bootstrap draw */
  draws(x: readonly number[]): Float64Array;
  /** holds the fit's level of the draws, for the mean of runs there: a single run also has its own noise */
  interval(x: readonly number[]): [number, number];
  /** whether an input lies outside its range in the runs */
  extrapolated(x: readonly number[]): boolean;
}

/** Prepares a fit for prediction. */
export function createPrediction(fit: Fit): Prediction {
  const law = lawOf(fit.law);
  const coefficients = law.parameters(fit.inputs).map(({name}) => {
    const coefficient = fit.coefficients[name];
    if (coefficient === undefined) throw new RangeError(`${fit.law}: expected a coefficient ${name}, got none`);
    return coefficient.value;
  });
  const linear = coefficients.length - law.shape;
  const known = fit.inputs.map((name) => fit.domain[name]);
  const draws = (x: readonly number[]): Float64Array => {
    // A linear law has one basis for all draws.
    if (law.shape > 0) return Float64Array.from(fit.draws, (draw) => law.predict(draw, x));
    const basis = law.basis(x, []);
    return Float64Array.from(fit.draws, (draw) => {
      let sum = 0;
      for (let i = 0; i < linear; i++) sum += draw[i] * basis[i];
      return sum;
    });
  };
  return {
    value: (x) => law.predict(coefficients, x),
    draws,
    interval: (x) => quantileInterval(draws(x), fit.level),
    extrapolated: (x) => x.some((v, i) => v < known[i][0] - 1e-9 || v > known[i][1] + 1e-9)
  };
}
