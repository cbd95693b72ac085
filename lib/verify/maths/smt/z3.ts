import type {Piscina} from "piscina";
import {createWorkers} from "../../../io/workers.js";

/** Declarations and assertions in SMT-LIB 2, and the units of work that Z3 may spend on them. */
export interface Z3Question {
  script: string;
  steps: number;
}

/** What Z3 says: a word, what it cannot read, or an error of the engine itself. */
export type Z3Answer = {word: "sat" | "unsat" | "unknown"} | {malformed: string} | {error: string};

/** Z3 in a thread of its own, one script at a time. */
export interface Z3 {
  /** null where it gave no answer in time, alone neither */
  check(question: Z3Question): Promise<Z3Answer | null>;
  close(): Promise<void>;
}

/** Scripts after which the thread is replaced: the memory of WebAssembly only grows. */
const scriptsPerThread = 500;

/**
 * Z3 in WebAssembly in a thread that is ended when it does not answer; a script that made it so is run again alone in a
 * fresh thread with four times the patience. Their work is bounded by `steps`, which are counted, so the clock is the
 * last resort.
 *
 * @param options.patience ms to wait for an answer the first time
 */
export function createZ3({patience = 20_000}: {patience?: number} = {}): Z3 {
  let thread: Piscina | undefined;
  let scripts = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ended = thread;
    thread = undefined;
    scripts = 0;
    await ended?.destroy();
  }

  async function attempt(question: Z3Question, wait: number): Promise<Z3Answer | null> {
    if (scripts >= scriptsPerThread) await end();
    thread ??= createWorkers(import.meta.url, "./thread.js", {workers: 1});
    scripts++;
    const signal = new AbortController();
    const timer = setTimeout(() => signal.abort(), wait);
    try {
      const answer = (await thread.run(question, {signal: signal.signal})) as Z3Answer;
      // After an error of the engine itself nothing in it is trusted.
      if ("error" in answer) await end();
      return answer;
    } catch (error) {
      await end();
      if (signal.signal.aborted) return null;
      return {error: (error as Error).message};
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    check(question) {
      const run = last.then(async () => (await attempt(question, patience)) ?? (await attempt(question, 4 * patience)));
      last = run.catch(() => undefined);
      return run;
    },
    async close() {
      await last;
      await end();
    }
  };
}
