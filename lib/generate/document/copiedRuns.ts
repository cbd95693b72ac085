import type {Span} from "../../schema/sample.js";
import type {Seed} from "../../schema/seed.js";

/** Shortest run that counts as copied, in UTF-16 code units: some five words. */
const shortest = 32;
const indices = new WeakMap<Seed, ReadonlyMap<string, readonly number[]>>();
/** Places of one opening that are compared. */
const mostPlaces = 16;

/**
 * The runs of a text that stand in a seed word by word, at least 32 code units each, in order, not overlapping: from the
 * first word on, always the longest that begins there (among the first 16 places with the same opening).
 */
export function copiedRuns(text: string, seed: Seed): Span[] {
  const index = indexOf(seed);
  const spans: Span[] = [];
  let free = 0;
  for (const start of wordStarts(text)) {
    if (start < free) continue;
    let length = 0;
    let from = 0;
    for (const place of index.get(text.slice(start, start + shortest)) ?? []) {
      const common = commonLength(text, start, seed.text, place);
      if (common > length) [length, from] = [common, place];
    }
    while (length > 0 && /\s/.test(text[start + length - 1])) length--;
    if (length < shortest) continue;
    free = start + length;
    spans.push({start, end: free, seed: seed.sha256, from});
  }
  return spans;
}

function indexOf(seed: Seed): ReadonlyMap<string, readonly number[]> {
  const known = indices.get(seed);
  if (known !== undefined) return known;
  const index = new Map<string, number[]>();
  for (const start of wordStarts(seed.text)) {
    const opening = seed.text.slice(start, start + shortest);
    if (opening.length < shortest) break;
    const places = index.get(opening);
    if (places === undefined) index.set(opening, [start]);
    else if (places.length < mostPlaces) places.push(start);
  }
  indices.set(seed, index);
  return index;
}

function wordStarts(text: string): number[] {
  const starts: number[] = [];
  let parted = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const space = code < 0x80 ? code === 0x20 || (code >= 9 && code <= 13) : /\s/.test(text[i]);
    if (parted && !space) starts.push(i);
    parted = space;
  }
  return starts;
}

function commonLength(a: string, i: number, b: string, j: number): number {
  let length = 0;
  while (i + length < a.length && j + length < b.length && a.charCodeAt(i + length) === b.charCodeAt(j + length))
    length++;
  // Half a surrogate pair is no copy of a character.
  const last = a.charCodeAt(i + length - 1);
  return last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
}
