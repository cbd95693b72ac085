import type {Fit} from "../schema/fit.js";
import {bcaInterval} from "../stats/bca.js";
import {quantileInterval} from "../stats/quantile.js";
import type {Cluster} from "./coefficientDraws.js";
import type {Estimate, Estimator} from "./estimator.js";
import {identify} from "./identify.js";
import {profile, type Profiles} from "./profile.js";
import {verdicts} from "./verdicts.js";

/** Profiles are walked up to these sizes: beyond, a walk costs more than it says. */
const walked = {coefficients: 24, points: 5000};

/**
 * The profiles of a law that was searched; null where the law was solved on a grid of shapes, or is too large to walk.
 * A walk may come upon a better optimum, which then is the fit.
 */
export function profilesOf(
  {exact, free, problem}: Estimator,
  {theta, objective}: Estimate,
  options: {level: number; known: boolean; cluster: Cluster}
): Profiles | null {
  if (exact !== null || free.length > walked.coefficients || problem.y.length > walked.points) return null;
  return profile(problem, {theta, objective}, options);
}

/**
 * The coefficients of a fit with intervals and verdicts.
 *
 * Which interval is written as `interval`: of a law that is linear, possibly but for a grid of shapes, the percentiles
 * of its draws, which are Student's t there. Of a law that was searched under squares, the profile's, which covers
 * nominally where percentiles of draws fall short (a bootstrap is centred on the estimate, a likelihood ratio follows
 * the bend). Of a law that was searched under Huber's or the asymmetric loss, the percentiles of the case bootstrap, as
 * published fits have them; where the profile is open, the bound in place of that end. The profile is in the file
 * beside it.
 *
 * @param draws whole thetas
 * @param jackknife by free parameter: values with one run left out, for BCa; null: percentiles
 */
export function coefficientsOf(
  estimator: Estimator,
  estimate: Estimate,
  draws: readonly Float64Array[],
  {
    profiles,
    jackknife,
    target,
    level
  }: {profiles: Profiles | null; jackknife: readonly Float64Array[] | null; target: string; level: number}
): Fit["coefficients"] {
  const {parameters, free, objective, problem} = estimator;
  const {theta} = estimate;
  const intervals = free.map((i, j): [number, number] => {
    const values = Float64Array.from(draws, (draw) => draw[i]);
    return jackknife === null ? quantileInterval(values, level) : bcaInterval(values, theta[i], jackknife[j], level);
  });
  const unit = (i: number) => parameters[i].unit.replace("target", target);
  if (profiles === null) {
    const found = identify(estimator, estimate, intervals);
    return Object.fromEntries(
      free.map((i, j) => [parameters[i].name, {value: theta[i], profile: null, unit: unit(i), ...found[j]}])
    );
  }
  const names = free.map((i) => parameters[i].name);
  const robust = objective.loss !== "squares";
  const bootstrap = robust ? Object.fromEntries(names.map((name, j) => [name, intervals[j]])) : {};
  const found = verdicts(problem, profiles, {bootstrap});
  return Object.fromEntries(
    free.map((i, j) => {
      const {interval, identified, note, profile: walk} = found[names[j]];
      const {bounds} = parameters[i];
      const told = interval[0] > bounds[0] || interval[1] < bounds[1];
      const drawn: [number, number] = [
        walk[0] === null ? bounds[0] : intervals[j][0],
        walk[1] === null ? bounds[1] : intervals[j][1]
      ];
      return [
        names[j],
        {value: theta[i], interval: robust && told ? drawn : interval, profile: walk, identified, note, unit: unit(i)}
      ];
    })
  );
}
