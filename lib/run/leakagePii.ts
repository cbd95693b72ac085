import {findPii} from "../curate/pii/findPii.js";
import {piiTypes, type PiiType} from "../curate/pii/piiSpan.js";
import {clopperPearson} from "../stats/proportion.js";

/** Finds of personal data of one type: how many, and in how many samples; never what they say. */
export interface PiiCount {
  type: PiiType;
  found: number;
  /** samples with at least one, of how many, and the share's exact interval; null without a sample */
  samples: number;
  of: number;
  interval: [number, number] | null;
  /** the same in what is not wholly human: samples of other tiers than T0 */
  generated: number;
  generatedOf: number;
  generatedInterval: [number, number] | null;
}

/** Counts finds of personal data, sample by sample. */
export function createPiiCounts(): {add(sample: {text: string; tier: string}): void; result(): PiiCount[]} {
  const none = () => ({found: 0, samples: 0, generated: 0});
  const counts = new Map(piiTypes.map((type) => [type, none()]));
  let of = 0;
  let generatedOf = 0;
  return {
    add({text, tier}) {
      of++;
      if (tier !== "T0") generatedOf++;
      const here = new Set<PiiType>();
      for (const {type} of findPii(text)) {
        counts.get(type)!.found++;
        here.add(type);
      }
      for (const type of here) {
        counts.get(type)!.samples++;
        if (tier !== "T0") counts.get(type)!.generated++;
      }
    },
    result: () =>
      [...counts].map(([type, {found, samples, generated}]) => ({
        ...{type, found, samples, of, interval: of === 0 ? null : clopperPearson(samples, of)},
        ...{
          generated,
          generatedOf,
          generatedInterval: generatedOf === 0 ? null : clopperPearson(generated, generatedOf)
        }
      }))
  };
}
