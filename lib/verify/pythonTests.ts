import type {PythonRoom, PythonSandbox} from "./python/pythonSandbox.js";
import {chosenPython} from "./python/chosenPython.js";
import {readPythonTask, type PythonTask} from "./python/pythonTask.js";
import type {Usage} from "./sandbox/program.js";
import {pythonTools} from "./sandbox/chosen.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "python-tests", family: "cpython", version: "1"};
const hashSeeds = [1, 2] as const;

/**
 * Runs Python solutions against their tests, in the strongest sandbox that is there; see `readPythonTask` for the text.
 *
 * Solution and tests never share an interpreter. The solution's side only answers calls with plain values; the tests'
 * side holds the test code and the verdict, and sees the solution's functions as stubs. So there is no assert to
 * redefine, no verdict to forge and no test to read. An object of the solution's own classes is never equal to a plain
 * value.
 *
 * A solution passes where its tests do, in two runs with other chance and, natively, other hashes of strings (else
 * `flaky-tests`), and where they do not pass on functions that give None (`empty-passes`). There is no second run where
 * syntax tells that neither code nor tests can depend on chance, a clock or the order of a set (see steady.py). Where there is a `reference`, a trusted solution, the
 * tests must pass on it first (else `wrong-tests`).
 *
 * It does not guard against a solution that knows the tests' inputs by heart, nor against prose that describes something
 * else. Other reasons: unreadable, no-tests, failed-test, error, timeout, out-of-memory, stack-overflow, output-limit,
 * denied, unsupported (pytest where there is none).
 *
 * @param options.cpu s of processor time that a solution may take over all its calls
 */
export function createPythonTests({
  sandbox = chosenPython,
  cpu = 2
}: {sandbox?: PythonSandbox | (() => Promise<PythonSandbox>); cpu?: number} = {}): Verifier {
  const place = async () => (typeof sandbox === "function" ? sandbox() : sandbox);
  return {
    ...self,
    async verify({text, reference}: Evidence, context) {
      const task = readPythonTask(text);
      if (typeof task === "string") return verdict(self, "unreadable", {detail: task.slice(0, 300)});
      const {id, open} = await place();
      const say = (reason: string, detail = "") => verdict(self, reason, {detail: detail.slice(0, 300), sandbox: id});
      const usage: Usage = {wall: 0, cpu: 0, memory: 0, programs: 0};
      const inRoom = async <T>(seed: number, act: (room: PythonRoom) => Promise<T>): Promise<T> => {
        const room = await open(seed);
        try {
          return await act(room);
        } finally {
          const {wall, cpu, memory, programs} = await room.end();
          usage.wall += wall;
          usage.cpu += cpu;
          usage.programs += programs;
          usage.memory = Math.max(usage.memory, memory);
        }
      };
      try {
        const {state, detail, steady} = await inRoom(hashSeeds[0], (room) => firstRoom(room, task, cpu, reference));
        if (state !== "pass") return say(state, detail);
        if (steady) return say("");
        const again = await inRoom(hashSeeds[1], (room) => room.run({...task, cpu}));
        if (again.state !== "pass") return say("flaky-tests", `passed, and then ${again.state}: ${again.detail}`);
        return say("");
      } finally {
        context.observe?.({verifier: self.id, sandbox: id, usage});
      }
    },
    async close() {
      await (await place()).close();
    }
  };
}

/** The verifier of Python, in the strongest sandbox of this machine. */
export const pythonTests: Verifier = {...createPythonTests(), tools: pythonTools};

/** How the first of two runs ended, and whether a second can differ from it. */
async function firstRoom(
  room: PythonRoom,
  task: PythonTask,
  cpu: number,
  reference: string | undefined
): Promise<{state: string; detail: string; steady: boolean}> {
  const ended = (state: string, detail: string) => ({state, detail, steady: false});
  if (reference !== undefined) {
    const {state, detail} = await room.run({...task, solution: reference, cpu});
    if (state !== "pass") return ended("wrong-tests", `the reference: ${state}: ${detail}`);
  }
  const run = await room.run({...task, cpu});
  if (run.state !== "pass") return ended(run.state, run.detail);
  const {setup, tests, form, solution} = task;
  const {error, empty, emptyPasses, steady} = await room.read({solution, task: {setup, tests, form}});
  if (error !== undefined || empty === undefined) return ended("unreadable", error ?? "");
  if (emptyPasses ?? (await room.run({...task, solution: empty, cpu})).state === "pass")
    return ended("empty-passes", "the tests pass on functions that give None");
  return {state: "pass", detail: "", steady: steady === true};
}
