import {afterAll, describe, expect, test} from "vitest";
import {createNativeSandbox} from "../../lib/verify/python/nativeSandbox.js";
import {createPythonTests} from "../../lib/verify/pythonTests.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import {hasPublicData} from "../publicData.js";
import {judge} from "./evidence.js";
import {plantBugs} from "./plantBugs.js";
import {plantErrors} from "./planted.js";
import {bugs, doubling, hostile} from "./pythonCases.js";
import {publicTasks} from "./publicTasks.js";

const native = await nativePython();
if (typeof native === "string") console.log(`no native Python: ${native}`);

describe.skipIf(typeof native === "string")("python-tests in bubblewrap", () => {
  if (typeof native === "string") return;
  const sandbox = createNativeSandbox(native);
  const verifier = createPythonTests({sandbox, cpu: 0.4});
  const reason = async (text: string) => (await judge(verifier, text, "task")).reason;
  afterAll(() => verifier.close?.());

  test("a right solution passes in every form of tests", async () => {
    const right = "def double(n):\n    return n * 2";
    const unit =
      "import unittest\nclass Doubles(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(double(2), 4)";
    expect(await judge(verifier, doubling(right), "task")).toMatchObject({ok: true, sandbox: native.id});
    expect(await reason(doubling(right, unit))).toBe("");
    expect(await reason(doubling(right, unit.replace("4", "5")))).toBe("failed-test");
    const pair = '{"call": "double", "args": [0.1], "expected": 0.2}';
    expect(await reason(doubling(right, pair, " pairs"))).toBe("");
    expect(await reason(doubling(right, pair.replace("0.2", "0.21"), " pairs"))).toBe("failed-test");
  });

  test.skipIf(native.packages.pytest === undefined)(
    "pytest runs on stubs, from a file that the solution never sees",
    async () => {
      const file =
        "import pytest\nfrom solution import double\n@pytest.mark.parametrize('n', [1, 2])\ndef test_it(n):\n    assert double(n) == 2 * n\n" +
        "def test_text():\n    with pytest.raises(ValueError):\n        double('x')";
      const right = "def double(n):\n    if isinstance(n, str):\n        raise ValueError(n)\n    return n * 2";
      const nosy =
        "import glob\nfound = glob.glob('/tmp/**/*.py', recursive=True)\ndef double(n):\n    return 2 * n if found else 0";
      expect(await reason(doubling(right, file, " pytest"))).toBe("");
      expect(await reason(doubling(nosy, file, " pytest"))).toBe("failed-test");
    }
  );

  test("what is no test, no solution or depends on chance is told apart", async () => {
    const right = "def double(n):\n    return n * 2";
    expect(await reason("Doubles.")).toBe("unreadable");
    expect(await reason(doubling(right, "assert 1 == 1"))).toBe("no-tests");
    expect(await reason(doubling(right, "double(2)"))).toBe("no-tests");
    expect(await reason(doubling(right, "double(2)\nassert True"))).toBe("empty-passes");
    expect(await reason(doubling(right, "assert double(2) == "))).toBe("unreadable");
    expect(await reason(doubling("def double(n):\n    return n *", "assert double(2) == 4"))).toBe("error");
  });

  test("tests that hold by the order of a set alone are flaky", async () => {
    const orders = ["abc", "acb", "bac", "bca", "cab", "cba"];
    const said = await Promise.all(
      orders.map((order) =>
        reason(doubling("def double(s):\n    return ''.join(set(s))", `assert double('abc') == '${order}'`))
      )
    );
    // The first run finds one order, the second another.
    expect(said.sort()).toEqual([...Array.from({length: 5}, () => "failed-test"), "flaky-tests"]);
  });

  test.each(hostile)("a solution that %s does not pass", async (_name, solution, reasons) => {
    expect(reasons).toContain(await reason(doubling(solution)));
  });

  test.each([
    ["itself", "os.getpid()"],
    ["all others", "-1"]
  ])("a solution that stops %s is late, and the next is judged as ever", async (_name, whom) => {
    const impatient = createPythonTests({sandbox: createNativeSandbox(native, {wall: 0.2}), cpu: 0.4});
    const stops = `import os\ndef double(n):\n    os.kill(${whom}, 19)\n    while True:\n        pass`;
    expect((await judge(impatient, doubling(stops), "task")).reason).toBe("timeout");
    expect(await reason(doubling("def double(n):\n    return n * 2"))).toBe("");
  });

  test("what a solution takes is told as what it is: memory, processor time, a file too large", async () => {
    expect(await reason(doubling("def double(n):\n    raise MemoryError"))).toBe("out-of-memory");
    expect(await reason(doubling("x = bytearray(2 ** 30)\ndef double(n):\n    return 2 * n"))).toBe("out-of-memory");
    expect(await reason(doubling("while True:\n    pass"))).toBe("timeout");
    const large = "def double(n):\n    open('/tmp/x', 'wb').write(bytes(2 ** 25))";
    expect(["output-limit", "error"]).toContain(await reason(doubling(large)));
  });

  test("classic bugs are caught, and what they were made of is not", async () => {
    const cases = bugs.map(([right, from, to, tests]) => {
      expect(right).toContain(from);
      const evidence = (solution: string) => ({
        text: doubling(solution, tests),
        kind: "task",
        domain: "python",
        generator: "test",
        family: "test"
      });
      return {clean: evidence(right), corrupt: evidence(right.replace(from, to))};
    });
    const {refused, missed, caught} = await plantErrors(verifier, cases, {lanes: 2});
    expect(refused).toEqual([]);
    expect(missed).toEqual([]);
    expect(caught).toBe(bugs.length);
  });

  describe.skipIf(!hasPublicData)("on public data", () => {
    test("the references of HumanEval and MBPP pass, and planted errors fail, for every thirtieth task", async () => {
      const cases = await plantBugs(native, thirtieth(publicTasks()));
      expect(cases.length).toBeGreaterThanOrEqual(30);
      const {refused, missed, caught} = await plantErrors(createPythonTests({sandbox}), cases, {lanes: 2});
      expect(refused).toEqual([]);
      expect(missed).toEqual([]);
      expect(caught).toBe(cases.length);
    });
  });
});

const thirtieth = <T>(items: readonly T[]): T[] => items.filter((_, i) => i % 30 === 0);
