import {findPii} from "../curate/pii/findPii.js";
import {FoundPii} from "../curate/pii/foundPii.js";
import type {PiiType} from "../curate/pii/piiSpan.js";
import type {PlacedText} from "./privacyTexts.js";

/** The personal data of the seeds, by hash: the values themselves are not kept. */
export interface SeedValues {
  found: FoundPii;
  /** by number of the value: its type, and the first seed that has it */
  types: PiiType[];
  seeds: string[];
  /** seeds that were read */
  texts: number;
}

/** Under which values are compared where no hash is told. */
const unsaid = new TextEncoder().encode("a key of hashes that stay here");

/** Finds the personal data of all seeds. Memory grows with the different values, about 100 bytes each. */
export async function seedValues(seeds: AsyncIterable<PlacedText>, key: Uint8Array | null): Promise<SeedValues> {
  const values: SeedValues = {found: new FoundPii({key: key ?? unsaid}), types: [], seeds: [], texts: 0};
  for await (const {at, text} of seeds) {
    values.texts++;
    for (const {type, start, end} of findPii(text)) {
      values.found.add(type, text.slice(start, end));
      if (values.found.size === values.types.length) continue;
      values.types.push(type);
      values.seeds.push(at);
    }
  }
  return values;
}
