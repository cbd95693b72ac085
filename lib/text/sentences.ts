// Ends with a full stop without ending a sentence; lower case, without the stop.
const abbreviations = new Set(
  (
    "mr mrs ms messrs dr hon gen col capt lieut lt maj sgt gov pres sen rep rev prof st sr jr no nos art sec secs " +
    "vol pp p fig ch vs viz etc al esq co corp inc dept jan feb aug sept oct nov dec u.s u.s.a d.c u.n a.m p.m i.e e.g"
  ).split(" ")
);
// Begins where a run of marks begins: a long run would take quadratic time otherwise.
const end = /(?<![.!?])[.!?]+["'”’)\]]*(?=\s+["'“‘([]*[\p{Lu}\p{N}])|\n{2,}/gu;

/**
 * Offsets at which the sentences of an English text end, in UTF-16 code units, ascending; the last is the text's length.
 * A stop ends a sentence when a capital or a digit follows and it is not that of an initial or of a known abbreviation;
 * an empty line always does. A rule of thumb: it takes "at 9 p.m. Congress rose" for one sentence, and would take it so
 * if it were two. It does not ask Intl.Segmenter, whose answers change with the ICU version.
 */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const match of text.matchAll(end)) {
    const [mark] = match;
    if (mark.startsWith("\n")) {
      if (ends.at(-1) !== match.index) ends.push(match.index);
      continue;
    }
    if (mark === "." && abbreviated(text, match.index)) continue;
    ends.push(match.index + mark.length);
  }
  const length = text.trimEnd().length;
  if (length > (ends.at(-1) ?? 0)) ends.push(length);
  return ends;
}

function abbreviated(text: string, stop: number): boolean {
  const word = /[\p{L}.]+$/u.exec(text.slice(Math.max(0, stop - 12), stop))?.[0] ?? "";
  // "J." is an initial, "I." is the end of what somebody said of himself.
  return /^(?!I$)\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase());
}
