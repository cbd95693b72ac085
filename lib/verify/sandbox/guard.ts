import type {Piscina} from "piscina";
import {createWorkers} from "../../io/workers.js";
import type {Job, Run} from "./outcome.js";
import type {Sandbox} from "./quickjs.js";

/**
 * A sandbox in a thread of its own, which is ended when it does not answer. Wall-clock time alone is no reason: the job
 * is run again, alone in a fresh thread and with four times the patience, and only then is it a timeout.
 *
 * @param options.patience milliseconds to wait for an answer the first time
 */
export function guard({patience = 10_000}: {patience?: number} = {}): Sandbox & {close(): Promise<void>} {
  let thread: Piscina | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function attempt(job: Job, wait: number): Promise<Run | null> {
    thread ??= createWorkers(import.meta.url, "./thread.js", {workers: 1});
    const signal = new AbortController();
    const timer = setTimeout(() => signal.abort(), wait);
    try {
      return (await thread.run(job, {signal: signal.signal})) as Run;
    } catch (error) {
      if (!signal.signal.aborted) throw error;
      const ended = thread;
      thread = undefined;
      await ended.destroy();
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    // One at a time: a job that waits behind another must not be timed meanwhile.
    run(job) {
      const run = last.then(async (): Promise<Run> => {
        const first = await attempt(job, patience);
        if (first !== null) return first;
        const again = await attempt(job, 4 * patience);
        return again ?? {outcome: "timeout", values: [], logs: [], detail: "gave no answer, alone neither"};
      });
      last = run.catch(() => undefined);
      return run;
    },
    async close() {
      await thread?.destroy();
      thread = undefined;
    }
  };
}
