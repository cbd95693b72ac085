import type {FitOptions} from "../lib/scaling/fit.js";
import type {Observations} from "../lib/scaling/observations.js";
import type {RunTasks, Task, TaskResult} from "../lib/scaling/task.js";
import type {Fit} from "../lib/schema/fit.js";
import type {Reply, Request} from "./fitWorker.js";

/** Workers of the page that fit laws, so that the page itself never waits. */
export interface FitPool {
  /** Does tasks on the workers; the results come in the order of the tasks. */
  readonly run: RunTasks;
  /**
   * Fits on a worker, whose tasks the others do. An aborted fit is rejected with the signal's reason, and its worker
   * stops at once.
   */
  fit(columns: Observations, options: Omit<FitOptions, "run">, signal?: AbortSignal): Promise<Fit>;
  /** Stops all workers; what they were asked for is rejected. */
  close(): void;
}

interface Job {
  readonly task: Task;
  readonly signal?: AbortSignal;
  resolve(result: TaskResult): void;
  reject(error: unknown): void;
}

/**
 * Workers in the browser, started when they are first needed and kept.
 *
 * @param options.workers that do tasks; by default one for each processor that the browser tells of
 */
export function createFitPool({workers = Math.max(1, navigator.hardwareConcurrency)} = {}): FitPool {
  const all = new Set<Worker>();
  const idle: Worker[] = [];
  const leaders: Worker[] = [];
  const queue: Job[] = [];
  const closing = new AbortController();
  let hands = 0;

  function start(): Worker {
    const worker = new Worker(import.meta.resolve("./fitWorker.js"), {type: "module"});
    all.add(worker);
    return worker;
  }

  function stop(worker: Worker): void {
    worker.terminate();
    all.delete(worker);
  }

  function next(): void {
    while (queue.length > 0 && (idle.length > 0 || hands < workers)) {
      const job = queue.shift()!;
      if (job.signal?.aborted) {
        job.reject(job.signal.reason);
        continue;
      }
      const worker = idle.pop() ?? (hands++, start());
      listen(worker, {
        message(reply) {
          idle.push(worker);
          if (reply.kind === "result") job.resolve(reply.result);
          else if (reply.kind === "error") job.reject(reply.error);
          next();
        },
        failure(error) {
          hands--;
          stop(worker);
          job.reject(error);
          next();
        }
      });
      send(worker, {kind: "task", task: job.task});
    }
  }

  function runFor(tasks: readonly Task[], signal?: AbortSignal): Promise<TaskResult[]> {
    if (closing.signal.aborted) return Promise.reject(closing.signal.reason);
    const results = tasks.map(
      (task) => new Promise<TaskResult>((resolve, reject) => queue.push({task, signal, resolve, reject}))
    );
    next();
    return Promise.all(results);
  }

  return {
    run: (tasks) => runFor(tasks),
    fit(columns, options, signal) {
      const either = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
      if (either.aborted) return Promise.reject(either.reason);
      const worker = leaders.pop() ?? start();
      return new Promise((resolve, reject) => {
        const abort = () => {
          stop(worker);
          reject(either.reason);
        };
        const leave = () => {
          either.removeEventListener("abort", abort);
          leaders.push(worker);
        };
        either.addEventListener("abort", abort);
        listen(worker, {
          message(reply) {
            if (reply.kind === "tasks") {
              runFor(reply.tasks, either).then(
                (results) => send(worker, {kind: "results", call: reply.call, results}),
                (error: unknown) => send(worker, {kind: "failure", call: reply.call, error})
              );
              return;
            }
            leave();
            if (reply.kind === "fitted") resolve(reply.fit);
            else if (reply.kind === "error") reject(reply.error);
          },
          failure(error) {
            either.removeEventListener("abort", abort);
            stop(worker);
            reject(error);
          }
        });
        send(worker, {kind: "fit", columns, options});
      });
    },
    close() {
      closing.abort(new Error("the pool of workers was closed"));
      for (const worker of all) worker.terminate();
      for (const job of queue.splice(0)) job.reject(closing.signal.reason);
    }
  };
}

function listen(
  worker: Worker,
  {message, failure}: {message(reply: Reply): void; failure(error: unknown): void}
): void {
  worker.onmessage = ({data}: MessageEvent<Reply>) => message(data);
  worker.onerror = (event) => failure(new Error(event.message || "a worker of the page could not start"));
}

function send(worker: Worker, request: Request): void {
  worker.postMessage(request);
}
