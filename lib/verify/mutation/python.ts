import {createRandom} from "../../text/random.js";
import {chosenPython} from "../python/chosenPython.js";
import type {PythonMutant, PythonResult, PythonRoom, PythonSandbox} from "../python/pythonSandbox.js";
import {readPythonTask, type PythonTask} from "../python/pythonTask.js";
import type {Usage} from "../sandbox/program.js";
import {readSections} from "../sections.js";
import type {MutantResult} from "../verifier.js";
import type {Mutation, Mutator} from "./mutator.js";

const least = 0.1;
const times = 10;

/**
 * Mutates Python solutions with an `ast` mutator of ours (see mutate.py for the operators) and runs their tests on every
 * mutant, each behind the wall that stands before any solution.
 *
 * The solution runs first as it stands. Then, in an order that follows from the text, come its mutants and, twice, the
 * solution itself: once written as its mutants are, once as the same program in other code. Test code cannot tell which
 * is which, and tests that fail on either look at code, not at what it does: `depends-on-source`. A mutant may take ten
 * times the processor time of the solution, 0.1 s at least; above that it is a timeout, which counts as killed.
 *
 * Mutants with the compiled code of the solution are equivalent; others may be and count as survivors all the same.
 *
 * @param options.most mutants of one solution that are run; above that a seeded sample
 * @param options.cpu s of processor time that the solution itself may take
 */
export function createPythonMutator({
  sandbox = chosenPython,
  most = 100,
  cpu = 2
}: {sandbox?: PythonSandbox | (() => Promise<PythonSandbox>); most?: number; cpu?: number} = {}): Mutator {
  const place = async () => (typeof sandbox === "function" ? sandbox() : sandbox);
  return {
    reads(text) {
      const read = readSections(text, ["setup", "solution", "test"]);
      return typeof read !== "string" && read.sections.get("solution")?.words[0] === "python";
    },
    async mutate({text}) {
      const task = readPythonTask(text);
      if (typeof task === "string") return {sandbox: "", reason: "unreadable", detail: task, mutants: [], found: 0};
      const {id, open} = await place();
      const room = await open(1);
      let mutation: Omit<Mutation, "sandbox">;
      let usage: Usage;
      try {
        mutation = await mutated(room, task, text, most, cpu);
      } finally {
        usage = await room.end();
      }
      return {sandbox: id, ...mutation, usage};
    },
    async close() {
      await (await place()).close();
    }
  };
}

/** The mutator of Python, in the strongest sandbox of this machine. */
export const pythonMutator: Mutator = createPythonMutator();

async function mutated(
  room: PythonRoom,
  task: PythonTask,
  seed: string,
  most: number,
  cpu: number
): Promise<Omit<Mutation, "sandbox">> {
  const none = (reason: string, detail: string) => ({reason, detail, mutants: [], found: 0});
  const original = await room.run({...task, cpu});
  if (original.state !== "pass") return none(original.state, original.detail);
  const {error, mutants = [], found = 0, plain, sham} = await room.read({solution: task.solution, most, seed});
  if (error !== undefined || plain === undefined || sham === undefined) return none("unreadable", error ?? "");

  const limit = Math.max(least, times * original.cpu);
  const run = (solution: string) => room.run({...task, solution, cpu: limit, shared: true});
  const results = new Map<PythonMutant, PythonResult>();
  const others = mutants.filter(({equivalent}) => !equivalent);
  for (const next of createRandom("mutants", seed).shuffle([...others, plain, sham])) {
    const solution = typeof next === "string" ? next : next.text;
    const result = await run(solution);
    if (typeof next !== "string") results.set(next, result);
    else if (result.state !== "pass")
      return none("depends-on-source", `the same program in other code: ${result.state}: ${result.detail}`);
  }
  return {
    reason: "",
    detail: "",
    found,
    mutants: mutants.map((mutant) => {
      const {operator, line, from, to, equivalent} = mutant;
      return {operator, line, from, to, state: equivalent ? "equivalent" : stateOf(results.get(mutant)!)};
    })
  };
}

function stateOf({state}: PythonResult): MutantResult["state"] {
  if (state === "pass") return "survived";
  return state === "timeout" ? "timeout" : "killed";
}
