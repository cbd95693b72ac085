import {expect, test} from "vitest";
import {humaneval} from "../../../lib/run/shapes/humaneval.js";
import {mbpp} from "../../../lib/run/shapes/mbpp.js";
import {readPythonTask} from "../../../lib/verify/python/pythonTask.js";

const row = {
  task_id: "HumanEval/x",
  prompt: 'import math\n\ndef double(n):\n    """ Doubles a number.\n    >>> double(2)\n    4\n    """\n',
  entry_point: "double",
  canonical_solution: "    return n * 2\n",
  test: "def check(candidate):\n    assert candidate(2) == 4\n"
};

test("a row of HumanEval becomes a task with its reference as solution", () => {
  expect(humaneval.fits(row)).toBe(true);
  const [sample] = humaneval.samples(row);
  expect(sample).toMatchObject({name: "HumanEval/x", family: "human"});
  expect(sample.reference).toBeUndefined();
  expect(readPythonTask(sample.text)).toMatchObject({
    prose: "Doubles a number.",
    setup: "",
    solution: (row.prompt + row.canonical_solution).trim(),
    tests: `${row.test.trim()}\n\ncheck(double)`
  });
});

test("a completion of HumanEval is judged beside the reference, whole or as a body, with its label", () => {
  for (const completion of ["    return n + n", "def double(n):\n    return n + n"]) {
    const [sample] = humaneval.samples({...row, completion, passed: true});
    expect(sample).toMatchObject({generator: "completion", family: "unknown", label: true});
    expect(sample.reference).toBe((row.prompt + row.canonical_solution).trim());
    expect(sample.text).toContain("return n + n");
    expect(sample.text).not.toContain("return n * 2");
  }
});

test("what a prompt of HumanEval defines before the function is set-up", () => {
  const prompt = `def half(n):\n    return n / 2\n\n${row.prompt.replace("import math\n\n", "")}`;
  const [sample] = humaneval.samples({...row, prompt});
  expect(readPythonTask(sample.text)).toMatchObject({setup: "def half(n):\n    return n / 2"});
});

const published = {
  task_id: 7,
  text: "Doubles a number.",
  code: "def double(n):\r\n    return n * 2",
  test_setup_code: "",
  test_list: ["assert double(2) == 4"],
  challenge_test_list: ["assert double(0) == 0"]
};

test("a row of MBPP becomes a task, line ends as Python has them", () => {
  expect(mbpp.fits(published)).toBe(true);
  const [sample] = mbpp.samples(published);
  expect(sample.name).toBe("MBPP/7");
  expect(readPythonTask(sample.text)).toMatchObject({
    solution: "def double(n):\n    return n * 2",
    tests: "assert double(2) == 4\nassert double(0) == 0"
  });
});

test("sanitised MBPP has its sentence in prompt, its imports apart, and lists that may be text", () => {
  const {text, test_setup_code: _setup, challenge_test_list: _more, ...rest} = published;
  const test_imports = ["import math"];
  const [sample] = mbpp.samples({...rest, prompt: text, test_imports, test_list: JSON.stringify(rest.test_list)});
  expect(readPythonTask(sample.text)).toMatchObject({
    prose: "Doubles a number.",
    tests: "import math\nassert double(2) == 4"
  });
});

test("a completion of MBPP is judged beside the published code", () => {
  const [sample] = mbpp.samples({...published, completion: "def double(n):\n    return n + n", passed: false});
  expect(sample).toMatchObject({generator: "completion", label: false, reference: "def double(n):\n    return n * 2"});
});

test("a row that fits and cannot be read says which field, what was expected and what came", () => {
  expect(() => humaneval.samples({...row, entry_point: "not a name"})).toThrow(
    "entry_point: expected the name of a function, got not a name"
  );
  expect(() => humaneval.samples({...row, test: 7})).toThrow("test: expected text, got number");
  expect(() => mbpp.samples({...published, test_list: "assert double(2)"})).toThrow(
    'test_list: expected a list of texts, got "assert double(2)"'
  );
  expect(() => mbpp.samples({...published, test_list: [1]})).toThrow("test_list[0]: expected text, got number");
  expect(() => mbpp.samples({...published, text: 5})).toThrow("text: expected text, got number");
  expect(humaneval.fits(published)).toBe(false);
  expect(mbpp.fits(row)).toBe(false);
});
