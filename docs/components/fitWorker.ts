import {fit, type FitOptions} from "../lib/scaling/fit.js";
import type {Observations} from "../lib/scaling/observations.js";
import {runTask, type RunTasks, type Task, type TaskResult} from "../lib/scaling/task.js";
import type {Fit} from "../lib/schema/fit.js";

/** What the page asks of a worker: one task, a whole fit, or to go on with the results of a fit's tasks. */
export type Request =
  | {readonly kind: "task"; readonly task: Task}
  | {readonly kind: "fit"; readonly columns: Observations; readonly options: Omit<FitOptions, "run">}
  | {readonly kind: "results"; readonly call: number; readonly results: readonly TaskResult[]}
  | {readonly kind: "failure"; readonly call: number; readonly error: unknown};

/** What a worker answers: the task's result, the fit, tasks of the fit that other workers may do, or an error. */
export type Reply =
  | {readonly kind: "result"; readonly result: TaskResult}
  | {readonly kind: "fitted"; readonly fit: Fit}
  | {readonly kind: "tasks"; readonly call: number; readonly tasks: readonly Task[]}
  | {readonly kind: "error"; readonly error: unknown};

const waiting = new Map<number, {resolve(results: TaskResult[]): void; reject(error: unknown): void}>();
let calls = 0;

const run: RunTasks = (tasks) =>
  new Promise((resolve, reject) => {
    waiting.set(calls, {resolve, reject});
    reply({kind: "tasks", call: calls++, tasks});
  });

function reply(message: Reply): void {
  postMessage(message);
}

async function answer(request: Request): Promise<void> {
  if (request.kind === "task") reply({kind: "result", result: runTask(request.task)});
  else if (request.kind === "fit") {
    const options = {...request.options, run};
    reply({kind: "fitted", fit: await fit(request.columns, options)});
  } else {
    const call = waiting.get(request.call);
    waiting.delete(request.call);
    if (request.kind === "results") call?.resolve([...request.results]);
    else call?.reject(request.error);
  }
}

addEventListener("message", ({data}: MessageEvent<Request>) => {
  answer(data).catch((error: unknown) => reply({kind: "error", error}));
});
