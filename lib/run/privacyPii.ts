import {findPii} from "../curate/pii/findPii.js";
import {piiTypes, type PiiType} from "../curate/pii/piiSpan.js";
import {findingOf, type PrivacyFinding} from "./privacyFindings.js";
import type {HashKey} from "./privacyKey.js";
import type {PlacedText} from "./privacyTexts.js";
import {foldedValue, type SeedValues} from "./privacyValues.js";

/** Personal data of one type in the samples, and what of it the seeds have. */
export interface PiiByType {
  type: PiiType;
  /** finds in the samples, and samples with at least one */
  found: number;
  samples: number;
  /** different values in the seeds; those of them that a sample has; and finds of these */
  seedValues: number;
  replayed: number;
  replays: number;
}

/** Looks at sample after sample. */
interface PiiTally {
  look(sample: PlacedText): Generator<PrivacyFinding>;
  /** every type, in their order */
  result(): PiiByType[];
}

/**
 * Finds personal data in samples and says which of it the seeds have: a value counts as the same where type, letters and
 * digits agree. A finding tells type, place and keyed hash, never the value.
 */
export function createPiiTally(values: SeedValues, key: HashKey | null): PiiTally {
  const byType = new Map<PiiType, PiiByType>(
    piiTypes.map((type) => [type, {type, found: 0, samples: 0, seedValues: 0, replayed: 0, replays: 0}])
  );
  for (const type of values.types) byType.get(type)!.seedValues++;
  const seen = new Uint8Array(values.types.length);
  return {
    *look({at, text}) {
      const here = new Set<PiiType>();
      for (const {type, rule, start, end} of findPii(text)) {
        const value = text.slice(start, end);
        const tally = byType.get(type)!;
        const number = values.find(type, value);
        tally.found++;
        here.add(type);
        if (number >= 0) {
          tally.replays++;
          if (seen[number] === 0) tally.replayed++;
          seen[number] = 1;
        }
        yield findingOf(number >= 0 ? "pii-replay" : "pii", at, {
          ...{type, rule, start, end},
          hash: key?.hash(type, foldedValue(value)) ?? null,
          seed: number >= 0 ? values.seeds[number] : null
        });
      }
      for (const type of here) byType.get(type)!.samples++;
    },
    result: () => [...byType.values()]
  };
}
