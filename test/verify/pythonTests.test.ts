import {afterAll, expect, test} from "vitest";
import {createPyodideSandbox} from "../../lib/verify/python/pyodideSandbox.js";
import {readPythonTask} from "../../lib/verify/python/pythonTask.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {createPyodide} from "../../lib/verify/sandbox/pyodide.js";
import {judge} from "./evidence.js";
import {doubling, hostile} from "./pythonCases.js";

const verifier = createPythonTests({sandbox: createPyodideSandbox(createPyodide({spare: 1})), cpu: 0.5});
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

// The others run in bubblewrap, where a process is cheap.
const few = new Set(["prints PASS", "ends its process", "computes what was asked", "gives an odd int", "breaks json"]);

test.each(hostile.filter(([name]) => few.has(name)))(
  "in Pyodide a solution that %s does not pass",
  async (_name, solution, reasons) => {
    expect(reasons).toContain((await judge(verifier, doubling(solution), "task")).reason);
  }
);
