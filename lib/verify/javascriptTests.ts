import type {Verdict} from "../schema/verdict.js";
import {declared, meets, readExpectations, type Expectation} from "./expectation.js";
import {counting} from "./javascript/counting.js";
import {namesLanguage, readUnitProgram} from "./javascript/program.js";
import {threads} from "./javascript/threads.js";
import {judgeUnitTests} from "./javascript/unitTests.js";
import {canonicalValue, type Value} from "./literal.js";
import type {Run} from "./sandbox/outcome.js";
import type {Sandbox} from "./sandbox/quickjs.js";
import type {Pair} from "./sandbox/realmPair.js";
import {readCode, vacuous, type Test} from "./taskText.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "javascript-tests", family: "quickjs", version: "2"};
const maxText = 50_000;
const leastTests = 3;

/**
 * Runs code in a sandbox and compares what it gives with what its text says.
 *
 * An `example` is documentation: its code runs piece by piece, and after each piece the value is compared with the
 * `// => value` comment. A text with no comment that can be checked ("Logs the time", "a random element") is refused as
 * `no-checkable-expectation`: not because it is wrong, but because nobody can say that it was verified.
 *
 * A `task` ends in a section of tests, lines `assert.deepEqual(name(literal, …), literal);`. They are read as data: each
 * call is evaluated alone and its value leaves the sandbox to be compared, so there is no assert inside to redefine, no
 * count to forge and no way to leave early. A task with a solution needs three tests of functions that the solution
 * declares, which neither a constant nor the identity would pass; one with human example code needs a test of lodash.
 *
 * It does not guard against a solution that knows the tests' inputs by heart, nor against prose that describes
 * something else than the code does.
 *
 * A text whose sections name their language (`@solution typescript`) holds unit tests as code, see `readUnitProgram`.
 * They run in a realm of their own, which sees the solution through a wall, see `createPair`; tests that hold for no
 * solution are refused as empty-passes, those that another clock or chance changes as flaky. Reasons: unreadable, no-checkable-expectation, wrong-expectation, no-tests,
 * too-few-tests, foreign-call, constant-passes, identity-passes, failed-test, empty-passes, flaky, and the sandbox's outcomes.
 */
export function createJavascriptTests(sandbox: Sandbox, pair: Pair): Verifier {
  return {
    ...self,
    async verify(sample, context) {
      const usage = {wall: 0, cpu: 0, memory: 0, programs: 0};
      const counted = counting(usage);
      const word = await decide(sample, counted(sandbox), counted(pair));
      if (usage.programs > 0) context.observe?.({verifier: self.id, sandbox: "quickjs", usage});
      return word;
    }
  };
}

async function decide({text, kind}: Evidence, sandbox: Sandbox, pair: Pair): Promise<Verdict> {
  const say = (reason: string, detail = "", ran = "quickjs") => verdict(self, reason, {detail, sandbox: ran});
  if (text.length > maxText) return say("unreadable", `more than ${maxText} characters`, "");
  if (kind !== "example" && namesLanguage(text)) {
    const program = readUnitProgram(text);
    if (typeof program === "string") return say("unreadable", program, "");
    const {reason, detail} = await judgeUnitTests(pair, program);
    return say(reason, detail);
  }
  const code = readCode(text);
  if (typeof code === "string") return say("unreadable", code, "");
  const {example, solution, tests} = code;
  if (kind === "example" ? example === null || solution !== null || tests.length > 0 : example === null && !solution)
    return say("unreadable", `expected the sections of ${kind === "example" ? "an example" : "a task"}`, "");
  if (kind !== "example") {
    if (tests.length === 0) return say("no-tests", "", "");
    const foreign = tests.find(({callee}) => !owns(callee, solution));
    if (foreign !== undefined) return say("foreign-call", foreign.callee, "");
    if (solution !== null) {
      if (tests.length < leastTests) return say("too-few-tests", `${tests.length} of ${leastTests}`, "");
      const empty = vacuous(tests);
      if (empty !== null) return say(empty, "", "");
    }
  }

  const {expectations, rest} = readExpectations(example ?? "");
  const pieces = expectations.flatMap(({code, value}) => {
    const name = value === null ? null : declared(code);
    return name === null ? [code] : [code, name];
  });
  const before = [...pieces, ...(rest === "" ? [] : [rest]), ...(solution === null ? [] : [solution])];
  const calls = tests.map(({call}) => call);
  const run = await sandbox.run({scripts: solution === null ? before : [...before, ...calls]});
  if (run.outcome !== "done") return say(run.outcome, run.detail);
  // Tests of lodash itself meet a realm that the example has not touched.
  const tested = solution === null && calls.length > 0 ? await sandbox.run({scripts: calls}) : run;
  if (tested.outcome !== "done") return say(tested.outcome, tested.detail);

  const {wrong, checked} = compare(expectations, run);
  if (wrong !== null) return say("wrong-expectation", wrong);
  if (kind === "example" && checked === 0)
    return say("no-checkable-expectation", `${expectations.length} in words that no machine can check`);
  const failed = firstFailed(tests, solution === null ? tested.values : run.values.slice(before.length));
  if (failed !== null) return say("failed-test", failed);
  return say("", `${checked} of ${expectations.length} expectations and ${tests.length} tests hold`);
}

/** The verifier of JavaScript and TypeScript, in threads of their own. */
export const javascriptTests: Verifier = {...createJavascriptTests(threads, threads), close: threads.close};

function compare(expectations: readonly Expectation[], {values, logs}: Run): {wrong: string | null; checked: number} {
  let at = 0;
  let checked = 0;
  for (const expectation of expectations) {
    if (expectation.value === null) {
      at++;
      continue;
    }
    let actual = JSON.parse(values[at]) as Value;
    const printed = logs[at++].at(-1);
    if (declared(expectation.code) !== null) actual = JSON.parse(values[at++]) as Value;
    else if (canonicalValue(actual) === "<undefined>" && printed?.length === 1)
      actual = JSON.parse(printed[0]) as Value;
    if (!meets(expectation, actual))
      return {wrong: `expected ${expectation.comment}, got ${canonicalValue(actual)}`.slice(0, 300), checked};
    checked++;
  }
  return {wrong: null, checked};
}

function firstFailed(tests: readonly Test[], values: readonly string[]): string | null {
  for (const [i, {call, expected}] of tests.entries()) {
    const [want, got] = [canonicalValue(expected), canonicalValue(JSON.parse(values[i]) as Value)];
    if (want !== got) return `${call}: expected ${want}, got ${got}`.slice(0, 300);
  }
  return null;
}

function owns(callee: string, solution: string | null): boolean {
  if (solution === null) return callee.startsWith("_.");
  if (!/^\w+$/.test(callee)) return false;
  return new RegExp(`(?:^|\\n)(?:function ${callee}\\(|(?:const|let|var) ${callee} = )`).test(solution);
}
