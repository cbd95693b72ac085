import {findPii} from "./findPii.js";
import {checkKey, comparedValue, keyedHash} from "./piiKey.js";
import type {PiiSpan, PiiType} from "./piiSpan.js";
import {standIn} from "./standIn.js";

/** What stands in a redacted text where a value stood. */
export interface Redaction {
  /** [start, end) in the redacted text */
  start: number;
  end: number;
  type: PiiType;
  rule: string;
  confidence: number;
  /** of the value that was there (see keyedHash) */
  hash: string;
}

/**
 * A text with its personal data replaced, and what was replaced, without the values.
 *
 * @param key at least 16 bytes: the same key gives the same value the same stand-in, in every text and in any order. Keep it
 *   from who must not try values out; without it nothing leads back, and a map is never made
 * @param options.style "stand-in": a made-up value of the same form (see standIn); "tag": `<PERSON_1f3a9c2e07>`, the type and
 *   ten digits of the keyed hash, which do not depend on the order of texts as a running number would; "type": `<PERSON>`,
 *   which is the same under every key
 * @param options.spans what to replace, in order and without overlaps
 * What was not found stays: this is no proof that nobody can be recognised.
 */
export function redactPii(
  text: string,
  {
    key,
    style = "stand-in",
    spans = findPii(text)
  }: {key: Uint8Array; style?: "stand-in" | "tag" | "type"; spans?: readonly PiiSpan[]}
): {text: string; redactions: Redaction[]} {
  checkKey(key);
  const parts: string[] = [];
  const redactions: Redaction[] = [];
  let [last, length] = [0, 0];
  const push = (part: string) => {
    parts.push(part);
    length += part.length;
  };
  for (const {start, end, type, rule, confidence} of spans) {
    if (!(start >= last && end > start && end <= text.length))
      throw new RangeError(`expected spans in order within [0, ${text.length}], got [${start}, ${end}) after ${last}`);
    push(text.slice(last, start));
    const value = text.slice(start, end);
    const hash = keyedHash(key, value);
    const made = style === "stand-in" ? standIn(type, value, key) : null;
    const tag = style === "type" ? `<${type}>` : `<${type}_${hash.slice(0, 10)}>`;
    const shown = made === null || comparedValue(made) === comparedValue(value) ? tag : made;
    const from = length;
    push(shown);
    redactions.push({start: from, end: length, type, rule, confidence, hash});
    last = end;
  }
  push(text.slice(last));
  return {text: parts.join(""), redactions};
}
