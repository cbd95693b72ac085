import {lawOf} from "../../lib/scaling/laws.js";
import {objectives, type Objective, type ObjectiveName} from "../../lib/scaling/objective.js";
import {observe, type Observations} from "../../lib/scaling/observations.js";
import {createProblem, type Problem} from "../../lib/scaling/problem.js";
import {rowOf} from "../../lib/scaling/rows.js";
import {contextFor} from "../../lib/scaling/setting.js";
import {solve} from "../../lib/scaling/solve.js";
import {valuesAt, variablesOf} from "../../lib/scaling/variables.js";

/** A law at its best coefficients, without intervals. */
export interface Estimated {
  readonly problem: Problem;
  /** by name, the fixed ones too */
  readonly theta: Readonly<Record<string, number>>;
  /** summed over the runs */
  readonly objective: number;
  /** predictions of runs, in the order of their columns */
  predict(columns: Observations): number[];
}

/** A law as a problem over runs: its objective can be asked for at any coefficients. */
export function problemOf(
  id: string,
  columns: Observations,
  objective: ObjectiveName | Objective,
  fixed: Readonly<Record<string, number>> = {}
): Problem {
  const law = lawOf(id);
  const form = typeof objective === "string" ? objectives[objective] : objective;
  const inputs = variablesOf(columns);
  const runs = observe(columns);
  const context = contextFor(law, {inputs, lowerIsBetter: true}, runs);
  const parameters = law
    .parameters(context)
    .map((parameter) => (parameter.name in fixed ? {...parameter, fixed: fixed[parameter.name]} : parameter));
  const data = {
    rows: runs.map(({x}) => rowOf(law, valuesAt(inputs, x))),
    y: runs.map(({y}) => y),
    weight: runs.map(({weight}) => weight)
  };
  return createProblem(law, context, data, form, parameters);
}

/** Fits a law to runs, from all of its starts. */
export function estimate(
  id: string,
  columns: Observations,
  objective: ObjectiveName | Objective,
  fixed: Readonly<Record<string, number>> = {}
): Estimated {
  const problem = problemOf(id, columns, objective, fixed);
  const {law, rows, y, parameters} = problem;
  const inputs = variablesOf(columns);
  const context = contextFor(law, {inputs, lowerIsBetter: true}, observe(columns));
  const {theta, objective: least} = solve(problem, law.starts(context, rows, y));
  return {
    problem,
    theta: Object.fromEntries(parameters.map(({name}, i) => [name, theta[i]])),
    objective: least,
    predict(asked) {
      const at = variablesOf(asked);
      return asked.target.map((_, i) =>
        law.predict(
          theta,
          rowOf(
            law,
            valuesAt(
              at,
              at.map(({values}) => values[i])
            )
          )
        )
      );
    }
  };
}

/** The objective of a problem at given coefficients, by name. */
export function objectiveAt(problem: Problem, theta: Readonly<Record<string, number>>): number {
  const phi = problem.phi(problem.parameters.map(({name}) => theta[name]));
  return problem.evaluate(phi, new Float64Array(phi.length));
}
