import {inside, type Minimum} from "./bounded.js";
import type {Problem} from "./problem.js";
import type {Precision} from "./solve.js";
import {solutionsOf, startTasks, variationTasks, type RunTasks} from "./task.js";

/**
 * The best minimum within the law's bounds that starts lead to. Of several each is a task of its own, and goes most of
 * its way over a part of the runs; one alone is near the end already.
 *
 * @throws RangeError if no start leads anywhere
 */
export async function searchFrom(
  problem: Problem,
  starts: readonly ArrayLike<number>[],
  {run, precision}: {run: RunTasks; precision?: Precision}
): Promise<Minimum> {
  const tasks = starts.length === 1 ? variationTasks(problem, [{starts}]) : startTasks(problem, starts, {size: 1});
  const results = await run(tasks.map((task) => ({...task, precision})));
  const found =
    starts.length === 1
      ? solutionsOf(results)
      : results.map((result) => (result.kind === "starts" ? result.best : null));
  const [minimum] = await inside([{problem, minima: found.filter((one) => one !== null)}], {run, precision});
  if (minimum !== null) return minimum;
  throw new RangeError(`${problem.law.id}: expected a start with finite predictions, got none`);
}
