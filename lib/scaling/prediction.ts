import type {Fit} from "../schema/fit.js";
import {quantileInterval} from "../stats/quantile.js";
import {contextOf} from "./contextOf.js";
import {lawOf} from "./laws.js";
import {rowOf, type Values} from "./rows.js";

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
  const parameters = law.parameters(contextOf(fit));
  const theta = Float64Array.from(parameters, ({name}) => {
    const value = fit.coefficients[name]?.value ?? fit.fixed[name];
    if (value === undefined) throw new RangeError(`${fit.law}: expected a coefficient ${name}, got none`);
    return value;
  });
  const places = [...parameters.keys()].filter((i) => !Object.hasOwn(fit.fixed, parameters[i].name));
  const row = (x: readonly number[]) => rowOf(law, valuesOf(fit, x));
  const known = fit.inputs.map((name) => fit.domain[name]);
  const linear = law.linear?.shape === 0 && places.length === parameters.length ? law.linear : null;
  const draws = (x: readonly number[]): Float64Array => {
    const at = row(x);
    const moved = theta.slice();
    // A linear law has one basis for all draws.
    const basis = linear?.basis(at, []);
    return Float64Array.from(fit.draws, (draw) => {
      for (let i = 0; i < places.length; i++) moved[places[i]] = draw[i];
      if (basis === undefined) return law.predict(moved, at);
      let sum = 0;
      for (let i = 0; i < basis.length; i++) sum += moved[i] * basis[i];
      return sum;
    });
  };
  return {
    value: (x) => law.predict(theta, row(x)),
    draws,
    interval: (x) => quantileInterval(draws(x), fit.level),
    extrapolated: (x) => x.some((v, i) => v < known[i][0] - 1e-9 || v > known[i][1] + 1e-9)
  };
}

/** A fit's inputs by what they are to its law. */
export function valuesOf(fit: Pick<Fit, "roles">, x: readonly number[]): Values {
  const out: Record<string, number | number[]> = {};
  for (const [i, role] of fit.roles.entries())
    if (role === "shares" || role === "supplies") ((out[role] ??= []) as number[]).push(x[i]);
    else out[role] = x[i];
  return out as Values;
}
