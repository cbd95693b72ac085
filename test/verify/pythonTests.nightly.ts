import {readFileSync} from "node:fs";
import {afterAll, describe, expect, test} from "vitest";
import {createNativeSandbox} from "../../lib/verify/python/nativeSandbox.js";
import {readPythonTask, type PythonTask} from "../../lib/verify/python/pythonTask.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import {hasPublicData} from "../publicData.js";
import {plantErrors} from "./planted.js";
import {publicTasks} from "./publicTasks.js";

const native = await nativePython();
if (typeof native === "string") console.log(`no native Python: ${native}`);
const count = 1000;

describe.skipIf(typeof native === "string" || !hasPublicData)("python-tests on public tasks", () => {
  if (typeof native === "string" || !hasPublicData) return;
  const verifier = createPythonTests({sandbox: createNativeSandbox(native)});
  afterAll(() => verifier.close?.());

  test("1,000 planted errors are refused, and 1,000 references are not", async () => {
    const tasks = publicTasks().map((sample) => ({sample, task: readPythonTask(sample.text) as PythonTask}));
    const planted = await plant(tasks.map(({task: {setup, solution, tests}}) => ({setup, solution, tests})));
    const cases = tasks.flatMap(({sample, task}, i) => {
      const error = planted[i];
      if (error === null) return [];
      const text = sample.text.replace(task.solution, () => error.solution);
      expect(text).not.toBe(sample.text);
      return [{clean: sample, corrupt: {...sample, text}}];
    });
    expect(cases.length).toBeGreaterThanOrEqual(count);
    expect(new Set(planted.map((error) => error?.kind)).size).toBeGreaterThanOrEqual(4);
    const {refused, missed, caught} = await plantErrors(verifier, cases.slice(0, count), {lanes: 2});
    expect(refused).toEqual([]);
    expect(missed).toEqual([]);
    expect(caught).toBe(count);
  });

  // By Python itself, in one sandbox; every error kept makes a test fail there.
  async function plant(tasks: readonly object[]): Promise<({kind: string; solution: string} | null)[]> {
    if (typeof native === "string") return [];
    const {bubblewrap, python, folders} = native;
    const files = {"plantBugs.py": readFileSync(new URL("./plantBugs.py", import.meta.url), "utf8")};
    const input = JSON.stringify(tasks);
    const limits = {cpu: 1200, wall: 1_800_000, output: 64 * 2 ** 20, memory: 2 ** 30};
    const {stdout, stderr} = await bubblewrap.run({
      argv: [python, "-I", "-B", "/job/plantBugs.py"],
      files,
      input,
      folders,
      limits
    });
    if (stdout === "") throw new Error(`expected planted errors, got ${stderr.slice(-300)}`);
    return JSON.parse(stdout) as ({kind: string; solution: string} | null)[];
  }
});
