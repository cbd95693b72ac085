import {availableParallelism} from "node:os";
import {createWorkers} from "../io/workers.js";
import {runTask, type RunTasks, type TaskResult} from "../scaling/task.js";

/** Workers for fits. */
interface ScalingPool {
  readonly run: RunTasks;
  close(): Promise<void>;
}

/**
 * A pool of worker threads that does the tasks of fits. Tasks are done here until `patience` has passed, so that a small
 * fit does not wait for threads to start; who does a task never shows in its result.
 *
 * @param options.patience milliseconds of work before the threads are started
 */
export function createScalingPool({workers = availableParallelism(), patience = 150} = {}): ScalingPool {
  let pool: ReturnType<typeof createWorkers> | null = null;
  return {
    async run(tasks) {
      const results: TaskResult[] = [];
      const started = performance.now();
      while (
        results.length < tasks.length &&
        (workers < 2 || tasks.length < 2 || (pool === null && performance.now() - started < patience))
      )
        results.push(runTask(tasks[results.length]));
      if (results.length === tasks.length) return results;
      pool ??= createWorkers(import.meta.url, "./scalingWorker.js", {workers});
      const threads = pool;
      const rest = tasks.slice(results.length).map((task) => threads.run(task) as Promise<TaskResult>);
      return [...results, ...(await Promise.all(rest))];
    },
    async close() {
      await pool?.destroy();
      pool = null;
    }
  };
}
