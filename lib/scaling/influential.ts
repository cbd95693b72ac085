import type {Fit} from "../schema/fit.js";
import {refit, type Estimate, type Estimator} from "./estimator.js";
import {influenceOf} from "./influence.js";
import type {Observation} from "./observations.js";
import type {RunTasks} from "./task.js";

/** What leaving runs out does to a fit. */
interface Influential {
  readonly influence: Fit["influence"];
  /** by free parameter: its value with each point left out, one Newton step */
  jackknife(): Float64Array[];
}

/**
 * The runs that decide most: all are judged by Cook's distance at one Newton step, and the top ones are then left out
 * in fact, the law fitted again.
 *
 * @param estimator over single runs
 * @param runs in the order of the sample's run numbers
 * @returns null where the law has no finite derivatives at the optimum
 */
export async function influential(
  estimator: Estimator,
  estimate: Estimate,
  runs: readonly Observation[],
  {inputs, most = 10, run}: {inputs: readonly {readonly name: string}[]; most?: number; run: RunTasks}
): Promise<Influential | null> {
  const {sample, free, parameters} = estimator;
  const found = influenceOf(estimator, estimate);
  if (found === null) return null;
  const {cooks, shift} = found;
  const top = [...cooks.keys()].sort((a, b) => cooks[b] - cooks[a] || a - b).slice(0, most);
  const changes = top.map((point) => ({weight: sample.weight.map((w, i) => (i === point ? 0 : w))}));
  const without = await refit(estimator, changes, [estimate.theta], run);
  return {
    influence: top.flatMap((point, i) => {
      const left = without[i];
      if (left === null) return [];
      const {x, y, seed} = runs[sample.run[point]];
      return [
        {
          inputs: Object.fromEntries(inputs.map(({name}, j) => [name, x[j]])),
          value: y,
          seed,
          cooks: cooks[point],
          shift: Object.fromEntries(free.map((at) => [parameters[at].name, left.theta[at] - estimate.theta[at]]))
        }
      ];
    }),
    jackknife() {
      const shifts = Array.from(cooks.keys(), shift);
      return free.map((at) => Float64Array.from(shifts, (moved) => estimate.theta[at] + moved[at]));
    }
  };
}
