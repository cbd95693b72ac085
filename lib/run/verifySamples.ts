import {inOrder} from "../io/inOrder.js";
import {sha256} from "../io/sha256.js";
import type {Verdict} from "../schema/verdict.js";
import {malformed} from "../text/canonical.js";
import {verdict, type Observation, type Verifier, type VerifyContext} from "../verify/verifier.js";
import type {Usage} from "../verify/sandbox/program.js";
import {addUsage, metered, type VerifierUsage} from "./verifierUsage.js";
import type {VerifyRow} from "./verifyRows.js";

/** A verdict on a sample of a file. */
export interface FoundVerdict extends Verdict {
  /** file and line or row, e.g. "samples.jsonl:7" */
  at: string;
  /** what the sample's publisher calls it */
  name: string;
  /** sha256 of the sample's text */
  id: string;
  generator: string;
  label: boolean | null;
}

/** A sample's verdicts, and what its verifiers saw. */
export interface VerifiedRow {
  row: VerifyRow;
  verdicts: FoundVerdict[];
  observations: Observation[];
  usage: VerifierUsage;
}

/**
 * The verdicts on every sample, in the samples' order, several samples at once. A text that no sample may have (NUL, lone
 * surrogate, empty, too long) is a verdict too: no verifier sees it.
 *
 * @param options.lanes samples under way at once
 * @throws RangeError naming the row whose family is a verifier's own
 */
export async function* verifySamples(
  samples: AsyncIterable<VerifyRow>,
  verifiers: readonly Verifier[],
  context: VerifyContext,
  {lanes = 1, now = () => performance.now()}: {lanes?: number; now?: () => number} = {}
): AsyncGenerator<VerifiedRow> {
  yield* inOrder(samples, lanes, async (row) => {
    const {at, name, label, evidence} = row;
    const id = sha256(evidence.text);
    const form = malformed(evidence.text);
    const verdicts: FoundVerdict[] = [];
    const observations: Observation[] = [];
    const heard: VerifyContext = {...context, observe: (observation) => observations.push(observation)};
    const usage: VerifierUsage = {};
    const add = (id: string, more: Usage) => void (usage[id] = addUsage(usage[id], more));
    for (const verifier of verifiers) {
      if (verifier.family === evidence.family)
        throw new RangeError(
          `${at}: family: expected another than that of ${verifier.id}, got ${JSON.stringify(evidence.family)}`
        );
      const word = form === null ? await metered(verifier, now, add).verify(evidence, heard) : verdict(verifier, form);
      verdicts.push({at, name, id, generator: evidence.generator, label, ...word});
    }
    return {row, verdicts, observations, usage};
  });
}
