import {canonical} from "../text/canonical.js";
import {sentenceEnds} from "../text/sentences.js";

/**
 * What a token-by-token model wrote, up to its last whole sentence and in canonical form; null if that is shorter than
 * `least` UTF-16 code units. A model of bytes may break off inside a character: what follows such a break is dropped.
 */
export function cleanEnd(text: string, least: number): string | null {
  const broken = text.search(/[\ufffd\0]/);
  const whole = canonical(broken < 0 ? text : text.slice(0, broken));
  const end = sentenceEnds(whole).findLast((end) => /[.!?]["'”’)\]]*$/.test(whole.slice(Math.max(0, end - 4), end)));
  return end === undefined || end < least ? null : whole.slice(0, end);
}
