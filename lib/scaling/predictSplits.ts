import {inside} from "./bounded.js";
import {createEstimator, type Estimator} from "./estimator.js";
import type {Law} from "./law.js";
import type {Mix} from "./mixes.js";
import type {Problem} from "./problem.js";
import {sampleOf} from "./sample.js";
import {contextFor, rowsFor, type Setting} from "./setting.js";
import type {Split} from "./splits.js";
import {heated, shortlist} from "./starts.js";
import {solutionsOf, variationTasks, type RunTasks} from "./task.js";

/** Starts that each split is searched from, chosen on the split's own runs. */
const perSplit = {listed: 8, searched: 2};

/** Predictions do not show what a search finds beyond this. */
const predicting = {tolerance: 1e-8, steps: 60};

/**
 * The predictions of a law for mixes that it has not seen, split by split: each split is a fit of its own, which is told
 * only of its own runs.
 *
 * @param options.needed rank that the design has with all mixes: a split that reaches less says nothing
 * @param options.among whole thetas that the starts of a search are chosen from
 * @returns predictions of each split's tests in their order; null for a split whose runs are too few for the law
 */
export async function predictSplits(
  law: Law,
  setting: Setting,
  mixes: readonly Mix[],
  splits: readonly Split[],
  {needed, among, run}: {needed: number; among: readonly ArrayLike<number>[]; run: RunTasks}
): Promise<(number[] | null)[]> {
  const rows = rowsFor(law, setting, mixes);
  const predict = ({test}: Split, theta: Float64Array) => test.map((g) => law.predict(theta, rows[g]));
  const found: (number[] | null)[] = splits.map(() => null);
  const asked: {place: number; problem: Problem; starts: readonly ArrayLike<number>[]}[] = [];
  for (const [i, split] of splits.entries()) {
    const train = split.train.map((g) => mixes[g]);
    const estimator = prepare(law, setting, train);
    if (estimator === null) continue;
    if (estimator.exact !== null) {
      const {theta, rank} = estimator.exact();
      if (rank >= needed) found[i] = finite(predict(split, theta));
      continue;
    }
    if (estimator.free.length >= train.length) continue;
    const thetas = among.map((theta) => held(estimator, theta));
    const starts =
      thetas.length === 1
        ? thetas
        : heated(estimator, shortlist(estimator, {most: perSplit.listed, among: thetas}), perSplit.searched);
    if (starts.length === 0) continue;
    asked.push({place: i, problem: estimator.problem, starts});
  }
  const tasks = asked.map(({problem, starts}) =>
    variationTasks(
      problem,
      starts.map((start) => ({starts: [start]}))
    )
  );
  const solved = solutionsOf(await run(tasks.flat().map((task) => ({...task, precision: predicting}))));
  let next = 0;
  const searches = asked.map(({problem, starts}) => ({
    problem,
    minima: solved.slice(next, (next += starts.length)).filter((one) => one !== null)
  }));
  for (const [i, minimum] of (await inside(searches, {run, precision: predicting})).entries())
    if (minimum !== null) found[asked[i].place] = finite(predict(splits[asked[i].place], minimum.theta));
  return found;
}

function prepare(law: Law, setting: Setting, train: readonly Mix[]): Estimator | null {
  try {
    return createEstimator(law, contextFor(law, setting, train), setting.objective, sampleOf(law, setting, train));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** A theta with what this sample holds fixed: fewer runs may tell less. */
function held({parameters}: Estimator, theta: ArrayLike<number>): number[] {
  return parameters.map(({fixed}, i) => fixed ?? theta[i]);
}

function finite(values: number[]): number[] | null {
  return values.every(Number.isFinite) ? values : null;
}
