import {heldAtBounds} from "./bounded.js";
import {createEstimator, type Estimate, type Estimator} from "./estimator.js";
import type {Mix} from "./mixes.js";
import {sampleOf} from "./sample.js";
import {searchFrom} from "./searchFrom.js";
import {contextFor, type Setting} from "./setting.js";
import type {RunTasks} from "./task.js";

/**
 * The chosen law fitted to all runs, to convergence. Where it was chosen on a part of them, its shape is
 * kept, or its search goes on from where it ended there. Parameters that end at a bound are held there in the estimator.
 *
 * @param options.whole whether the candidates saw all mixes
 */
export async function finalOf(
  {estimator, estimate}: {readonly estimator: Estimator; readonly estimate: Estimate},
  setting: Setting,
  mixes: readonly Mix[],
  {whole, run}: {whole: boolean; run: RunTasks}
): Promise<{estimator: Estimator; estimate: Estimate}> {
  if (whole) return estimator.exact !== null ? {estimator, estimate} : settled(estimator, estimate, run);
  const {law, objective} = estimator;
  const {theta} = estimate;
  const linear = law.linear;
  const shape = linear === undefined ? [] : Array.from(theta.slice(theta.length - linear.shape));
  const kept =
    estimator.exact === null || linear === undefined ? law : {...law, linear: {...linear, shapes: () => [shape]}};
  const all = createEstimator(kept, contextFor(law, setting, mixes), objective, sampleOf(law, setting, mixes));
  if (all.exact === null) return settled(all, estimate, run);
  const found = all.exact();
  return {estimator: all, estimate: {...found, rank: estimate.rank}};
}

/** A fit run to convergence, what lies at a bound then held there. */
async function settled(
  {law, context, objective, sample, problem}: Estimator,
  estimate: Estimate,
  run: RunTasks
): Promise<{estimator: Estimator; estimate: Estimate}> {
  const found = await searchFrom(problem, [estimate.theta], {run});
  const held = heldAtBounds(problem.parameters, found.theta);
  return {estimator: createEstimator(law, context, objective, sample, held), estimate: {...estimate, ...found}};
}
