import {sentenceEnds} from "../../text/sentences.js";

/** A part of a document: text.slice(start, end). */
export interface Window {
  start: number;
  end: number;
}

/**
 * A document in parts of at most `size` UTF-16 code units, cut between paragraphs; within a paragraph that is longer,
 * between sentences; within a longer sentence, anywhere but in a surrogate pair.
 *
 * @param size at least 2
 */
export function windows(text: string, size: number): Window[] {
  const found: Window[] = [];
  let start = 0;
  let end = 0;
  const close = () => {
    const trimmed = text.slice(start, end).trimEnd();
    const lead = trimmed.length - trimmed.trimStart().length;
    if (trimmed.trim() !== "") found.push({start: start + lead, end: start + trimmed.length});
    start = end;
  };
  for (const next of cuts(text, size)) {
    if (next - start > size && end > start) close();
    end = next;
  }
  close();
  return found;
}

/** Ascending places where a text may be cut, none further than `size` from the one before; the last is its length. */
function cuts(text: string, size: number): number[] {
  const places: number[] = [];
  let last = 0;
  const reach = (place: number) => {
    while (place - last > size) {
      const low = text.charCodeAt(last + size);
      last += low >= 0xdc00 && low <= 0xdfff ? size - 1 : size;
      places.push(last);
    }
    if (place > last) places.push((last = place));
  };
  for (const {0: gap, index} of [...text.matchAll(/\n\s*\n/g), {0: "", index: text.length}]) {
    const from = last;
    const to = index + gap.length;
    if (to - from > size) for (const end of sentenceEnds(text.slice(from, to))) reach(from + end);
    reach(to);
  }
  return places;
}
