import {createRandom} from "../text/random.js";
import {aroundEstimate} from "./aroundEstimate.js";
import {redrawing, refit, type Estimate, type Estimator} from "./estimator.js";
import {drawTasks, resample, solutionsOf, type RunTasks} from "./task.js";

/**
 * Bootstrap draws of a law's coefficients from runs drawn with replacement, each fitted anew from the optimum: single
 * runs (cases), or whole groups of runs that share what is not theirs alone (clusters).
 *
 * @param estimator over single runs
 * @param options.group by point, from 0: points of one group are drawn together; by default each is its own
 * @returns whole thetas; a draw whose runs no search could fit is missing
 * Source: Efron & Tibshirani (1993), section 9.5; Davison & Hinkley (1997), section 3.8 (strategy 1).
 */
export async function resampledDraws(
  estimator: Estimator,
  {theta}: Pick<Estimate, "theta">,
  {draws, seed, group, run}: {draws: number; seed: number; group?: Int32Array; run: RunTasks}
): Promise<Float64Array[]> {
  const {exact, problem, sample} = estimator;
  const groups = group ?? Int32Array.from(sample.y.keys());
  const by = ["resampled-draws", seed];
  if (exact === null) {
    const found = solutionsOf(
      await run(
        drawTasks(problem, [theta], {draws, seed: by, group: groups}).map((task) => ({...task, precision: redrawing}))
      )
    );
    return found.flatMap((solution) => (solution === null ? [] : [solution.theta]));
  }
  const changes = Array.from({length: draws}, (_, b) => ({weight: resample(sample.weight, groups, by, b)}));
  const made = (await refit(estimator, changes, [])).map((found) => found!.theta);
  return estimator.law.linear?.ridge === true ? aroundEstimate(made, theta, createRandom("around", seed)) : made;
}
