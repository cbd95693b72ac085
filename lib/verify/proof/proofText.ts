import {readSections} from "../sections.js";

/** What a text says is proven, and how. */
export interface ProofText {
  language: "coq" | "lean";
  /** definitions and the statement; null where the proof's file states it */
  theorem: string | null;
  proof: string;
}

const languages = ["coq", "lean"] as const;

/**
 * Reads a theorem and its proof:
 *
 *     Adding nothing on the right changes nothing.
 *
 *     @theorem coq
 *     Theorem add_zero : forall n : nat, n + 0 = n.
 *     @proof coq
 *     Proof. induction n; simpl; auto. Qed.
 *
 * Under `@theorem` stand what the statement needs (Require, Open Scope, definitions) and, last, the statement. Under
 * `@proof` stands its proof from `Proof.` to `Qed.` (Lean: from `:=`), or a file that states the theorem again under its
 * name, with lemmas before it. Without `@theorem`, the last theorem of that file is meant. The language is coq or lean.
 *
 * @returns why it cannot be read, where it cannot
 */
export function readProof(text: string): ProofText | string {
  const read = readSections(text, ["theorem", "proof"]);
  if (typeof read === "string") return read;
  const proof = read.sections.get("proof");
  const theorem = read.sections.get("theorem");
  if (proof === undefined) return "expected a section @proof";
  const language = languages.find((name) => name === proof.words.join(" "));
  if (language === undefined) return `expected @proof coq or @proof lean, got @proof ${proof.words.join(" ")}`;
  if (theorem !== undefined && theorem.words.join(" ") !== language)
    return `expected @theorem ${language}, got @theorem ${theorem.words.join(" ")}`;
  if (proof.body === "" || theorem?.body === "") return "expected a statement and a proof, got an empty section";
  return {language, theorem: theorem?.body ?? null, proof: proof.body};
}

/** The theorem that a reference asks for: its section `@theorem` where it has one, else all of it. */
export function readReference(reference: string): string {
  const read = readSections(reference, ["theorem", "proof"]);
  const section = typeof read === "string" ? undefined : read.sections.get("theorem");
  return section?.body ?? reference.trim();
}
