import type {Instrumenter as StrykerInstrumenter} from "@stryker-mutator/instrumenter";
import {counting} from "../javascript/counting.js";
import {compile, readUnitProgram, type UnitProgram} from "../javascript/program.js";
import {threads} from "../javascript/threads.js";
import {judgeRun, runOnce} from "../javascript/unitTests.js";
import {defaultSteps} from "../sandbox/outcome.js";
import type {Pair} from "../sandbox/realmPair.js";
import type {MutantResult} from "../verifier.js";
import type {Mutator} from "./mutator.js";

const sandbox = "quickjs";
const maxMutants = 500;
// A program that ends in so many ends in far fewer: its mutants need no more to show that they do not.
const fewSteps = 200;

/**
 * Mutants of JavaScript and TypeScript by Stryker's instrumenter: all of them in one program, switched by a variable,
 * each run in a fresh realm with the clock, the chance and the steps of the original. A mutant whose program, types
 * dropped, is the original's is equivalent; one that another mutant has already given is merged. Operators are
 * Stryker's, e.g. "equality", "conditional", "block".
 *
 * It does not find mutants that are equivalent by what they do: those survive and are listed.
 */
export function createJavascriptMutator(sandboxes: Pair, close?: () => Promise<void>): Mutator {
  return {
    reads: (text) =>
      /^@solution(?: (?:javascript|typescript|js|ts))?$/m.test(text) && typeof readUnitProgram(text) !== "string",
    async mutate({text}) {
      const usage = {wall: 0, cpu: 0, memory: 0, programs: 0};
      const pair = counting(usage)(sandboxes);
      const none = (reason: string, detail: string, ran = "") => ({
        sandbox: ran,
        reason,
        detail,
        mutants: [],
        found: 0,
        usage
      });
      const program = readUnitProgram(text);
      if (typeof program === "string") return none("unreadable", program);
      let steps = fewSteps;
      let original = judgeRun(await runOnce(pair, program, {steps}));
      if (original.reason === "timeout")
        original = judgeRun(await runOnce(pair, program, {steps: (steps = defaultSteps)}));
      if (original.reason !== "") return none(original.reason, original.detail, sandbox);
      let instrumented: Instrumented;
      try {
        instrumented = await instrument(program);
      } catch (error) {
        return none("unreadable", `cannot be mutated: ${(error as Error).message}`.slice(0, 300));
      }
      const {code, mutants} = instrumented;
      const run = async ({id, ...mutant}: Switched): Promise<MutantResult> => {
        if (id === null) return {...mutant, state: "equivalent"};
        const solution = `globalThis.__stryker__ = {activeMutant: "${id}"};\n${code}`;
        const {reason} = judgeRun(await runOnce(pair, program, {solution, steps}));
        return {...mutant, state: reason === "" ? "survived" : reason === "timeout" ? "timeout" : "killed"};
      };
      const results = await Promise.all(mutants.slice(0, maxMutants).map(run));
      return {sandbox, reason: "", detail: "", mutants: results, found: mutants.length, usage};
    },
    close
  };
}

/** Mutants of JavaScript and TypeScript, in threads. */
export const javascriptMutator: Mutator = createJavascriptMutator(threads, threads.close);

interface Switched extends Omit<MutantResult, "state"> {
  /** null where it is the original */
  id: string | null;
}

interface Instrumented {
  code: string;
  mutants: Switched[];
}

async function instrument({source, language}: UnitProgram): Promise<Instrumented> {
  const silent = new Proxy({}, {get: () => () => false});
  // Loaded when first asked for: it takes most of a second.
  const {Instrumenter} = await import("@stryker-mutator/instrumenter");
  const instrumenter = new Instrumenter(silent as ConstructorParameters<typeof StrykerInstrumenter>[0]);
  const name = language === "typescript" ? "solution.ts" : "solution.js";
  const {files, mutants} = await instrumenter.instrument([{name, content: source, mutate: true}], {
    plugins: null,
    excludedMutations: [],
    ignorers: []
  } as Parameters<StrykerInstrumenter["instrument"]>[1]);
  const lines = source.split("\n");
  const starts = lines.map((_, i) => lines.slice(0, i).join("\n").length + (i === 0 ? 0 : 1));
  const program = squeeze(compile(source, language));
  const seen = new Set<string>();
  const placed = mutants
    .map(({id, mutatorName, replacement, location: {start, end}}) => {
      const [from, to] = [starts[start.line] + start.column, starts[end.line] + end.column];
      return {
        id: id as string | null,
        operator: slug(mutatorName),
        line: start.line + 1,
        at: from,
        end: to,
        to: replacement
      };
    })
    .sort((a, b) => a.at - b.at || a.end - b.end || (a.operator < b.operator ? -1 : a.operator > b.operator ? 1 : 0));
  const kept: Switched[] = [];
  for (const {id, operator, line, at, end, to} of placed) {
    const mutated = squeeze(source.slice(0, at) + to + source.slice(end));
    if (seen.has(mutated)) continue;
    seen.add(mutated);
    const same = mutated === squeeze(source) || compiledOf(source.slice(0, at) + to + source.slice(end)) === program;
    kept.push({id: same ? null : id, operator, line, from: short(source.slice(at, end)), to: short(to)});
  }
  return {code: compile(files[0].content, language), mutants: kept};

  function compiledOf(text: string): string | null {
    try {
      return squeeze(compile(text, language));
    } catch {
      return null;
    }
  }
}

const squeeze = (text: string) => text.replace(/\s+/g, " ").trim();
const short = (text: string) => squeeze(text).slice(0, 120);

function slug(name: string): string {
  const words = name.replace(/(?:Operator|Expression|Literal|Declaration|Statement)$/, "");
  return words.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}
