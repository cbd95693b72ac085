/** The kinds of personal data that are told apart. */
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
  /** in (0, 1]: how likely such a find of this rule is right (see confidences) */
  confidence: number;
  /** the rule that found it, a slug */
  rule: string;
}

/** What a rule finds before it is weighed against the others. */
export type Find = Omit<PiiSpan, "confidence">;
