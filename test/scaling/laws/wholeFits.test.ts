import {expect, test} from "vitest";
import {fit} from "../../../lib/scaling/fit.js";
import type {Observations, Scalar} from "../../../lib/scaling/observations.js";
import {createPrediction} from "../../../lib/scaling/prediction.js";
import {Fit} from "../../../lib/schema/fit.js";
import {createRandom} from "../../../lib/text/random.js";
import {examples, type Example} from "./examples.js";

/** Examples of runs enough to fit their law; for the tier and collapse laws see recovery and tier. */
const whole = examples.filter(({rows}) => rows.length > 4);

/** The columns of an example's runs, their noise a five-hundredth of the targets: of each, or of their mean. */
function columnsOf({law, theta, rows, context}: Example, relative: boolean) {
  const random = createRandom("every law", law.id);
  const kept = rows.filter((row) => row.every(Number.isFinite));
  const truth = kept.map((row) => law.predict(theta, row));
  const size = truth.reduce((sum, v) => sum + Math.abs(v), 0) / truth.length;
  const sd = truth.map((v) => 0.002 * (relative ? v : size));
  const inputs: Record<string, number[]> = {};
  const scalars: Partial<Record<Scalar, number[]>> = {};
  const supplies: Record<string, number[]> = {};
  let at = 0;
  for (const variable of law.reads) {
    const column = () => kept.map((row) => row[at]);
    if (variable === "share") inputs.share = column();
    else if (variable === "shares") for (const t of context.tiers) [inputs[t], at] = [column(), at + 1];
    else if (variable === "supplies") for (const t of context.tiers) [supplies[t], at] = [column(), at + 1];
    else scalars[variable] = column();
    if (variable !== "shares" && variable !== "supplies") at++;
  }
  const target = truth.map((v, i) => v + sd[i] * random.normal());
  const columns: Observations = {inputs, scalars, target, ...(law.reads.includes("supplies") && {supplies})};
  return {columns, truth, sd};
}

function turned(columns: Observations): Observations {
  const order = createRandom("turned").shuffle([...columns.target.keys()]);
  const turn = (by: Readonly<Record<string, readonly number[]>> = {}) =>
    Object.fromEntries(Object.entries(by).map(([name, values]) => [name, order.map((i) => values[i])]));
  return {
    inputs: turn(columns.inputs),
    scalars: turn(columns.scalars),
    target: order.map((i) => columns.target[i]),
    ...(columns.supplies !== undefined && {supplies: turn(columns.supplies)})
  };
}

function predictionsOf(made: Fit, {inputs, scalars, supplies = {}}: Observations): number[] {
  const values = (name: string) => inputs[name] ?? scalars?.[name as Scalar] ?? supplies[name.replace("supply ", "")];
  const {value} = createPrediction(made);
  const n = Object.values({...inputs, ...scalars})[0].length;
  return Array.from({length: n}, (_, i) => value(made.inputs.map((name) => values(name)[i])));
}

test.for(whole)("$law.id: found in runs that follow it, in any order and any unit", async (example) => {
  const {law, context} = example;
  const {lowerIsBetter} = context;
  const relative = lowerIsBetter && law.reads.some((v) => v === "n" || v === "d" || v === "u");
  const {columns, truth, sd} = columnsOf(example, relative);
  const options = {law: law.id, target: "y", lowerIsBetter, knot: 0.5, bootstrap: 4, folds: 2, starts: 2};
  const made = await fit(columns, options);

  // What a fit adds to the truth has k variances of χ² on k runs' worth of noise, three deviations above its mean, and
  // π / 2 of that under Huber's loss, which is of absolute residuals here.
  const k = Object.keys(made.coefficients).length;
  const predicted = predictionsOf(made, columns);
  const error = predicted.reduce((sum, p, i) => sum + ((p - truth[i]) / sd[i]) ** 2, 0);
  expect(error).toBeLessThan((Math.PI / 2) * (k + 3 * Math.sqrt(2 * k)));

  // No number that a file cannot hold, and each value within its interval.
  expect(Fit.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
  for (const {value, interval} of Object.values(made.coefficients)) {
    expect(interval[0]).toBeLessThanOrEqual(value);
    expect(interval[1]).toBeGreaterThanOrEqual(value);
  }

  expect(JSON.stringify(await fit(turned(columns), options))).toBe(JSON.stringify(made));

  // Searches end where the objective falls by less than 1e-10 of itself: 1e-5 of the residuals, 1e-4 with all slack.
  const eightfold = await fit({...columns, target: columns.target.map((y) => 8 * y)}, options);
  const scaled = predictionsOf(eightfold, columns);
  for (const [i, p] of predicted.entries()) expect(Math.abs(scaled[i] / 8 - p) / Math.abs(sd[i])).toBeLessThan(0.05);
});
