/** A name of a code, as a terminology gives it. */
export interface Term {
  /** UMLS abbreviation of the vocabulary (SAB), e.g. "ICD10CM" */
  system: string;
  /** as the vocabulary writes it, ICD-10-CM without its dot */
  code: string;
  /** what names mean the same: a UMLS concept (CUI), or the code itself */
  concept: string;
  term: string;
  /** the vocabulary's own first name for the code */
  preferred: boolean;
  /** whether the code may be used for a case, or heads a group of others; empty where the vocabulary does not say */
  use: "billable" | "header" | "";
}

/** How names are compared: lower case, letters and digits alone, one space between words. SQL in `foldedSql` does the same. */
export function foldTerm(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** SQL of what `foldTerm` makes of a column. */
export function foldedSql(column: string): string {
  return `trim(regexp_replace(lower(nfc_normalize(${column})), '[^\\p{L}\\p{N}]+', ' ', 'g'))`;
}
