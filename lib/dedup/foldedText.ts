import {alone, foldingTable, passedOver, separator, type NormalisationName} from "./normalise.js";

// Code units that are handed on at a time, however long a text is.
const block = 65_536;

/**
 * A function from a text to its words as a normalisation reads them, with one blank between them, in blocks of folded
 * UTF-16 code units; it returns how many words there are. The block's array is used again: copy what must last. Texts that
 * give the same units are one text to the normalisation; one without words gives none.
 */
export function createFoldedText(
  normalisation: NormalisationName = "precise"
): (text: string, each: (units: Uint16Array<ArrayBuffer>) => void) => number {
  const table = foldingTable(normalisation);
  const units = new Uint16Array(block);
  return (text, each) => {
    let words = 0;
    let filled = 0;
    let inside = false;
    for (let i = 0; i < text.length; i++) {
      const code = table[text.charCodeAt(i)];
      if (code === passedOver) continue;
      if (code === separator) {
        inside = false;
        continue;
      }
      // Room for a blank and a unit.
      if (filled + 2 > block) {
        each(units.subarray(0, filled));
        filled = 0;
      }
      if (!inside || code >= alone) {
        if (words++ > 0) units[filled++] = 0x20;
      }
      units[filled++] = code;
      inside = code < alone;
    }
    if (filled > 0) each(units.subarray(0, filled));
    return words;
  };
}
