import {expect, test} from "vitest";
import {readLeanReport} from "../../../lib/verify/proof/lean.js";
import {readLean} from "../../../lib/verify/proof/leanCommands.js";
import {leanFiles, readLeanStatement, type LeanStatement} from "../../../lib/verify/proof/leanFiles.js";
import {leanRefusal} from "../../../lib/verify/proof/leanRefusals.js";

const reasons = (source: string) => {
  const commands = readLean(source);
  if (typeof commands === "string") throw new Error(commands);
  return commands.map((command) => leanRefusal(command)?.reason ?? "");
};
const statement = (source: string) => readLeanStatement(source) as LeanStatement;

test("comments and strings of Lean neither trip nor hide", () => {
  expect(
    reasons('/- sorry /- axiom -/ -/\ndef a := "sorry" -- sorry\ndef b := \'"\'\n/-- native_decide -/\ndef c := 1')
  ).toEqual(["", "", ""]);
  expect(reasons('theorem t : False := by\n  /- " -/ sorry /- " -/')).toEqual(["unfinished"]);
  expect(readLean('def a := s!"{(sorry : Nat)}"')).toContain("interpolated string");
  expect(readLean("/- no end")).toBe("a comment has no end");
});

test("what would prove anything in Lean is refused", () => {
  const spoilt: [string, string][] = [
    ["unfinished", "theorem t : False := sorry"],
    ["unfinished", "theorem t : False := by\n  exact (sorryAx _)"],
    ["axiom", "private axiom x : False"],
    ["axiom", "opaque x : False"],
    ["native-code", "theorem t : 1 = 2 := by native_decide"],
    ["native-code", "theorem t : 1 = 2 := Lean.ofReduceBool _ _ rfl"],
    ["native-code", "@[implemented_by f] def g := 1"],
    ["unsafe-flag", "unsafe def x : Nat := x"],
    ["unsafe-flag", "set_option debug.skipKernelTC true"],
    ["unsafe-flag", "set_option debug.skipKernelTC true in\ntheorem t : False := x"],
    ["unsafe-flag", "@[reducible, instance] def x := 1"],
    ["notation", 'local notation "x" => True'],
    ["notation", 'infixl:65 " + " => Nat.mul'],
    ["notation", "macro_rules | `(x) => `(y)"],
    ["machinery", "import Lean"],
    ["machinery", "open Lean Elab"],
    ["machinery", "run_cmd logInfo m"],
    ["machinery", "#eval 1"],
    ["machinery", "initialize x : Nat ← pure 1"],
    ["command", "attribute [simp] x"],
    ["command", "deriving instance X for Y"]
  ];
  for (const [reason, source] of spoilt) expect(reasons(source), source).toContain(reason);
});

test("modules of Lean keep the candidate apart from what is wanted", () => {
  const stated = statement("import Mathlib.Order.Basic\nopen Nat\ntheorem mine (n : Nat) : n + 0 = n");
  const wanted = statement("def twice (n : Nat) := n + n\ntheorem theirs : ∀ n : Nat, n + 0 = n :=");
  const made = leanFiles(":= by\n  simp", stated, wanted);
  expect(made).toEqual({
    files: {
      Preamble: "def twice (n : Nat) := n + n\n",
      Candidate:
        "import Preamble\nimport Mathlib.Order.Basic\nopen Nat\ntheorem mine (n : Nat) : n + 0 = n := by\n  simp\n",
      Wanted:
        "import Preamble\nnamespace BallastWanted\ntheorem theirs : ∀ n : Nat, n + 0 = n := sorry\nend BallastWanted\n",
      Check:
        "import Candidate\nimport Wanted\ntheorem ballastChecked : type_of% @BallastWanted.theirs := @_root_.mine\n" +
        "#print axioms ballastChecked\n"
    }
  });
  expect(leanFiles("theorem other : True := trivial", stated, null)).toMatchObject({reason: "unreadable"});
  expect(readLeanStatement("def a := 1")).toMatchObject({reason: "unreadable"});
});

test("Lean's report is read for axioms and for the module that failed", () => {
  const end = (axioms: string) => `@Candidate\n@Check\n'ballastChecked' ${axioms}\n@end\n`;
  expect(readLeanReport(end("does not depend on any axioms"), "")).toEqual({reason: "", detail: "no axioms"});
  expect(readLeanReport(end("depends on axioms: [propext,\n Quot.sound]"), "").detail).toBe(
    "axioms: Quot.sound, propext"
  );
  expect(readLeanReport(end("depends on axioms: [propext, sorryAx]"), "")).toEqual({
    reason: "axiom",
    detail: "sorryAx"
  });
  expect(readLeanReport("@Candidate\n", "/job/Candidate.lean:1:2: error: type mismatch")).toEqual({
    reason: "not-proven",
    detail: "type mismatch"
  });
});
