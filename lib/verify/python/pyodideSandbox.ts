import {readFileSync} from "node:fs";
import {z} from "zod";
import type {Outcome} from "../sandbox/outcome.js";
import type {Pyodide} from "../sandbox/pyodide.js";
import type {Limits, Session} from "../sandbox/program.js";
import {createLastingSessions} from "./lastingSessions.js";
import type {PythonOrder, PythonRead, PythonResult, PythonRoom, PythonSandbox} from "./pythonSandbox.js";

/** how much slower Python in WebAssembly may be, once it is optimised */
const slower = 3;
/** s of processor time that a candidate may take before its program is worth optimising */
const brisk = 1;
/** ms that an attempt may take by the clock */
const wall = {brief: 4000, lasting: 10_000, alone: 20_000};
const mostLine = 16_000_000;

/** How one attempt at an order is made. */
interface Way {
  /** whether the candidate's process serves the next solution too */
  shared: boolean;
  lasting: boolean;
  /** ms */
  wait: number;
}

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
 * A candidate that takes more than a second is run again from the start in a process that optimises what it runs. A run
 * that only the clock stopped is run again, alone, in a process of its own with more patience. It does
 * not guard against test code that remembers earlier runs of its own room, nor against mutants that leave something
 * behind for each other.
 */
export function createPyodideSandbox(pyodide: Pyodide): PythonSandbox {
  let alone: Promise<unknown> = Promise.resolve();
  const start = async (role: "candidate" | "tests" | "ours", seed: number, lasting: boolean, limits = bounds) => {
    main ??= readFileSync(new URL("./pyodideMain.py", import.meta.url), "utf8");
    const session = await pyodide.start({main, seed, lasting, limits});
    session.send(role);
    return session;
  };
  const ours = createLastingSessions(() => start("ours", 1, true, lastingBounds));

  async function read(order: object): Promise<PythonRead | null> {
    return ours.lend(async (session) => {
      session.send(JSON.stringify(order));
      const line = await within(session.receive(), wall.alone);
      return typeof line === "string" ? (JSON.parse(line) as PythonRead) : null;
    });
  }

  return {
    id: pyodide.id,
    open(seed) {
      const used = {wall: 0, cpu: 0, memory: 0, programs: 0};
      const begun = performance.now();
      let tests: {session: Session; lasting: boolean} | null = null;
      let candidate: Session | null = null;
      const ended = async (session: Session) => {
        const run = await session.end();
        used.cpu += run.usage.cpu;
        used.memory = Math.max(used.memory, run.usage.memory);
        return run;
      };
      const begin = async ({setup, solution, cpu}: PythonOrder, {shared, lasting}: Way) => {
        const first = candidate === null;
        const most = {...bounds, cpu: lasting ? Math.max(brisk, slower * cpu) : brisk};
        candidate ??= await start("candidate", seed, lasting, shared ? bounds : most);
        const given = JSON.stringify({setup, solution});
        candidate.send(first ? given : `:${given}`);
      };
      const beginTests = async (lasting: boolean) => {
        if (tests !== null && lasting && !tests.lasting) await endTests();
        tests ??= {session: await start("tests", seed, lasting), lasting};
        return tests.session;
      };
      const endTests = async () => {
        const run = tests === null ? null : await ended(tests.session);
        tests = null;
        return run;
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

      async function attempt(order: PythonOrder, way: Way): Promise<Verdict> {
        used.programs++;
        await begin(order, way);
        const plain = await ours.lend(async (session) => {
          const came = await conversation(session, order, performance.now() + way.wait);
          return "lost" in came ? null : came;
        });
        if (plain !== null && plain.said !== "unknown") return plain.said;
        if (plain?.asked !== false) {
          await endCandidate();
          await begin(order, way);
        }
        const came = await conversation(await beginTests(way.lasting), order, performance.now() + way.wait);
        if ("said" in came) return came.said === "unknown" ? told("") : came.said;
        const outcome = (await endTests())?.outcome ?? "error";
        await endCandidate();
        const state = came.lost === "late" ? "late" : outcome === "done" ? "error" : outcome;
        return {state, detail: "the tests ended"};
      }

      async function attemptOnce(order: PythonOrder, way: Way): Promise<PythonResult> {
        const {state, detail} = await attempt(order, way);
        if (!way.shared) await endCandidate();
        return {state, detail, cpu: 0};
      }

      const room: PythonRoom = {
        // Twice: a session that lasts may have come to its end.
        read: async (order) => (await read(order)) ?? (await read(order)) ?? {error: "the solution cannot be read"},
        async run(order) {
          if (order.form === "pytest") return {state: "unsupported", detail: "pytest needs a native sandbox", cpu: 0};
          const shared = order.shared === true;
          if (!shared) await endCandidate();
          let result = shared
            ? await attemptOnce(order, {shared, lasting: true, wait: slower * 1000 * order.cpu})
            : await attemptOnce(order, {shared, lasting: false, wait: wall.brief});
          if (!shared && result.state === "timeout")
            result = await attemptOnce(order, {shared, lasting: true, wait: wall.lasting});
          if (result.state !== "late") return result;
          await endCandidate();
          const last = {shared: false, lasting: true, wait: wall.alone};
          const turn = alone.then(() => attemptOnce(order, last));
          alone = turn.catch(() => undefined);
          const again = await turn;
          return again.state === "late" ? {...again, state: "timeout"} : again;
        },
        async end() {
          await endTests();
          await endCandidate();
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
