import {afterAll, expect, test} from "vitest";
import {smt} from "../../lib/verify/smt.js";
import {judge} from "./evidence.js";
import {wrongWords} from "./smtGoals.js";

afterAll(() => smt.close!());

const goal = "(declare-const n Int)\n(assert (> n 2))\n(assert (< (* n n) 10))";
const word = (of: string, answer: string) =>
  judge(smt, `Is there one?\n\n@goal smt\n${of}\n\n@answer\n${answer}`, "proof");

test("sat, unsat and valid are decided", async () => {
  expect(await word(goal, "sat")).toMatchObject({ok: true, sandbox: "z3-wasm"});
  expect(await word(goal, "unsat")).toMatchObject({reason: "wrong-answer", detail: "expected sat, got unsat"});
  expect(await word(goal, "valid")).toMatchObject({reason: "wrong-answer"});
  expect(await word("(declare-const p Bool)\n(assert (or p (not p)))", "valid")).toMatchObject({ok: true});
});

test("a model must make the assertions true", async () => {
  expect((await word(goal, "sat\nn = 3")).reason).toBe("");
  expect((await word(goal, "sat\n(define-fun n () Int 3)")).reason).toBe("");
  expect(await word(goal, "sat\nn = 4")).toMatchObject({
    reason: "wrong-model",
    detail: expect.stringContaining("(* n n)")
  });
  expect((await word(goal, "sat\nm = 3")).reason).toBe("unreadable-model");
  expect((await word(goal, "sat\nn = (+ n 0)")).reason).toBe("unreadable-model");
  expect((await word("(declare-const x Real)\n(assert (= (* 3 x) (- 1)))", "sat\nx = -1/3")).reason).toBe("");
});

test("what is no goal is refused with its reason", async () => {
  for (const command of [
    "(set-option :rlimit 0)",
    "(push 1)",
    '(echo "sat")',
    "(eval n)",
    "(get-info :name)",
    "(reset)"
  ])
    expect((await word(`${goal}\n${command}`, "sat")).reason).toBe("refused-command");
  expect((await word("(assert (", "sat")).reason).toBe("unreadable");
  expect((await word("(assert (> m 2))", "sat")).reason).toBe("unreadable");
  expect((await word("(".repeat(40_000), "sat")).reason).toBe("unreadable");
  expect((await word("(declare-const b (_ BitVec 1000000))\n(assert (= b b))", "sat")).reason).toBe("unreadable");
  expect((await word("(declare-const n Int)", "sat")).reason).toBe("unreadable");
  expect((await word(goal, "perhaps")).reason).toBe("missing-answer");
  expect((await judge(smt, "Nothing", "proof")).reason).toBe("missing-goal");
});

test("100 goals with a planted solution pass, and none with a changed one", async () => {
  expect(await wrongWords(100)).toEqual([]);
});
