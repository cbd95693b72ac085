import {findPii} from "../curate/pii/findPii.js";
import type {PiiLeak} from "../curate/pii/foundPii.js";
import {keyedHash} from "../curate/pii/piiKey.js";
import {piiTypes, type PiiSpan, type PiiType} from "../curate/pii/piiSpan.js";
import {clopperPearson} from "../stats/proportion.js";
import {findingOf, type PrivacyFinding} from "./privacyFindings.js";
import type {PlacedText} from "./privacyTexts.js";
import type {SeedValues} from "./privacyValues.js";

/** A share and its 95 % interval; null where there is nothing to take it of. */
export interface Share {
  share: number | null;
  interval: [number, number] | null;
}

/** Personal data of one type in the samples, and what of it the seeds have. */
export interface PiiByType {
  type: PiiType;
  /** finds in the samples, and samples with at least one */
  found: number;
  samples: number;
  /** different values in the seeds; those of them that a sample has; finds of these; and samples with at least one */
  seedValues: number;
  replayed: number;
  replays: number;
  replaying: number;
  /** of the seeds' values, those that a sample has */
  ofValues: Share;
  /** of all samples, those with a value of the seeds; the interval is for the generator that made them */
  ofSamples: Share;
}

/** Looks at sample after sample. */
interface PiiTally {
  look(sample: PlacedText): Generator<PrivacyFinding>;
  /** every type, in their order */
  result(): PiiByType[];
}

/**
 * Finds personal data in samples and says which of it the seeds have: what the rules find, and every value of the seeds as
 * whole words with the same letters and digits, also where no rule would find it (see FoundPii). A finding tells type, place
 * and keyed hash, never the value.
 *
 * @param key of the hashes that are told; null for none
 * Values that a sample and a seed have for other reasons (a common name, a firm's number) count too: the share among samples
 * made without the seeds is what to compare with.
 */
export function createPiiTally(values: SeedValues, key: Uint8Array | null): PiiTally {
  const counts = {found: 0, samples: 0, seedValues: 0, replayed: 0, replays: 0, replaying: 0};
  const byType = new Map(piiTypes.map((type) => [type, {type, ...counts}]));
  for (const type of values.types) byType.get(type)!.seedValues++;
  const seen = new Uint8Array(values.types.length);
  let all = 0;
  return {
    *look({at, text}) {
      all++;
      const here = new Set<PiiType>();
      const replaying = new Set<PiiType>();
      for (const one of merged(values.found.find(text), findPii(text))) {
        const {type, start, end} = one;
        const tally = byType.get(type)!;
        tally.found++;
        here.add(type);
        if ("number" in one) {
          replaying.add(type);
          tally.replays++;
          if (seen[one.number] === 0) tally.replayed++;
          seen[one.number] = 1;
          const seed = values.seeds[one.number];
          yield findingOf("pii-replay", at, {
            type,
            rule: "seed-value",
            start,
            end,
            hash: key === null ? null : one.hash,
            seed
          });
        } else {
          const hash = key === null ? null : keyedHash(key, text.slice(start, end));
          yield findingOf("pii", at, {type, rule: one.rule, start, end, hash});
        }
      }
      for (const type of here) byType.get(type)!.samples++;
      for (const type of replaying) byType.get(type)!.replaying++;
    },
    result: () =>
      [...byType.values()].map((tally) => ({
        ...tally,
        ofValues: shareOf(tally.replayed, tally.seedValues),
        ofSamples: shareOf(tally.replaying, all)
      }))
  };
}

/** In order: the seeds' values, and what the rules find apart from them. */
function* merged(leaks: readonly PiiLeak[], spans: readonly PiiSpan[]): Generator<PiiLeak | PiiSpan> {
  let next = 0;
  for (const span of spans) {
    while (next < leaks.length && leaks[next].end <= span.start) yield leaks[next++];
    if (next === leaks.length || leaks[next].start >= span.end) yield span;
  }
  yield* leaks.slice(next);
}

function shareOf(n: number, of: number): Share {
  return of === 0 ? {share: null, interval: null} : {share: n / of, interval: clopperPearson(n, of)};
}
