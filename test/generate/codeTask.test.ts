import {afterAll, expect, test} from "vitest";
import {codeTaskJavascript, codeTaskPython, codeTaskTypescript} from "../../lib/generate/codeTask.js";
import {javascriptTests} from "../../lib/verify/javascriptTests.js";
import {readUnitProgram} from "../../lib/verify/javascript/program.js";
import {readPythonTask} from "../../lib/verify/python/pythonTask.js";
import {draftsOf, seedOf} from "./context.js";
import {speakingModel} from "./speakingModel.js";

const seed = seedOf(
  "Looms weave cloth; a weaver counts the yards of each day and adds them up at the end of the week."
);
const cases = [[[]], [[1]], [[1, 2]], [[1, 2, 3]], [[-1]], [[10, 20]]];
const tests = cases.map((args) => ({
  arguments: JSON.stringify(args),
  expected: JSON.stringify(args[0].reduce((sum, n) => sum + n, 0))
}));
const javascript = {
  task: "Write a function `total(yards)` that adds up a list of numbers; of an empty list it gives 0.",
  function: "total",
  solution: "```js\nfunction total(yards) {\n  return yards.reduce((sum, n) => sum + n, 0);\n}\n```",
  tests
};

const reason = async (change: object) => {
  const models = [speakingModel(() => ({...javascript, ...change}))];
  const [{failed}] = await draftsOf(codeTaskJavascript, seed, {models});
  return failed?.reason ?? "";
};
const evidence = (text: string) => ({text, kind: "javascript-task", domain: "code", generator: "g", family: "f"});

afterAll(() => javascriptTests.close?.());

test("a task in JavaScript is run by the verifier of its tests, which refuses a wrong solution; TypeScript is read by it", async () => {
  const [draft] = await draftsOf(codeTaskJavascript, seed, {models: [speakingModel(() => javascript)]});
  expect(draft.kind).toBe("javascript-task");
  expect(await javascriptTests.verify(evidence(draft.text), {corpus: () => []})).toMatchObject({ok: true});
  const typed = javascript.solution.replace("(yards)", "(yards: number[]): number");
  const [typescript] = await draftsOf(codeTaskTypescript, seed, {
    models: [speakingModel(() => ({...javascript, solution: typed}))]
  });
  expect(readUnitProgram(typescript.text)).toMatchObject({language: "typescript"});
  const wrong = javascript.solution.replace("sum + n", "sum - n");
  const [bad] = await draftsOf(codeTaskJavascript, seed, {
    models: [speakingModel(() => ({...javascript, solution: wrong}))]
  });
  expect(await javascriptTests.verify(evidence(bad.text), {corpus: () => []})).toMatchObject({reason: "failed-test"});
});

test("a task in Python is of the form that its verifier reads", async () => {
  const solution = "def total(yards):\n    return sum(yards)";
  const [draft] = await draftsOf(codeTaskPython, seed, {models: [speakingModel(() => ({...javascript, solution}))]});
  const task = readPythonTask(draft.text);
  expect(task).toMatchObject({prose: javascript.task, solution, form: "pairs", setup: ""});
  expect((task as {tests: string}).tests.split("\n").map((line) => JSON.parse(line) as object)).toEqual(
    cases.map((args) => ({call: "total", args, expected: args[0].reduce((sum, n) => sum + n, 0)}))
  );
});

test("what cannot be a task is refused before anything is run", async () => {
  expect(await reason({})).toBe("");
  expect(await reason({tests: tests.slice(0, 4)})).toBe("too-few-tests");
  expect(await reason({tests: Array.from({length: 9}, () => tests[2])})).toBe("too-few-tests");
  expect(await reason({tests: [...tests, {...tests[2], expected: "4"}]})).toBe("contradiction");
  expect(await reason({tests: [...tests, {arguments: "1, 2", expected: "3"}]})).toBe("unreadable-test");
  expect(await reason({tests: [...tests, {arguments: "{}", expected: "3"}]})).toBe("unreadable-test");
  expect(await reason({function: "sum"})).toBe("no-function");
  expect(await reason({function: "total(); evil"})).toBe("wrong-form");
  expect(await reason({task: `${javascript.task}\n@solution javascript\nlet x;`})).toBe("broken-form");
  expect(await reason({solution: `${javascript.solution}\n@test json\n{}`})).toBe("broken-form");
});
