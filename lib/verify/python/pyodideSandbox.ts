import {readFileSync} from "node:fs";
import {z} from "zod";
import type {Pyodide} from "../sandbox/pyodide.js";
import type {Limits, Session} from "../sandbox/program.js";
import {harnessFiles} from "./harness.js";
import type {PythonOrder, PythonRead, PythonResult, PythonRoom, PythonSandbox} from "./pythonSandbox.js";

const wall = 10_000;
const patience = 4;
/** how much slower Python in WebAssembly may be */
const slower = 3;
const mostLine = 16_000_000;

const bounds: Partial<Limits> = {wall: 900_000, cpu: 600, output: 64 * 2 ** 20};
const Told = z.object({state: z.string(), detail: z.string(), first: z.string().nullable()});

let main: string | undefined;

/**
 * Python in Pyodide, a candidate's side and its tests' side in a process each; lines go from one to the other through
 * Node, which looks at none of them. Every solution has a fresh process but for mutants, which share one among
 * themselves; the tests' process is kept for the room. Strings hash the same in every room.
 *
 * A run that only the clock stopped is run again, alone, with four times the patience. It does not guard against test
 * code that remembers earlier runs of its own room, nor against mutants that leave something behind for each other.
 */
export function createPyodideSandbox(pyodide: Pyodide): PythonSandbox {
  let alone: Promise<unknown> = Promise.resolve();
  let reader: Promise<Session> | null = null;
  let reading: Promise<unknown> = Promise.resolve();

  const start = async (role: "candidate" | "tests" | "read", seed: number, limits: Partial<Limits> = {}) => {
    main ??= readFileSync(new URL("./pyodideMain.py", import.meta.url), "utf8");
    const session = await pyodide.start({main, files: harnessFiles(), seed, limits: {...bounds, ...limits}});
    session.send(role);
    return session;
  };

  async function read(order: object): Promise<PythonRead> {
    const session = await (reader ??= start("read", 1));
    session.send(JSON.stringify(order));
    const line = await within(session.receive(), patience * wall);
    if (typeof line === "string") return JSON.parse(line) as PythonRead;
    reader = null;
    await session.end();
    return {error: "the solution cannot be read"};
  }

  return {
    id: pyodide.id,
    open(seed) {
      const used = {wall: 0, cpu: 0, memory: 0, programs: 0};
      const begun = performance.now();
      let tests: Session | null = null;
      let candidate: Session | null = null;
      const ended = async (session: Session) => {
        const run = await session.end();
        used.cpu += run.usage.cpu;
        used.memory = Math.max(used.memory, run.usage.memory);
        return run;
      };

      async function attempt(order: PythonOrder, shared: boolean, wait: number): Promise<PythonResult> {
        const {setup, solution, tests: code, form, cpu} = order;
        const say = (state: string, detail: string): PythonResult => ({state, detail, first: null, cpu: 0});
        used.programs++;
        const first = candidate === null;
        candidate ??= await start("candidate", seed, shared ? {} : {cpu: slower * cpu});
        tests ??= await start("tests", seed);
        const given = JSON.stringify({setup, solution});
        candidate.send(first ? given : `:${given}`);
        tests.send(JSON.stringify({setup, tests: code, form}));
        const until = performance.now() + wait;
        let stopped: PythonResult | null = null;
        for (;;) {
          const line = await within(tests.receive(), until + 2000 - performance.now());
          if (typeof line !== "string") {
            const {outcome} = await ended(tests);
            tests = null;
            stopped ??= say(line === undefined ? "late" : outcome === "done" ? "error" : outcome, "the tests ended");
            break;
          }
          if (!line.startsWith(">")) {
            stopped ??= {...(told(line.slice(1)) ?? say("error", "the tests' side cannot be read")), cpu: 0};
            break;
          }
          candidate?.send(line.slice(1));
          const reply = candidate === null ? null : await within(candidate.receive(), until - performance.now());
          if (typeof reply === "string" && reply.length <= mostLine) tests.send(`<${reply}`);
          else if (candidate === null) tests.send("!gone");
          else {
            const {outcome} = await ended(candidate);
            candidate = null;
            if (reply === undefined) stopped = say("late", "gave no answer in time");
            else if (outcome === "done") stopped = say("error", "the solution ended its process");
            else stopped = say(outcome, outcome === "timeout" ? "more processor time than it may take" : "");
            tests.send(reply === undefined ? "!late" : "!gone");
          }
        }
        if (candidate !== null && (!shared || tests === null)) {
          await ended(candidate);
          candidate = null;
        }
        return stopped;
      }

      const room: PythonRoom = {
        read(order) {
          const turn = reading.then(() => read(order));
          reading = turn.catch(() => undefined);
          return turn;
        },
        async run(order) {
          if (order.form === "pytest")
            return {state: "unsupported", detail: "pytest needs a native sandbox", first: null, cpu: 0};
          const shared = order.shared === true;
          const first = await attempt(order, shared, shared ? slower * 1000 * order.cpu : wall);
          if (first.state !== "late") return first;
          const turn = alone.then(() => attempt(order, shared, patience * (shared ? slower * 1000 * order.cpu : wall)));
          alone = turn.catch(() => undefined);
          const again = await turn;
          return again.state === "late" ? {...again, state: "timeout"} : again;
        },
        async end() {
          for (const session of [tests, candidate]) if (session !== null) await ended(session);
          tests = candidate = null;
          return {...used, wall: performance.now() - begun};
        }
      };
      return Promise.resolve(room);
    },
    async close() {
      reader = null;
      await pyodide.close();
    }
  };
}

/** What a promise gives; undefined where it takes more than so many ms. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), Math.max(0, ms))));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function told(line: string): Omit<PythonResult, "cpu"> | null {
  try {
    return Told.parse(JSON.parse(line));
  } catch {
    return null; // test code owns the process that wrote it
  }
}
