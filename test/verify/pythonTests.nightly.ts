import {afterAll, describe, expect, test} from "vitest";
import {createNativeSandbox} from "../../lib/verify/python/nativeSandbox.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import {hasPublicData} from "../publicData.js";
import {plantBugs} from "./plantBugs.js";
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
    const cases = await plantBugs(native, publicTasks());
    expect(cases.length).toBeGreaterThanOrEqual(count);
    expect(new Set(cases.map(({kind}) => kind)).size).toBe(4);
    const {refused, missed, caught} = await plantErrors(verifier, cases.slice(0, count), {lanes: 2});
    expect(refused).toEqual([]);
    expect(missed).toEqual([]);
    expect(caught).toBe(count);
  });
});
