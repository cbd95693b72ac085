import {progress} from "../io/progress.js";
import type {RunTasks} from "../scaling/task.js";

/** Tasks between two looks at the clock. */
const slice = 16;

/**
 * A way to do the tasks of a fit that says on stderr how many are done, from two seconds on; as it was where stderr is
 * no terminal. How tasks are grouped changes nothing in their results.
 */
export function shownRun(run: RunTasks): {run: RunTasks; end(): void} {
  if (!process.stderr.isTTY) return {run, end() {}};
  const bar = progress("fitting: searches done", null);
  let done = 0;
  return {
    async run(tasks) {
      const results = [];
      for (let i = 0; i < tasks.length; i += slice) {
        results.push(...(await run(tasks.slice(i, i + slice))));
        bar.update((done += Math.min(slice, tasks.length - i)));
      }
      return results;
    },
    end: () => bar.end()
  };
}
