import {readSections} from "../sections.js";

/** How tests are written: assertions or unittest cases, a pytest file, or calls with what they give. */
export type TestForm = "asserts" | "pytest" | "pairs";

/** A task in Python, as its text holds it. */
export interface PythonTask {
  prose: string;
  /** trusted as the tests are: both sides of the wall load it */
  setup: string;
  solution: string;
  /** line of the text on which the solution begins, from 1 */
  line: number;
  form: TestForm;
  tests: string;
}

const forms: readonly TestForm[] = ["asserts", "pytest", "pairs"];
const most = 2_000_000;

/**
 * Reads a task in Python:
 *
 *     Doubles a number.
 *
 *     @setup python
 *     import math
 *
 *     @solution python
 *     def double(n):
 *         return n * 2
 *
 *     @test python
 *     assert double(2) == 4
 *
 * `@setup` may be left out; code may stand in a Markdown fence. The words after `@test python` say how tests are written:
 *
 * - `asserts`, or none: any module-level code, `def check(candidate)` with its call, functions `test_…` without
 *   arguments, classes of unittest. Names that the code does not define are the solution's.
 * - `pytest`: a pytest file that imports what it tests from `solution`.
 * - `pairs`: a JSON object a line, `{"call": "double", "args": [2], "expected": 4}`, and `"kwargs"`. Lists and tuples are
 *   one kind, keys of objects are text; numbers with a fraction are equal within 1e-6 + 1e-7 of the expected one.
 *
 * @returns why it cannot be read, where it cannot
 */
export function readPythonTask(text: string): PythonTask | string {
  if (text.length > most) return `more than ${most} characters`;
  const read = readSections(text, ["setup", "solution", "test"]);
  if (typeof read === "string") return read;
  const {prose, sections} = read;
  for (const [name, {words}] of sections)
    if (words[0] !== "python") return `@${name}: expected python, got ${words[0] ?? "no language"}`;
  const solution = sections.get("solution");
  const test = sections.get("test");
  if (solution === undefined || test === undefined)
    return `expected a section @${solution ? "test" : "solution"} python`;
  const form = test.words[1] ?? "asserts";
  if (!forms.includes(form as TestForm) || test.words.length > 2)
    return `@test python: expected ${forms.join(", ")}, got ${test.words.slice(1).join(" ")}`;
  return {
    prose,
    setup: sections.get("setup")?.body ?? "",
    solution: solution.body,
    line: solution.line,
    form: form as TestForm,
    tests: test.body
  };
}
