import type {Pair, PairJob, PairRun} from "../sandbox/realmPair.js";
import type {UnitProgram} from "./program.js";

/** Why unit tests say nothing good of a solution, or an empty reason. */
export interface UnitVerdict {
  /** slug, "" where all is well */
  reason: string;
  detail: string;
}

const first = {start: 0, seed: "first"};
// Another day, another chance: what depends on either is flaky.
const second = {start: Date.UTC(2031, 6, 9, 13, 30), seed: "second"};

/** Runs a program's tests once, on its own solution or on another script in its place. */
export function runOnce(pair: Pair, program: UnitProgram, options: Partial<PairJob> = {}): Promise<PairRun> {
  const {solution, tests, names} = program;
  return pair.run({solution, tests, names, ...first, ...options});
}

/** What one run says. */
export function judgeRun({outcome, detail, side, report}: PairRun): UnitVerdict {
  if (outcome !== "done") return {reason: outcome, detail: `${side}: ${detail}`.slice(0, 300)};
  if (report === null) return {reason: "failed-test", detail: "a test waits for a promise that nothing settles"};
  if (!report.loaded) return {reason: "unreadable", detail: `tests: ${report.failed[0]?.message}`.slice(0, 300)};
  if (report.failures > 0) {
    const {name, message} = report.failed[0];
    return {reason: "failed-test", detail: `${name}: ${message} (${report.failures} failed)`.slice(0, 300)};
  }
  return report.tests === 0 || report.assertions === 0
    ? {reason: "no-tests", detail: `${report.tests} tests and ${report.assertions} assertions ran`}
    : {reason: "", detail: `${report.tests} tests with ${report.assertions} assertions hold`};
}

/**
 * Whether unit tests hold, and ask for something: run on the solution; again with another clock and chance where either
 * was asked; on no solution at all; and on functions of the same names that give undefined.
 */
export async function judgeUnitTests(pair: Pair, program: UnitProgram): Promise<UnitVerdict> {
  const run = await runOnce(pair, program);
  const verdict = judgeRun(run);
  if (verdict.reason !== "" && !run.varies) return verdict;
  if (run.varies) {
    const again = judgeRun(await runOnce(pair, program, second));
    if (again.reason !== verdict.reason) return {reason: "flaky", detail: `${again.detail || "held"}, at another time`};
    if (verdict.reason !== "") return verdict;
  }
  const hollow = program.names.map((name) => `exports.${name} = globalThis.${name} ??= function () {};`).join("");
  for (const solution of ["", hollow])
    if (judgeRun(await runOnce(pair, program, {solution})).reason === "")
      return {reason: "empty-passes", detail: "the tests hold for functions that do nothing"};
  return verdict;
}
