import {lodashTasks} from "../../lib/generate/lodashTasks.js";
import {wordProblems} from "../../lib/generate/wordProblems.js";
import {arithmetic} from "../../lib/verify/arithmetic.js";
import {javascriptTests} from "../../lib/verify/javascriptTests.js";
import type {Verifier} from "../../lib/verify/verifier.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {lodashSeeds} from "../seeds/lodashSeeds.js";
import {judge} from "../verify/evidence.js";
import type {BenchRow} from "./row.js";

const lanes = 8;

/** Samples a second through the verifiers of problems and of code; code runs in threads, one a core. */
export async function bench(): Promise<BenchRow[]> {
  const problems = (await draftsOf(wordProblems, stateSeeds(1)[0], {count: 3000})).map(({text}) => text);
  const seeds = await lodashSeeds();
  const tasks: string[] = [];
  for (const seed of seeds)
    for (const {text} of await draftsOf(lodashTasks, seed, {count: 4, corpus: seeds})) tasks.push(text);
  const rows = [
    {name: "arithmetic", value: await rate(arithmetic, problems, "problem"), unit: "samples/s"},
    {
      name: "javascript-tests",
      value: await rate(javascriptTests, tasks, "task"),
      unit: "samples/s",
      note: `${tasks.length} tasks, the whole realm restored for each`
    }
  ];
  await javascriptTests.close?.();
  return rows;
}

async function rate(verifier: Verifier, texts: readonly string[], kind: string): Promise<number> {
  const judgeAll = async (left: IterableIterator<string>) => {
    for (const text of left) await judge(verifier, text, kind);
  };
  await judgeAll(texts.slice(0, 50).values());
  const start = performance.now();
  const left = texts.values();
  await Promise.all(Array.from({length: lanes}, () => judgeAll(left)));
  return (1000 * texts.length) / (performance.now() - start);
}
