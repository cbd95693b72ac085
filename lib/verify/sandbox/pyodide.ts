import {createRequire} from "node:module";
import {findDeno} from "./deno.js";
import type {Limits, Session} from "./program.js";
import {startPyodide, type PyodideProcess} from "./pyodideProcess.js";
import {findSnapshot} from "./pyodideSnapshot.js";

/** Python that nobody trusts, in WebAssembly, in a process without permissions. */
export interface Pyodide {
  /** as it stands in verdicts: "deno/pyodide-" and the version */
  id: string;
  /** of the language, e.g. "3.14" */
  python: string;
  /**
   * Runs `main` in a fresh process. `main` is trusted Python; it talks with the session through the built-in module
   * `channel`: `send(line)` and `receive()`, which blocks, and is None once there is no more. What it prints, on stdout
   * or stderr, is the run's `stderr`. An exception that leaves `main` is exit code 1.
   *
   * @param program.files by name, what it finds in its folder /job, which is first in sys.path
   * @param program.lasting for one that runs for more than a second: its code is optimised while it runs, which costs
   *   half a second of processor time and makes Python three times as fast
   * @param program.seed of `random` and of whatever else asks for chance; the same by default in every run
   */
  start(program: {
    main: string;
    files?: Readonly<Record<string, string>>;
    seed?: number;
    lasting?: boolean;
    limits?: Partial<Limits>;
  }): Promise<Session>;
  /** ends all its processes; it starts new ones when asked again */
  close(): Promise<void>;
}

const {version} = createRequire(import.meta.url)("pyodide/package.json") as {version: string};

/** What a run may use when it does not say. */
const defaults: Limits = {
  wall: 10_000,
  cpu: 10,
  memory: 256 * 2 ** 20,
  processes: 1,
  files: 256 * 2 ** 20,
  output: 4 * 2 ** 20
};

/**
 * Pyodide in deno, both from npm: a fresh process for every program, never used again, taken from a few that have
 * started and wait. A program owns its whole process (Python reaches JavaScript through `js`): whatever comes from it,
 * exit code included, is the candidate's word.
 *
 * Held from outside: wall and processor time, resident memory beyond what Pyodide itself takes, bytes of output;
 * within: the memory that Python may grow to. Files live in that memory. Time is UTC, chance is seeded.
 *
 * It does not hide the clock, the processor's name or the paths of Pyodide's own files, and it stands on deno's
 * permissions and V8 alone: who breaks out of V8 is this user on this machine. Memory that is not Python's is noticed
 * only every 20 ms, and not at all where there is no /proc.
 *
 * @param options.spare processes that are kept started and waiting, once one has been asked for
 * @param options.modules trusted Python modules by file name, e.g. "values.py", that every program finds imported
 *   already: they are part of the snapshot, which saves compiling them at every start
 * @throws Error from `start` where npm has no deno for this platform
 */
export function createPyodide({
  spare = 2,
  modules = {}
}: {spare?: number; modules?: Readonly<Record<string, string>>} = {}): Pyodide {
  const waiting: PyodideProcess[] = [];
  const all = new Set<PyodideProcess>();
  let found: Promise<(lasting: boolean) => PyodideProcess> | undefined;

  const find = async () => {
    const deno = findDeno();
    const snapshot = await findSnapshot(deno, modules);
    return (lasting: boolean) => {
      const process = startPyodide(deno, snapshot, lasting);
      all.add(process);
      void process.gone.then(() => all.delete(process));
      return process;
    };
  };
  return {
    id: `deno/pyodide-${version}`,
    python: "3.14",
    async start({main, files = {}, seed = 1, lasting = false, limits}) {
      const fresh = await (found ??= find());
      const process = (lasting ? undefined : waiting.shift()) ?? fresh(lasting);
      while (!lasting && waiting.length < spare) waiting.push(fresh(false));
      await process.ready();
      const whole = {...defaults, ...limits};
      return process.run({main, files: {...files}, seed, memory: whole.memory}, whole);
    },
    async close() {
      waiting.length = 0;
      const ending = [...all];
      for (const process of ending) process.kill();
      await Promise.all(ending.map(({gone}) => gone));
    }
  };
}
