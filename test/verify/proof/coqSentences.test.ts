import {expect, test} from "vitest";
import {namesIn, refusalOf} from "../../../lib/verify/proof/coqCommands.js";
import {readCoq, type Sentence} from "../../../lib/verify/proof/coqSentences.js";
import {corruptions, coqCases} from "../proofCases.js";

const read = (source: string) => {
  const sentences = readCoq(source);
  if (typeof sentences === "string") throw new Error(sentences);
  return sentences;
};
const reasons = (source: string) => read(source).map((sentence) => refusalOf(sentence, 0)?.reason ?? "");

test("comments are taken out, nested ones and those with strings in them too", () => {
  const text = read('Lemma a (* one (* two *) " *) " three *) : True. (**) Qed.')
    .map((sentence: Sentence) => sentence.text.trim())
    .join("|");
  expect(text).toBe("Lemma a   : True.|Qed.");
  expect(reasons("(* admit. Axiom x : False. *) Check 1.")).toEqual([""]);
  expect(reasons('Check "Axiom x : False. admit".')).toEqual([""]);
  expect(readCoq("(* Qed.")).toBe("a comment has no end");
  expect(readCoq('Check "a.')).toBe("a string has no end");
});

test("a full stop ends a sentence only before white space, a comment or the end", () => {
  expect(read("apply Nat.add_comm. rewrite (a.(b)).(* x *)Axiom y : False.")).toHaveLength(3);
  expect(readCoq("Check 1. Check 2")).toContain("has no full stop");
});

test("bullets, braces and goal selectors hide no word", () => {
  expect(reasons("- admit. { 2: give_up. } all: Admitted. + + 1-2: native_compute. }")).toEqual([
    "unfinished",
    "unfinished",
    "unfinished",
    "native-code",
    ""
  ]);
});

test("commands are refused behind prefixes and attributes", () => {
  expect(reasons("Local Axiom a : P. #[local, program] Parameter b : P. Time Fail Conjecture c : P.")).toEqual(
    Array(3).fill("axiom")
  );
  expect(reasons("#[bypass_check(universes)] Definition a := 1. Unset Guard Checking. Global Set Warnings.")).toEqual(
    Array(3).fill("unsafe-flag")
  );
  expect(reasons('Set Implicit Arguments. Unset Strict Implicit. Set Default Goal Selector "!".')).toEqual([
    "",
    "",
    ""
  ]);
});

test("a section may assume what its end discharges", () => {
  const [sentence] = read("Variable A : Type.");
  expect([refusalOf(sentence, 1), refusalOf(sentence, 0)?.reason]).toEqual([null, "axiom"]);
});

test("names are those of definitions, constructors, fields and what comes with them", () => {
  const [tree, size, point] = read(
    "Inductive tree := leaf | node (l r : tree) with forest := nil_ | cons_. " +
      "Fixpoint size t := match t with O => 1 | leaf => 2 end with other u := u. Record point := make { x : nat; y : nat }."
  );
  expect(namesIn(tree)).toEqual(["tree", "leaf", "node", "forest", "nil_", "cons_"]);
  expect(namesIn(size)).toEqual(["size", "other"]);
  expect(namesIn(point)).toEqual(expect.arrayContaining(["point", "x", "y"]));
});

test("what needs no prover to be refused is refused by reading, and clean proofs are not", () => {
  const [one] = coqCases(2);
  const lexical = ["axiom", "unfinished", "notation", "machinery", "unsafe-flag", "native-code", "command"];
  for (const [reason, corrupt] of corruptions) {
    const {text} = corrupt(one);
    if (!lexical.includes(reason) || text.includes("AdmitAxiom") || !/Qed\.$|Admitted\.$/.test(text)) continue;
    const sentences = readCoq(text.slice(text.indexOf("@proof coq") + 10));
    if (typeof sentences === "string") throw new Error(sentences);
    const found = sentences.map((sentence) => refusalOf(sentence, 0)?.reason).filter((some) => some !== undefined);
    if (reason !== "unfinished" || found.length > 0) expect(found[0], text).toBe(reason);
  }
  for (const {settings, claim, script} of coqCases(2))
    expect(reasons(`${settings}\nTheorem t ${claim}\nProof. ${script} Qed.`).filter((reason) => reason !== "")).toEqual(
      []
    );
});
