import {fork, type ChildProcess} from "node:child_process";
import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {fileURLToPath, pathToFileURL} from "node:url";
import type {SqlJob, SqlRun} from "./engine.js";

/** ms that a process may take until it is ready for its first job */
const starting = 60_000;

/** DuckDB in a process of its own, which runs one job at a time. */
export interface Database {
  run(job: SqlJob): Promise<SqlRun>;
  close(): void;
}

/**
 * A lazily started process for hostile SQL, with an empty environment. A job that does not answer in time is run again,
 * alone in a fresh process and with four times the patience, before it is a timeout. It does not keep Node alive.
 *
 * It guards the caller's memory, files and settings; a process is not a wall of the operating system's: an error in DuckDB
 * that lets SQL run machine code would run it as this user.
 *
 * @param options.patience milliseconds to wait the first time, the start of the process not among them
 */
export function openDatabase({patience = 5000}: {patience?: number} = {}): Database {
  let child: ChildProcess | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const failed = (outcome: SqlRun["outcome"], detail: string): SqlRun => ({
    outcome,
    rows: [],
    width: 0,
    state: [],
    detail
  });

  function end(): void {
    child?.removeAllListeners();
    child?.kill("SIGKILL");
    child = null;
  }

  function attempt(job: SqlJob, wait: number): Promise<SqlRun | null> {
    const fresh = child === null;
    child ??= start();
    const current = child;
    current.ref();
    current.channel?.ref();
    return new Promise((resolve) => {
      const settle = (run: SqlRun | null, over: boolean) => {
        clearTimeout(timer);
        current.removeAllListeners();
        if (over) end();
        else {
          current.unref();
          current.channel?.unref();
        }
        resolve(run);
      };
      const patient = (ms: number) => setTimeout(() => settle(null, true), ms);
      let timer = patient(fresh ? starting : wait);
      current.on("message", (said: "ready" | SqlRun) => {
        if (said !== "ready") return settle(said, false);
        clearTimeout(timer);
        timer = patient(wait);
      });
      current.once("exit", (code) =>
        settle(failed(code === 99 ? "out-of-memory" : "error", code === 99 ? "" : "the database ended"), true)
      );
      current.once("error", () => settle(failed("error", "the database could not be asked"), true));
      current.send(job);
    });
  }

  return {
    run(job) {
      const run = last.then(async () => {
        const first = await attempt(job, patience);
        return first ?? (await attempt(job, 4 * patience)) ?? failed("timeout", "gave no answer, alone neither");
      });
      last = run.catch(() => undefined);
      return run;
    },
    close: end
  };
}

function start(): ChildProcess {
  const compiled = fileURLToPath(new URL("./child.js", import.meta.url));
  const source = compiled.replace(/\.js$/, ".ts");
  const typescript = !existsSync(compiled) && existsSync(source);
  return fork(typescript ? source : compiled, [], {
    execArgv: typescript ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [],
    env: {},
    stdio: ["ignore", "ignore", "ignore", "ipc"]
  });
}
