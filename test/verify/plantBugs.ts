import {readFileSync} from "node:fs";
import type {ShapedSample} from "../../lib/run/shapes/shape.js";
import {readPythonTask, type PythonTask} from "../../lib/verify/python/pythonTask.js";
import type {NativePython} from "../../lib/verify/sandbox/nativePython.js";

/**
 * Tasks, each with an error planted in its solution by which its tests fail when Python itself runs them, in one sandbox.
 * Tasks where none was found are left out.
 */
export async function plantBugs(
  {bubblewrap, python, folders}: NativePython,
  samples: readonly ShapedSample[]
): Promise<{kind: string; clean: ShapedSample; corrupt: ShapedSample}[]> {
  const tasks = samples.map(({text}) => readPythonTask(text) as PythonTask);
  const {stdout, stderr} = await bubblewrap.run({
    argv: [python, "-I", "-B", "/job/plantBugs.py"],
    files: {"plantBugs.py": readFileSync(new URL("./plantBugs.py", import.meta.url), "utf8")},
    input: JSON.stringify(tasks),
    folders,
    limits: {cpu: 1200, wall: 1_800_000, output: 64 * 2 ** 20, memory: 2 ** 30}
  });
  if (stdout === "") throw new Error(`expected planted errors, got ${stderr.slice(-300)}`);
  const planted = JSON.parse(stdout) as ({kind: string; solution: string} | null)[];
  return samples.flatMap((clean, i) => {
    const bug = planted[i];
    if (bug === null) return [];
    const text = clean.text.replace(tasks[i].solution, () => bug.solution);
    if (text === clean.text) throw new Error(`expected an error in ${clean.name}`);
    return [{kind: bug.kind, clean, corrupt: {...clean, text}}];
  });
}
