import type {Fit} from "../schema/fit.js";
import {heldAtBounds} from "./bounded.js";
import {calibrate} from "./calibration.js";
import {contextFor, type Setting} from "./setting.js";
import {lawOf} from "./laws.js";
import {mixesOf} from "./mixes.js";
import {noiseWeights} from "./noiseWeights.js";
import {observe, type Observations} from "./observations.js";
import {createProblem} from "./problem.js";
import {profile} from "./profile.js";
import {sampleOf} from "./sample.js";
import {variablesOf} from "./variables.js";

/** The profile of one coefficient, to be drawn. */
export interface CoefficientProfile {
  /** [value, standard errors from the best fit], by value: the others fitted again at each value */
  readonly points: readonly (readonly [number, number])[];
  /** standard errors at which the fit's level is reached */
  readonly threshold: number;
  readonly interval: readonly [number | null, number | null];
}

/**
 * The profile of a coefficient of a fit, made anew from the runs that it was fitted to.
 *
 * @param columns what `fit` was given
 * @throws RangeError for a name that is no coefficient
 */
export function profileOf(fit: Fit, columns: Observations, name: string): CoefficientProfile {
  const law = lawOf(fit.law);
  const {lowerIsBetter, objectiveForm: objective, level, fixed} = fit;
  const inputs = variablesOf(columns).map(({name, role}) => ({name, role}));
  const setting: Setting = {
    inputs,
    lowerIsBetter,
    objective,
    ...(fixed.knot !== undefined && {knot: fixed.knot})
  };
  const logs = objective.residuals === "log";
  const observed = observe(columns, {positive: logs, target: fit.target}).filter((run) => !run.holdout);
  const equal = mixesOf(observed);
  const found = fit.weighting === "replicates" ? noiseWeights(equal, {logs}) : null;
  const mixes =
    found === null
      ? equal
      : mixesOf(equal.flatMap((mix, g) => mix.runs.map((run) => ({...run, weight: found.factors[g]}))));
  const context = contextFor(law, setting, mixes);
  const parameters = law.parameters(context);
  const theta = parameters.map((p) => fit.coefficients[p.name]?.value ?? fit.fixed[p.name]);
  // What else lies at a bound stays there, as it does in the fit.
  const others = heldAtBounds(parameters, theta).map((p, i) => (p.name === name ? parameters[i] : p));
  const problem = createProblem(law, context, sampleOf(law, setting, mixes), objective, others);
  const start = problem.phi(theta);
  const value = problem.evaluate(start, new Float64Array(start.length));
  const known = columns.sd !== undefined;
  const walked = profile(problem, {theta, objective: value}, {level, known, names: [name]});
  const {root, quantile} = calibrate(problem, walked.objective, {known});
  const {points, interval} = walked.profiles[name];
  return {
    points: points.map(([at, objective]) => [at, root(objective)] as const),
    threshold: quantile((1 + level) / 2),
    interval
  };
}
