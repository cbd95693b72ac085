import type {Usage} from "../sandbox/program.js";
import type {ProofText} from "./proofText.js";

/** What a prover says of a proof. */
export interface Proven {
  /** "" where it holds, else a slug */
  reason: string;
  detail: string;
  usage?: Usage;
}

/** A prover in its sandbox. */
export interface Prover {
  /** as verdicts name it, e.g. "bubblewrap/coq-8.16.1" */
  id: string;
  /** @param wanted the theorem that had to be proven; null where no reference asks for one */
  check(text: ProofText, wanted: string | null): Promise<Proven>;
}

/** What a shell says of a program that the kernel stopped for its processor time: 128 and SIGXCPU. */
export const outOfTime = 152;
