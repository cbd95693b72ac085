import {nativePython} from "../sandbox/nativePython.js";
import {createPyodide} from "../sandbox/pyodide.js";
import {pyodideModules} from "./harness.js";
import {createNativeSandbox} from "./nativeSandbox.js";
import {createPyodideSandbox} from "./pyodideSandbox.js";
import type {PythonSandbox} from "./pythonSandbox.js";

let chosen: Promise<PythonSandbox> | undefined;

/** The strongest sandbox for Python on this machine: bubblewrap, else Pyodide inside Deno. */
export function chosenPython(): Promise<PythonSandbox> {
  chosen ??= nativePython().then((native) =>
    typeof native === "string"
      ? createPyodideSandbox(createPyodide({modules: pyodideModules()}))
      : createNativeSandbox(native)
  );
  return chosen;
}
