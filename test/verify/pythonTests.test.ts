import {afterAll, expect, test} from "vitest";
import {createMutation} from "../../lib/verify/mutation.js";
import {createPythonMutator} from "../../lib/verify/mutation/python.js";
import {pyodideModules} from "../../lib/verify/python/harness.js";
import {createPyodideSandbox} from "../../lib/verify/python/pyodideSandbox.js";
import {readPythonTask} from "../../lib/verify/python/pythonTask.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {createPyodide} from "../../lib/verify/sandbox/pyodide.js";
import type {Observation} from "../../lib/verify/verifier.js";
import {judge} from "./evidence.js";
import {doubling, hostile} from "./pythonCases.js";

const sandbox = createPyodideSandbox(createPyodide({spare: 1, modules: pyodideModules()}));
const verifier = createPythonTests({sandbox, cpu: 0.5});
const evidence = (text: string) => ({text, kind: "task", domain: "python", generator: "test", family: "test"});
afterAll(() => verifier.close?.());

test("a text is read into its parts, or refused with a reason", () => {
  expect(readPythonTask(doubling("x = 1", "assert x"))).toMatchObject({
    solution: "x = 1",
    tests: "assert x",
    form: "asserts"
  });
  expect(readPythonTask("Prose.")).toBe("expected a section @solution python");
  expect(readPythonTask(doubling("x = 1", "assert x", " nose"))).toContain("got nose");
  expect(readPythonTask(doubling("x").replace("@solution python", "@solution js"))).toContain(
    "expected python, got js"
  );
});

test("a right solution passes in Pyodide", async () => {
  const said = await judge(verifier, doubling("def double(n):\n    return n * 2"), "task");
  expect(said).toMatchObject({ok: true, detail: ""});
  expect(said.sandbox).toMatch(/^deno\/pyodide-/);
});

test("in Pyodide what takes more than a second is run again, optimised", async () => {
  // About 1.6 s as it starts, 0.5 s once optimised, 0.2 s natively.
  const work =
    "def double(n):\n    total = 0\n    for i in range(3000000):\n        total += i * i % 7\n    return n * 2";
  expect(await judge(verifier, doubling(work, "assert double(1) == 2"), "task")).toMatchObject({ok: true, detail: ""});
});

test("tests that hold by chance are flaky", async () => {
  // The first number of the generator that CPython has, with seed 1; the second run has seed 2.
  const tests = "assert double(1) == 0.13436424411240122";
  const solution = "import random\ndef double(n):\n    return random.random()";
  expect(await judge(verifier, doubling(solution, tests), "task")).toMatchObject({reason: "flaky-tests"});
});

test.each([
  ["a loop", "for n in range(3):\n    assert double(n) == 2 * n", ""],
  ["a check that is called", "def check(f):\n    assert f(2) == 4 and f(-1) < 0\n\ncheck(double)", ""],
  [
    "an error that is due",
    "try:\n    double()\n    assert False\nexcept TypeError:\n    pass\nassert double(1) == 2",
    ""
  ],
  ["no call", "assert 1 + 1 == 2", "no-tests"],
  ["a false sum", "assert sum([double(n) for n in (1, 2)]) == 7", "failed-test"],
  ["what holds of None", "assert double(3) != 7", "empty-passes"],
  ["a name of nobody", "assert double(1) == two", "error"],
  ["code that is not plain", "class Held:\n    two = 2\nassert double(1) == Held.two", ""],
  ["a number too large to make", "assert double(1) < 10 ** (10 ** 3 // 2) and 2 ** 99999 > double(1)", ""]
])("in Pyodide tests with %s are judged as Python judges them", async (_name, tests, reason) => {
  const said = await judge(verifier, doubling("def double(n):\n    return n * 2", tests), "task");
  expect(said.reason).toBe(reason);
});

test("pairs of calls and values are judged in Pyodide, and names behind objects are refused", async () => {
  const right = "def double(n):\n    return n * 2";
  const pairs = (call: string, expected: string) =>
    judge(verifier, doubling(right, `{"call": "${call}", "args": [0.1], "expected": ${expected}}`, " pairs"), "task");
  expect((await pairs("double", "0.2")).reason).toBe("");
  expect((await pairs("double", "0.21")).reason).toBe("failed-test");
  expect((await pairs("double.__class__.__init__", "null")).reason).toBe("failed-test");
});

test("mutants are run in Pyodide", async () => {
  const mutation = createMutation([createPythonMutator({sandbox, most: 12})]);
  const text = (tests: string) => doubling("def double(n):\n    return n * 2 if n > 0 else 2 * n", tests);
  const strong = "for n in (-2, -1, 0, 1, 2):\n    assert double(n) == n + n";
  const told: Observation[] = [];
  const said = await mutation.verify(evidence(text(strong)), {corpus: () => [], observe: (it) => told.push(it)});
  expect(said.sandbox).toMatch(/^deno\/pyodide-/);
  const states = (told[0].mutants ?? []).map(({operator, state}) => `${operator} ${state}`);
  // Both branches say the same, so only what is compared can survive.
  expect(states.filter((it) => it.endsWith("survived")).every((it) => /^(comparison|constant) /.test(it))).toBe(true);
  expect(states.filter((it) => it.endsWith("killed")).length).toBeGreaterThanOrEqual(4);
  expect((await mutation.verify(evidence(text("assert double(0) == 0")), {corpus: () => []})).reason).toBe(
    "low-mutation-score"
  );
});

// The others run in bubblewrap, where a process is cheap.
const few = new Set(["prints PASS", "ends its process", "computes what was asked", "gives an odd int", "breaks json"]);

test.each(hostile.filter(([name]) => few.has(name)))(
  "in Pyodide a solution that %s does not pass",
  async (_name, solution, reasons) => {
    expect(reasons).toContain((await judge(verifier, doubling(solution), "task")).reason);
  }
);
