import {createCoq} from "./proof/coq.js";
import {createLean} from "./proof/lean.js";
import {readProof, readReference} from "./proof/proofText.js";
import type {Prover} from "./proof/prover.js";
import {createBubblewrap} from "./sandbox/bubblewrap.js";
import {verdict, type Evidence, type Verifier} from "./verifier.js";

const self = {id: "proof", family: "prover", version: "1"};
const maxText = 100_000;

/**
 * Has proofs checked by Coq or Lean, in bubblewrap. The text is that of `readProof`. A reference is the theorem that had
 * to be proven, in the form of `@theorem`: the prover itself compares it with what was proven, in a file of its own into
 * which nothing of the candidate is opened. A proof may rest on the prover's standard axioms alone; they are listed in
 * the verdict's detail.
 *
 * It does not guard against a statement that is true of itself (`False -> …`, `True`) where no reference is given, nor
 * against prose that says something else than the statement, nor against bugs of the prover's kernel.
 *
 * Reasons: unreadable, unreadable-reference, no-prover, unfinished, axiom, notation, redefinition, unsafe-flag,
 * native-code, machinery, command, not-proven, other-theorem, and the sandbox's outcomes.
 */
function createProof(find: (language: "coq" | "lean") => Promise<Prover | string>): Verifier {
  return {
    ...self,
    async verify({text, reference}: Evidence, {observe}) {
      const say = (reason: string, detail = "", sandbox = "") =>
        verdict(self, reason, {detail: detail.slice(0, 300), sandbox});
      if (text.length > maxText) return say("unreadable", `more than ${maxText} characters`);
      const read = readProof(text);
      if (typeof read === "string") return say("unreadable", read);
      const prover = await find(read.language);
      if (typeof prover === "string") return say("no-prover", prover);
      const {reason, detail, usage} = await prover.check(
        read,
        reference === undefined ? null : readReference(reference)
      );
      if (usage !== undefined) observe?.({verifier: self.id, sandbox: prover.id, usage});
      return say(reason, detail, prover.id);
    }
  };
}

const provers = {coq: createCoq, lean: createLean};
const found = new Map<string, Promise<Prover | string>>();

async function find(language: "coq" | "lean"): Promise<Prover | string> {
  try {
    return await provers[language](createBubblewrap());
  } catch (error) {
    return (error as Error).message.split("\n")[0];
  }
}

/** The verifier of proofs, with the provers of this machine; each is looked for once. */
export const proof: Verifier = {...createProof(findOnce), tools};

function findOnce(language: "coq" | "lean"): Promise<Prover | string> {
  if (!found.has(language)) found.set(language, find(language));
  return found.get(language)!;
}

async function tools(): Promise<string[]> {
  const both = await Promise.all((["coq", "lean"] as const).map(findOnce));
  return both.map((prover) => (typeof prover === "string" ? `not there: ${prover}` : `proofs run in ${prover.id}`));
}
