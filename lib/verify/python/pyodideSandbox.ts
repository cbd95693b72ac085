import {readFileSync} from "node:fs";
import {z} from "zod";
import type {Outcome} from "../sandbox/outcome.js";
import type {Pyodide} from "../sandbox/pyodide.js";
import type {Limits, Session} from "../sandbox/program.js";
import {harnessFiles} from "./harness.js";
import {createLastingSessions} from "./lastingSessions.js";
import type {PythonOrder, PythonRead, PythonResult, PythonRoom, PythonSandbox} from "./pythonSandbox.js";

const wall = 10_000;
const patience = 4;
/** how much slower Python in WebAssembly may be */
const slower = 3;
const mostLine = 16_000_000;

const bounds: Partial<Limits> = {wall: 900_000, cpu: 600, output: 64 * 2 ** 20};
const lastingBounds: Partial<Limits> = {wall: 2 ** 31 - 1, cpu: 800, output: 2 ** 31};
const Told = z.object({state: z.string(), detail: z.string()});

let main: string | undefined;

/**
 * Python in Pyodide, a candidate's side and its tests' side in processes apart; lines go from one to the other through
 * Node, which looks at none of them. Every solution has a fresh process but for mutants, which share one among
 * themselves. Plain tests (see plain.py) are interpreted in a process of ours that lasts, all others run in one that is
 * kept for the room. Strings hash the same in every room.
 *
 * A run that only the clock stopped is run again, alone, in a process of its own with four times the patience. It does
 * not guard against test code that remembers earlier runs of its own room, nor against mutants that leave something
 * behind for each other.
 */
export function createPyodideSandbox(pyodide: Pyodide): PythonSandbox {
  let alone: Promise<unknown> = Promise.resolve();
  const start = async (role: "candidate" | "tests" | "ours", seed: number, limits: Partial<Limits> = bounds) => {
    main ??= readFileSync(new URL("./pyodideMain.py", import.meta.url), "utf8");
    const session = await pyodide.start({main, files: harnessFiles(), seed, limits});
    session.send(role);
    return session;
  };
  const ours = createLastingSessions(() => start("ours", 1, lastingBounds));

  async function read(order: object): Promise<PythonRead | null> {
    return ours.lend(async (session) => {
      session.send(JSON.stringify(order));
      const line = await within(session.receive(), patience * wall);
      return typeof line === "string" ? (JSON.parse(line) as PythonRead) : null;
    });
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
      const begin = async ({setup, solution, cpu}: PythonOrder, shared: boolean) => {
        const first = candidate === null;
        candidate ??= await start("candidate", seed, shared ? bounds : {...bounds, cpu: Math.max(1, slower * cpu)});
        const given = JSON.stringify({setup, solution});
        candidate.send(first ? given : `:${given}`);
      };
      const endCandidate = async () => {
        const run = candidate === null ? null : await ended(candidate);
        candidate = null;
        return run;
      };

      /** Hands lines to and fro until the tests' side has a verdict, does not know, or is lost. */
      async function conversation(
        session: Session,
        {setup, tests, form}: PythonOrder,
        until: number
      ): Promise<{said: Verdict | "unknown"; asked: boolean} | {lost: "late" | "ended"}> {
        session.send(JSON.stringify({setup, tests, form}));
        let stopped: Verdict | null = null;
        for (let asked = false; ; asked = true) {
          const line = await within(session.receive(), until + 2000 - performance.now());
          if (typeof line !== "string") return {lost: line === undefined ? "late" : "ended"};
          if (line === "?") return {said: "unknown", asked};
          if (!line.startsWith(">")) return {said: stopped ?? told(line.slice(1)), asked};
          candidate?.send(line.slice(1));
          const reply = candidate === null ? null : await within(candidate.receive(), until - performance.now());
          if (typeof reply === "string" && reply.length <= mostLine) session.send(`<${reply}`);
          else {
            const run = await endCandidate();
            if (reply === undefined) stopped ??= {state: "late", detail: "gave no answer in time"};
            else if (run !== null) stopped ??= howEnded(run.outcome);
            session.send(reply === undefined ? "!late" : "!gone");
          }
        }
      }

      async function attempt(order: PythonOrder, shared: boolean, wait: number): Promise<Verdict> {
        used.programs++;
        await begin(order, shared);
        const plain = await ours.lend(async (session) => {
          const came = await conversation(session, order, performance.now() + wait);
          return "lost" in came ? null : came;
        });
        if (plain !== null && plain.said !== "unknown") return plain.said;
        if (plain?.asked !== false) {
          await endCandidate();
          await begin(order, shared);
        }
        tests ??= await start("tests", seed);
        const came = await conversation(tests, order, performance.now() + wait);
        if ("said" in came) return came.said === "unknown" ? told("") : came.said;
        const {outcome} = await ended(tests);
        tests = null;
        await endCandidate();
        const state = came.lost === "late" ? "late" : outcome === "done" ? "error" : outcome;
        return {state, detail: "the tests ended"};
      }

      async function attemptOnce(order: PythonOrder, shared: boolean, wait: number): Promise<PythonResult> {
        const {state, detail} = await attempt(order, shared, wait);
        if (!shared) await endCandidate();
        return {state, detail, cpu: 0};
      }

      const room: PythonRoom = {
        // Twice: a session that lasts may have come to its end.
        read: async (order) => (await read(order)) ?? (await read(order)) ?? {error: "the solution cannot be read"},
        async run(order) {
          if (order.form === "pytest") return {state: "unsupported", detail: "pytest needs a native sandbox", cpu: 0};
          const shared = order.shared === true;
          if (!shared) await endCandidate();
          const first = await attemptOnce(order, shared, shared ? slower * 1000 * order.cpu : wall);
          if (first.state !== "late") return first;
          await endCandidate();
          const turn = alone.then(() => attemptOnce(order, false, patience * wall));
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
      await ours.close();
      await pyodide.close();
    }
  };
}

type Verdict = Pick<PythonResult, "state" | "detail">;

function howEnded(outcome: Outcome): Verdict {
  if (outcome === "done") return {state: "error", detail: "the solution ended its process"};
  return {state: outcome, detail: outcome === "timeout" ? "more processor time than it may take" : ""};
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

function told(line: string): Verdict {
  try {
    return Told.parse(JSON.parse(line));
  } catch {
    // Test code owns the process that wrote it.
    return {state: "error", detail: "the tests' side cannot be read"};
  }
}
