import {runTask, type Task, type TaskResult} from "../scaling/task.js";

/** Does one task of a fit on a worker thread. */
export default function work(task: Task): TaskResult {
  return runTask(task);
}
