import {lodashTasks} from "../../lib/generate/lodashTasks.js";
import {wordProblems} from "../../lib/generate/wordProblems.js";
import {arithmetic} from "../../lib/verify/arithmetic.js";
import {createJavascriptTests} from "../../lib/verify/javascriptTests.js";
import {testLibrary} from "../../lib/verify/javascript/testLibrary.js";
import {createSandbox} from "../../lib/verify/sandbox/quickjs.js";
import {createPair} from "../../lib/verify/sandbox/realmPair.js";
import type {Verifier} from "../../lib/verify/verifier.js";
import {draftsOf, stateSeeds} from "../generate/context.js";
import {lodashSeeds} from "../seeds/lodashSeeds.js";
import {judge} from "../verify/evidence.js";
import type {BenchRow} from "./row.js";

/** Samples a second through the verifiers of problems and of code, on one core. */
export async function bench(): Promise<BenchRow[]> {
  const problems = (await draftsOf(wordProblems, stateSeeds(1)[0], {count: 3000})).map(({text}) => text);
  const seeds = await lodashSeeds();
  const tasks: string[] = [];
  for (const seed of seeds)
    for (const {text} of await draftsOf(lodashTasks, seed, {count: 4, corpus: seeds})) tasks.push(text);
  const javascript = createJavascriptTests(createSandbox(), createPair(testLibrary));
  return [
    {name: "arithmetic", value: await rate(arithmetic, problems, "problem"), unit: "samples/s"},
    {
      name: "javascript-tests",
      value: await rate(javascript, tasks, "task"),
      unit: "samples/s",
      note: `${tasks.length} tasks, the whole realm restored for each`
    }
  ];
}

async function rate(verifier: Verifier, texts: readonly string[], kind: string): Promise<number> {
  for (const text of texts.slice(0, 50)) await judge(verifier, text, kind);
  const start = performance.now();
  for (const text of texts) await judge(verifier, text, kind);
  return (1000 * texts.length) / (performance.now() - start);
}
