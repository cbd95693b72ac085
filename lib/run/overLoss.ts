import type {Observations} from "../scaling/observations.js";
import {createPrediction} from "../scaling/prediction.js";
import {variablesOf} from "../scaling/variables.js";
import type {Fit} from "../schema/fit.js";

/** Runs with the loss that a fit predicts for them in place of what it reads: what the later law of a chain is fitted to. */
export function overLoss(first: Fit, columns: Observations): Observations {
  const {value} = createPrediction(first);
  return {...columns, inputs: {}, supplies: {}, scalars: {loss: rowsOf(first, columns).map(value)}};
}

/** The inputs of runs in the order of a fit's. */
export function rowsOf({inputs}: Fit, columns: Observations): number[][] {
  const values = new Map(variablesOf(columns).map((variable) => [variable.name, variable.values]));
  return columns.target.map((_, i) => inputs.map((name) => values.get(name)![i]));
}
