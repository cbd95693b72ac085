import type {Seed} from "../schema/seed.js";
import type {Sample} from "../schema/sample.js";
import type {Verdict} from "../schema/verdict.js";

/** What a verifier gets beside its sample. */
export interface VerifyContext {
  /** human training seeds by domain, for critics that were taught on them; the same arrays for every call */
  corpus(domain: string): readonly Seed[];
}

/** The part of a sample that a verifier may judge from: never the payload. */
export type Evidence = Pick<Sample, "text" | "kind" | "domain" | "generator" | "family">;

/** Judges one sample from its text alone. A bad sample is a verdict; an exception means a bug. */
export interface Verifier {
  id: string;
  /** model or method family; never the generator's */
  family: string;
  version: string;
  verify(sample: Evidence, context: VerifyContext): Promise<Verdict>;
}

/** Fills in a verifier's name; `ok` follows from whether there is a reason. */
export function verdict(
  {id, family, version}: Pick<Verifier, "id" | "family" | "version">,
  reason = "",
  {score = null, detail = "", sandbox = ""}: Partial<Pick<Verdict, "score" | "detail" | "sandbox">> = {}
): Verdict {
  return {verifier: id, family, version, ok: reason === "", reason, score, detail, sandbox};
}
