import {expect, test} from "vitest";
import {testLibrary} from "../../../lib/verify/javascript/testLibrary.js";
import {createJavascriptMutator} from "../../../lib/verify/mutation/javascript.js";
import {createPair} from "../../../lib/verify/sandbox/realmPair.js";

const mutator = createJavascriptMutator(createPair(testLibrary));
const solution =
  "export function most(a: number[], least: number): number {\n  let m = least;\n  for (const x of a) if (x > m) m = x;\n  return m;\n}";
const mutate = (tests: string, code = solution, language = "typescript") =>
  mutator.mutate({
    text: `The most.\n\n@solution ${language}\n\n${code}\n\n@test ${language}\n\n${tests}`,
    kind: "task",
    domain: "test",
    generator: "test",
    family: "test"
  });

test("tests that look at everything leave only the mutant that does the same", async () => {
  const {reason, mutants, sandbox} = await mutate(
    "import {most} from './solution';\ntest('most', () => { expect(most([1, 3, 2], 0)).toBe(3); expect(most([1], 2)).toBe(2); expect(most([], 4)).toBe(4); });"
  );
  expect({reason, sandbox}).toEqual({reason: "", sandbox: "quickjs"});
  expect(mutants.filter(({state}) => state === "survived")).toEqual([
    {operator: "equality", line: 3, from: "x > m", to: "x >= m", state: "survived"}
  ]);
  expect(mutants.filter(({state}) => state === "killed").length).toBeGreaterThan(3);
});

test("weak tests leave survivors, with their lines", async () => {
  const {mutants} = await mutate("assert.equal(most([3], 0), 3);");
  expect(mutants.filter(({state}) => state === "survived").length).toBeGreaterThan(1);
  for (const {line} of mutants) expect(line).toBeGreaterThan(0);
});

test("a mutant that never ends is a timeout", async () => {
  const code = "function count(n) { let i = 0; while (i < n) { i++; } return i; }";
  const {mutants} = await mutate("assert.equal(count(3), 3); assert.equal(count(0), 0);", code, "javascript");
  expect(mutants.filter(({state}) => state === "timeout").length).toBeGreaterThan(0);
  expect(mutants.some(({state}) => state === "survived")).toBe(false);
});

test("a solution that fails its tests is not mutated", async () => {
  expect(await mutate("assert.equal(most([3], 0), 4);")).toMatchObject({reason: "failed-test", found: 0});
});
