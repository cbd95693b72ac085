import type {Fit} from "../schema/fit.js";
import {quantileInterval} from "../stats/quantile.js";
import {contextOf} from "./contextOf.js";
import {createHull} from "./hull.js";
import {lawOf} from "./laws.js";
import {rowOf, type Values} from "./rows.js";
import {thetaOf} from "./thetaOf.js";
import {valuesAt} from "./variables.js";

/** A fit made ready to predict, as fast as a slider moves. */
export interface Prediction {
  /** @param x in the order of the fit's inputs */
  value(x: readonly number[]): number;
  /** the prediction under each bootstrap draw */
  draws(x: readonly number[]): Float64Array;
  /** holds the fit's level of the draws, for the mean of runs there: a single run also has its own noise */
  interval(x: readonly number[]): [number, number];
  /** whether x lies outside the convex hull of the runs, sizes and tokens by their logarithms; ranges are looked at
   * first */
  extrapolated(x: readonly number[]): boolean;
}

/** Prepares a fit for prediction. */
export function createPrediction(fit: Fit): Prediction {
  const law = lawOf(fit.law);
  const parameters = law.parameters(contextOf(fit));
  const theta = thetaOf(fit, parameters);
  const places = [...parameters.keys()].filter((i) => !Object.hasOwn(fit.fixed, parameters[i].name));
  const row = (x: readonly number[]) => rowOf(law, valuesOf(fit, x));
  let inHull: ((x: readonly number[]) => boolean) | null = null;
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
    extrapolated: (x) => !(inHull ??= createHull(fit.hull, fit.roles))(x)
  };
}

/** A fit's inputs by what they are to its law. */
export function valuesOf({roles}: Pick<Fit, "roles">, x: readonly number[]): Values {
  return valuesAt(
    roles.map((role) => ({role})),
    x
  );
}

/**
 * A warning in words where a prediction is an extrapolation; null where it is not.
 *
 * @param prediction of the fit
 * @param x in the order of the fit's inputs
 */
export function extrapolationOf(fit: Fit, {extrapolated}: Prediction, x: readonly number[]): string | null {
  if (!extrapolated(x)) return null;
  const outside = fit.inputs.flatMap((name, i) => {
    const [low, high] = fit.domain[name];
    const slack = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
    return x[i] < low - slack || x[i] > high + slack
      ? [`${name} = ${short(x[i])} outside [${short(low)}, ${short(high)}]`]
      : [];
  });
  const where =
    outside.length > 0 ? outside.join(", ") : "each input is within its range, but their combination is not";
  return `An extrapolation: ${where}. The interval knows nothing of a law that bends beyond the runs.`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
