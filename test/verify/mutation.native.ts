import {afterAll, describe, expect, test} from "vitest";
import {createMutation} from "../../lib/verify/mutation.js";
import {createPythonMutator} from "../../lib/verify/mutation/python.js";
import {createNativeSandbox} from "../../lib/verify/python/nativeSandbox.js";
import {nativePython} from "../../lib/verify/sandbox/nativePython.js";
import type {Observation} from "../../lib/verify/verifier.js";

const native = await nativePython();
if (typeof native === "string") console.log(`no native Python: ${native}`);

describe.skipIf(typeof native === "string")("mutation of Python in bubblewrap", () => {
  if (typeof native === "string") return;
  const verifier = createMutation([createPythonMutator({sandbox: createNativeSandbox(native)})]);
  afterAll(() => verifier.close?.());
  const solution = "def leap(y):\n    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)";
  const judged = async (tests: string, code = solution) => {
    const seen: Observation[] = [];
    const text = `Leap years.\n\n@solution python\n${code}\n\n@test python\n${tests}`;
    const sample = {text, kind: "task", domain: "python", generator: "test", family: "test"};
    return {verdict: await verifier.verify(sample, {corpus: () => [], observe: (it) => seen.push(it)}), seen};
  };

  test("good tests pass, weak ones are refused with the survivors", async () => {
    const good = await judged(
      "for y, is_leap in [(2000, True), (1900, False), (2004, True), (2001, False), (1600, True)]:\n    assert leap(y) == is_leap"
    );
    expect(good.verdict).toMatchObject({ok: true, sandbox: native.id});
    const weak = await judged("assert leap(2004)");
    expect(weak.verdict.reason).toBe("low-mutation-score");
    expect(weak.verdict.detail).toContain("survived: line 2 ");
    const {killed, all} = (weak.seen[0].mutants ?? []).reduce(
      (sum, {state}) => ({
        killed: sum.killed + Number(state === "killed"),
        all: sum.all + Number(state !== "equivalent")
      }),
      {killed: 0, all: 0}
    );
    expect(weak.verdict.score).toBeCloseTo(killed / all, 12);
  });

  test("tests that no mutant fails, and tests that look at code, are refused", async () => {
    expect((await judged("assert leap(2004) is not Ellipsis")).verdict.reason).toBe("no-mutant-killed");
    const looking = `${solution}\n\ndef look():\n    return len(leap.__code__.co_varnames)`;
    expect((await judged("assert look() == 1\nassert leap(2004)", looking)).verdict.reason).toBe("depends-on-source");
  });

  test("an endless mutant is killed by its processor time", async () => {
    const {seen} = await judged(
      "assert down(3) == 3",
      "def down(n):\n    c = 0\n    while n > 0:\n        n -= 1\n        c += 1\n    return c"
    );
    expect((seen[0].mutants ?? []).filter(({state}) => state === "timeout").length).toBeGreaterThanOrEqual(2);
  });
});
