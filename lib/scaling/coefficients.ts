import type {Fit} from "../schema/fit.js";
import {bcaInterval} from "../stats/bca.js";
import {quantileInterval} from "../stats/quantile.js";
import type {Cluster} from "./coefficientDraws.js";
import type {Estimate, Estimator} from "./estimator.js";
import {identify, type Identified} from "./identify.js";
import {createProblem} from "./problem.js";
import {profile, type Profiles} from "./profile.js";
import {saysLittle} from "./saysLittle.js";
import {verdicts, type Verdict} from "./verdicts.js";

/** Profiles are walked up to these sizes: beyond, a walk costs more than it says. */
const walked = {coefficients: 24, points: 5000};

/**
 * The profiles of a law that was searched; null where the law was solved on a grid of shapes, or is too large to walk.
 * Parameters that are held at a bound have a profile too, each walked with the others held. A walk may come upon a
 * better optimum, which then is the fit.
 */
export function profilesOf(
  {law, context, objective, sample, exact, free, parameters, problem}: Estimator,
  {theta, objective: least}: Estimate,
  options: {level: number; known: boolean; cluster: Cluster}
): Profiles | null {
  if (exact !== null || free.length > walked.coefficients || problem.y.length > walked.points) return null;
  const found = profile(problem, {theta, objective: least}, options);
  const all = {...found.profiles};
  for (const [i, own] of law.parameters(context).entries()) {
    if (own.fixed !== undefined || parameters[i].fixed === undefined) continue;
    const freed = parameters.map((p, j) => (j === i ? own : p));
    const around = createProblem(law, context, sample, objective, freed);
    Object.assign(all, profile(around, found, {...options, names: [own.name]}).profiles);
  }
  return {...found, profiles: all};
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
 * What verdicts and identify call identified is so no more where its interval says too little: see saysLittle.
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
  const {law, context, parameters, free, objective, problem} = estimator;
  const {theta} = estimate;
  const drawn = new Map(
    free.map((i, j): [string, [number, number]] => {
      const values = Float64Array.from(draws, (draw) => draw[i]);
      const interval =
        jackknife === null ? quantileInterval(values, level) : bcaInterval(values, theta[i], jackknife[j], level);
      return [parameters[i].name, interval];
    })
  );
  const intervals = free.map((i) => drawn.get(parameters[i].name)!);
  const robust = objective.loss !== "squares";
  const judged: Readonly<Record<string, Identified>> =
    profiles === null
      ? Object.fromEntries(
          identify(estimator, estimate, intervals).map((found, j) => [parameters[free[j]].name, found])
        )
      : verdicts(problem, profiles, {bootstrap: robust ? Object.fromEntries(drawn) : {}});
  return Object.fromEntries(
    law.parameters(context).flatMap((own, i) => {
      if (own.fixed !== undefined) return [];
      const {name, bounds} = own;
      const value = theta[i];
      const walk = profiles?.profiles[name]?.interval ?? null;
      const unit = own.unit.replace("target", target);
      const {interval, identified: told, note} = judged[name] ?? atBound(value, walk, bounds);
      const narrower = interval[0] > bounds[0] || interval[1] < bounds[1];
      const percentiles = drawn.get(name);
      const [low, high] =
        robust && narrower && walk !== null && percentiles !== undefined
          ? [walk[0] === null ? bounds[0] : percentiles[0], walk[1] === null ? bounds[1] : percentiles[1]]
          : interval;
      // Draws may lie beyond a bound, or all on one side of the fit.
      const inside = (v: number) => Math.min(bounds[1], Math.max(bounds[0], v));
      const whole: [number, number] = [Math.min(value, inside(low)), Math.max(value, inside(high))];
      const little = told ? saysLittle(own, whole, estimator.sample.y) : "";
      return [
        [
          name,
          {
            value,
            interval: whole,
            profile: walk === null ? null : ([...walk] as Verdict["profile"]),
            identified: told && little === "",
            note: note || little,
            unit
          }
        ] as const
      ];
    })
  );
}

/** The verdict on a parameter whose best fit lies at a bound. */
function atBound(
  value: number,
  walk: readonly [number | null, number | null] | null,
  bounds: readonly [number, number]
): Identified {
  return {
    interval: [walk?.[0] ?? bounds[0], walk?.[1] ?? bounds[1]],
    identified: false,
    note: `the best fit lies at its bound, ${Number(value.toPrecision(3))}`
  };
}
