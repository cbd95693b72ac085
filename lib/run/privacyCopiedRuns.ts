import {memorisation, type NamedText} from "../curate/memorisation.js";
import {createMemorisationTally, type MemorisationSummary} from "../curate/memorisationTally.js";
import {findingOf, type PrivacyFinding} from "./privacyFindings.js";
import type {PlacedText} from "./privacyTexts.js";

/** Looks at all samples against all seeds. */
interface CopiedRuns {
  /** @param samples is called once for each part of the seeds */
  look(samples: () => AsyncIterable<PlacedText>, seeds: AsyncIterable<PlacedText>): AsyncGenerator<PrivacyFinding>;
  result(): MemorisationSummary;
}

/** The longest common run of each sample with the seeds: a finding where it has at least `run` tokens. */
export function copiedRuns({run}: {run: number}): CopiedRuns {
  const tally = createMemorisationTally({run});
  return {
    async *look(samples, seeds) {
      for await (const sample of memorisation(() => named(samples()), named(seeds))) {
        tally.add(sample);
        if (sample.longest === null || sample.longest.tokens < run) continue;
        const {tokens, start, end, seed, seedStart, seedEnd} = sample.longest;
        yield findingOf("copied-run", sample.id, {
          ...{start, end, tokens, seed},
          ...{seed_start: seedStart, seed_end: seedEnd}
        });
      }
    },
    result: () => tally.result()
  };
}

async function* named(texts: AsyncIterable<PlacedText>): AsyncGenerator<NamedText> {
  for await (const {at, text} of texts) yield {id: at, text};
}
