import {z} from "zod";
import {readRows} from "../io/readRows.js";
import {sha256} from "../io/sha256.js";
import {malformed} from "../text/canonical.js";
import type {Verdict} from "../schema/verdict.js";
import {verdict, type Evidence, type Verifier, type VerifyContext} from "../verify/verifier.js";

/** A verdict on a sample of a file. */
interface FoundVerdict extends Verdict {
  /** file and line or row, e.g. "samples.jsonl:7" */
  at: string;
  /** sha256 of the sample's text */
  id: string;
}

/** What `ballast verify` needs of a sample; what else its row holds is passed over. */
const Row = z.object({
  text: z.string(),
  kind: z.string(),
  domain: z.string(),
  generator: z.string().nullish(),
  family: z.string().nullish()
});

/**
 * The verdicts on every sample of Parquet or JSONL files, in order. A text that no sample may have (NUL, lone surrogate,
 * empty, too long) is a verdict too: no verifier sees it.
 *
 * @throws TypeError naming file, line and field where a row has no text, kind or domain
 */
export async function* verifySamples(
  paths: readonly string[],
  verifiers: readonly Verifier[],
  context: VerifyContext
): AsyncGenerator<FoundVerdict> {
  for await (const {at, value} of readRows(paths)) {
    const {data, error} = Row.safeParse(value);
    if (data === undefined) {
      const {path, message} = error.issues[0];
      throw new TypeError(
        `${at}: ${path.join(".")}: ${message.replace("Invalid input: ", "").replace("received", "got")}`
      );
    }
    const {text, kind, domain, generator, family} = data;
    const evidence: Evidence = {text, kind, domain, generator: generator ?? "", family: family ?? ""};
    const id = sha256(text);
    const form = malformed(text);
    for (const verifier of verifiers) {
      if (verifier.family === family)
        throw new RangeError(
          `${at}: family: expected another than that of ${verifier.id}, got ${JSON.stringify(family)}`
        );
      yield {at, id, ...(form === null ? await verifier.verify(evidence, context) : verdict(verifier, form))};
    }
  }
}
