import {afterAll, test} from "vitest";
import {pyodideModules} from "../../../lib/verify/python/harness.js";
import {createPyodide} from "../../../lib/verify/sandbox/pyodide.js";
import {survive} from "./pyodideHostile.js";

const pyodide = createPyodide({modules: pyodideModules()});
afterAll(() => pyodide.close());

test("200 hostile Python programs leave no process, descriptor, file or memory", {timeout: 1_200_000}, () =>
  survive(pyodide, 200)
);
