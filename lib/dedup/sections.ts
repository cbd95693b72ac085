import {foldingTable, passedOver, separator, alone, type NormalisationName} from "./normalise.js";

/** What of a text is compared with the same of other texts. */
export type SectionUnit = "line" | "paragraph";

/** A part of a text: its place in code units, with what ends it, and how many words it has. */
export interface Section {
  start: number;
  end: number;
  words: number;
  /** of its words as the normalisation reads them, 53 bits wide; equal sections have equal ones */
  hash: number;
}

const ends = {line: /\r?\n|\r|$/g, paragraph: /(?:\r\n|\n|\r(?!\n))[^\S\r\n]*(?:(?:\r\n|\n|\r(?!\n))[^\S\r\n]*)+|$/g};

/**
 * The lines or paragraphs of a text that have words, in order. Paragraphs are parted by blank lines. A section's end takes
 * in what parts it from the next, so that a text without some of its sections is what lies between.
 */
export function sections(
  text: string,
  unit: SectionUnit,
  {normalisation = "precise"}: {normalisation?: NormalisationName} = {}
): Section[] {
  const table = foldingTable(normalisation);
  const found: Section[] = [];
  let start = 0;
  for (const match of text.matchAll(ends[unit])) {
    const end = match.index + match[0].length;
    const {hash, words} = hashed(text, start, match.index, table);
    if (words > 0) found.push({start, end, words, hash});
    start = end;
  }
  return found;
}

/** The text without some of its sections, as sections gave them, in order. */
export function withoutSections(text: string, cut: readonly Pick<Section, "start" | "end">[]): string {
  let out = "";
  let at = 0;
  for (const {start, end} of cut) {
    out += text.slice(at, start);
    at = end;
  }
  return out + text.slice(at);
}

/** Two multiplicative hashes of the folded words with a blank after each. */
function hashed(text: string, start: number, end: number, table: Int32Array): {hash: number; words: number} {
  let low = 0x811c9dc5 | 0;
  let high = 0x9747b28c | 0;
  let words = 0;
  let inside = false;
  const add = (code: number) => {
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + (high >>> 15)), 0x5bd1e995);
  };
  for (let i = start; i < end; i++) {
    const code = table[text.charCodeAt(i)];
    if (code === passedOver) continue;
    if (code === separator || code >= alone) {
      if (inside) add(0x20);
      inside = false;
      if (code < alone) continue;
      add(code & 0xffff);
      add(0x20);
      words++;
    } else {
      if (!inside) words++;
      inside = true;
      add(code);
    }
  }
  if (inside) add(0x20);
  low ^= low >>> 15;
  high ^= high >>> 13;
  return {hash: (high >>> 11) * 2 ** 32 + (low >>> 0), words};
}
