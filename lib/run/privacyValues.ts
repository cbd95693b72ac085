import {createHash} from "node:crypto";
import {findPii} from "../curate/pii/findPii.js";
import type {PiiType} from "../curate/pii/piiSpan.js";
import {words} from "../dedup/normalise.js";
import {createShingleTable} from "../dedup/shingleTable.js";
import type {PlacedText} from "./privacyTexts.js";

/** The personal data of the seeds, by hash: the values themselves are not kept. */
export interface SeedValues {
  /** number of a value, −1 where no seed has it */
  find(type: PiiType, value: string): number;
  /** by number: its type, and the first seed that has it */
  types: PiiType[];
  seeds: string[];
  /** seeds that were read */
  texts: number;
}

/**
 * Finds the personal data of all seeds. Memory grows with the different values, about 50 bytes each; two values are
 * taken for one where 64 bits of hash agree.
 */
export async function seedValues(seeds: AsyncIterable<PlacedText>): Promise<SeedValues> {
  const table = createShingleTable();
  const found: SeedValues = {find, types: [], seeds: [], texts: 0};
  for await (const {at, text} of seeds) {
    found.texts++;
    for (const {type, start, end} of findPii(text)) {
      const [low, high] = digest(type, text.slice(start, end));
      if (table.add(low, high) < found.types.length) continue;
      found.types.push(type);
      found.seeds.push(at);
    }
  }
  return found;

  function find(type: PiiType, value: string): number {
    return table.find(...digest(type, value));
  }
}

/** A value as it is compared and hashed: its letters and digits in lower case. */
export function foldedValue(value: string): string {
  return words(value, "plain").join("");
}

function digest(type: PiiType, value: string): [number, number] {
  const bytes = createHash("sha256")
    .update(`${type}\n${foldedValue(value)}`)
    .digest();
  return [bytes.readInt32LE(0), bytes.readInt32LE(4)];
}
