import type {Seed} from "../../lib/schema/seed.js";
import type {Verdict} from "../../lib/schema/verdict.js";
import type {Verifier, VerifyContext} from "../../lib/verify/verifier.js";

/** A verifier's word on a bare text. */
export function judge(verifier: Verifier, text: string, kind: string, corpus: readonly Seed[] = []): Promise<Verdict> {
  const context: VerifyContext = {corpus: () => corpus};
  return verifier.verify({text, kind, domain: "test", generator: "test", family: "test"}, context);
}
