import {availableParallelism} from "node:os";
import type {Piscina} from "piscina";
import {createWorkers} from "../../io/workers.js";
import type {Job, Run} from "./outcome.js";
import type {Sandbox} from "./quickjs.js";
import type {Pair, PairJob, PairRun} from "./realmPair.js";

/** Sandboxes in threads. */
export interface Guard extends Sandbox, Pair {
  run(job: Job): Promise<Run>;
  run(job: PairJob): Promise<PairRun>;
  /** ends the threads; it starts new ones when asked again */
  close(): Promise<void>;
}

interface Lane {
  thread?: Piscina;
}

/**
 * Sandboxes in threads of their own, each ended when it does not answer. Wall-clock time alone is no reason: the job is
 * run again, alone in a fresh thread, with four times the patience and nothing beside it, and only then is it a timeout.
 * What a job gives does not depend on the thread it meets, nor on how many there are.
 *
 * @param options.patience milliseconds to wait for an answer the first time
 * @param options.workers threads, one a core by default; they start with the first jobs and never keep Node alive
 */
export function guard({
  patience = 10_000,
  workers = availableParallelism()
}: {patience?: number; workers?: number} = {}): Guard {
  const idle: Lane[] = Array.from({length: workers}, () => ({}));
  const queue: {need: number; start(lanes: Lane[]): void}[] = [];

  // First come, first served: a job that waits behind another is not timed meanwhile.
  function serve(): void {
    while (queue.length > 0 && idle.length >= queue[0].need) {
      const {need, start} = queue.shift()!;
      start(idle.splice(idle.length - need));
    }
  }

  function withLanes<T>(need: number, work: (lane: Lane) => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      queue.push({
        need,
        start(lanes) {
          work(lanes.at(-1)!)
            .then(resolve, reject)
            .finally(() => {
              idle.push(...lanes);
              serve();
            });
        }
      });
      serve();
    });
  }

  async function attempt(lane: Lane, job: Job | PairJob, wait: number): Promise<Run | PairRun | null> {
    if (lane.thread === undefined) {
      const thread = createWorkers(import.meta.url, "./thread.js", {workers: 1});
      lane.thread = thread;
      // Patience is for the job, not for the start of its thread.
      await thread.run({scripts: []});
    }
    const signal = new AbortController();
    const timer = setTimeout(() => signal.abort(), wait);
    try {
      return (await lane.thread.run(job, {signal: signal.signal})) as Run | PairRun;
    } catch (error) {
      if (!signal.signal.aborted) throw error;
      const ended = lane.thread;
      lane.thread = undefined;
      await ended.destroy();
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  async function run(job: Job | PairJob): Promise<Run | PairRun> {
    const first = await withLanes(1, (lane) => attempt(lane, job, patience));
    if (first !== null) return first;
    const again = await withLanes(workers, (lane) => attempt(lane, job, 4 * patience));
    if (again !== null) return again;
    const usage = {wall: 5 * patience, cpu: 0, memory: 0, programs: 1};
    const none = {outcome: "timeout", detail: "gave no answer, alone neither", usage} as const;
    return "scripts" in job
      ? {...none, values: [], logs: []}
      : {...none, side: "solution", report: null, varies: false};
  }

  return {
    run: run as Guard["run"],
    async close() {
      await Promise.all(
        idle.map(async (lane) => {
          const ended = lane.thread;
          lane.thread = undefined;
          await ended?.destroy();
        })
      );
    }
  };
}
