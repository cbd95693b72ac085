import {createEstimator, type Estimate, type Estimator} from "./estimator.js";
import type {Mix} from "./mixes.js";
import {sampleOf} from "./sample.js";
import {contextFor, type Setting} from "./setting.js";
import {bestOf, startTasks, type RunTasks} from "./task.js";

/**
 * The chosen law fitted to all runs, to convergence. Where it was chosen on a part of them, its shape is kept, or its search goes on
 * from where it ended there.
 *
 * @param options.whole whether the candidates saw all mixes
 */
export async function finalOf(
  {estimator, estimate}: {readonly estimator: Estimator; readonly estimate: Estimate},
  setting: Setting,
  mixes: readonly Mix[],
  {whole, run}: {whole: boolean; run: RunTasks}
): Promise<{estimator: Estimator; estimate: Estimate}> {
  if (whole) {
    if (estimator.exact !== null) return {estimator, estimate};
    const {theta, objective} = bestOf(estimator.law.id, await run(startTasks(estimator.problem, [estimate.theta])));
    return {estimator, estimate: {...estimate, theta, objective}};
  }
  const {law, objective} = estimator;
  const {theta} = estimate;
  const linear = law.linear;
  const shape = linear === undefined ? [] : Array.from(theta.slice(theta.length - linear.shape));
  const kept =
    estimator.exact === null || linear === undefined ? law : {...law, linear: {...linear, shapes: () => [shape]}};
  const all = createEstimator(kept, contextFor(law, setting, mixes), objective, sampleOf(law, setting, mixes));
  if (all.exact !== null) {
    const found = all.exact();
    return {estimator: all, estimate: {...found, rank: estimate.rank}};
  }
  const found = bestOf(law.id, await run(startTasks(all.problem, [theta])));
  return {estimator: all, estimate: {theta: found.theta, objective: found.objective, rank: estimate.rank}};
}
