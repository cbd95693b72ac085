import {afterAll, test} from "vitest";
import {createPyodide} from "../../../lib/verify/sandbox/pyodide.js";
import {survive} from "./pyodideHostile.js";

const pyodide = createPyodide();
afterAll(() => pyodide.close());

test("200 hostile Python programs leave no process, descriptor, file or memory", {timeout: 1_200_000}, () =>
  survive(pyodide, 200)
);
