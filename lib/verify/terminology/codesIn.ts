/** A code as a text gives it, and the words beside it. */
export interface CodeInText {
  /** vocabulary (SAB), "CUI" for a concept of the UMLS */
  system: string;
  /** as the vocabulary writes it, ICD-10-CM without its dot */
  code: string;
  /** as the text writes it */
  written: string;
  /** stands for a group of codes: "E11.-", "category E11", "E10-E14" */
  group: boolean;
  /** words before and after it, up to the next code, the line's or the sentence's end; empty where none belong to it */
  before: string;
  after: string;
  /** how it is written says that these words name it: "sugar fever (E11.9)", "E11.9: sugar fever" */
  tied: boolean;
}

interface Found {
  system: string;
  written: string;
  start: number;
  end: number;
  /** where the name of the vocabulary before it begins */
  marked: number;
}

const icd = String.raw`[A-Z]\d[0-9AB](?:\.(?:[0-9X][0-9A-Z]{0,3}|-)|[0-9A-Z]{1,4})?(?![\w.]*\w)`;
const icdMark = String.raw`(?:ICD-?10(?:-?CM)?(?:\s+(?:diagnosis\s+)?codes?)?|(?:diagnosis|dx|billing)\s+codes?)\s*(?:is|are)?\s*[:#=]?\s*`;
const marked = new RegExp(String.raw`\b${icdMark}(${icd}(?:\s*(?:,|;|and|&)\s*${icd})*)`, "gid");
const dotted = /\b[A-Z]\d[0-9AB]\.(?:[0-9X][0-9A-Z]{0,3}|-)(?![\w.]*\w)/g;
/** Codes of other vocabularies count beside the vocabulary's name alone: they are bare numbers. */
const others: readonly (readonly [string, RegExp])[] = [
  ["SNOMEDCT_US", /\b(?:SNOMED(?:[ -]?CT)?(?:\s+(?:code|ID|concept))?|SCTID)\s*[:#=]?\s*(\d{6,18})\b/dgi],
  ["RXNORM", /\bRx(?:Norm(?:\s+(?:code|CUI))?|CUI)\s*[:#=]?\s*(\d{1,8})\b/dgi],
  ["LNC", /\bLOINC(?:\s+code)?\s*[:#=]?\s*(\d{1,7}-\d)\b/dgi],
  ["MSH", /\bMeSH(?:\s+(?:ID|code))?\s*[:#=]?\s*([DC]\d{6,9})\b/dgi],
  ["CUI", /\b(?:(?:UMLS|CUI)\s*[:#=]?\s*)*(C\d{7})\b/dgi]
];

/**
 * The codes in a text, in their order. An ICD-10-CM code counts where it has a dot ("E11.9"), or stands after the
 * vocabulary's name or "diagnosis code" ("ICD-10-CM: I10"); a bare "B12" or "T4" may be a vitamin or a vertebra. Lower
 * case does not count.
 */
export function codesIn(text: string): CodeInText[] {
  const found: Found[] = [];
  const add = (system: string, start: number, end: number, mark: number) => {
    if (found.some((one) => one.start < end && start < one.end)) return;
    found.push({system, written: text.slice(start, end), start, end, marked: mark});
  };
  for (const [system, pattern] of others)
    for (const match of text.matchAll(pattern)) add(system, ...match.indices![1]!, match.index);
  for (const match of text.matchAll(marked)) {
    const [from] = match.indices![1]!;
    // The list was matched without regard to case, for the sake of the words before it.
    for (const one of match[1].matchAll(new RegExp(icd, "g")))
      add(
        "ICD10CM",
        from + one.index,
        from + one.index + one[0].length,
        one.index === 0 ? match.index : from + one.index
      );
  }
  for (const {0: written, index} of text.matchAll(dotted)) add("ICD10CM", index, index + written.length, index);
  found.sort((a, b) => a.start - b.start);
  return found.map((one, i) => inPlace(text, one, found[i - 1]?.end ?? 0, found[i + 1]?.marked ?? text.length));
}

const ends = /\n|;|[.!?](?=\s+\p{Lu}|\s*$)/gu;

function inPlace(
  text: string,
  {system, written, end, marked: mark}: Found,
  previous: number,
  next: number
): CodeInText {
  const left = text.slice(previous, mark);
  const right = text.slice(end, next);
  const cut = [...left.matchAll(ends)].at(-1);
  let before = cut === undefined ? left : left.slice(cut.index + cut[0].length);
  let after = right.slice(0, right.search(ends) < 0 ? undefined : right.search(ends));
  const grouped = /(?:categor(?:y|ies)|chapters?|blocks?|range|between)\s+$/i.test(before) || written.endsWith("-");
  const range = /^\s*(?:-|–|to)\s*$/.test(right) || /^\s*(?:-|–|to)\s*$/.test(left);
  const bracketed = /[([]\s*$/.test(before);
  const followed = /^\s*(?:[:–—-]\s*\w|[([])/.test(after);
  if (bracketed) {
    before = before.replace(/[([]\s*$/, "");
    // "E11.9 (type 2 diabetes)" names the next code's words, "diabetes (E11.9)" its own.
    if (words(before) > 0) after = "";
  } else if (followed) before = "";
  else if (/[:–—,=-]\s*$/.test(before) && words(before) > 0) after = "";
  // What opens a bracket behind this code belongs to the next one.
  before = before.replace(/^\s*[)\]]\s*[,;:]?/, "");
  const code = system === "ICD10CM" ? written.replace(/\.-?/, "") : written.toUpperCase();
  return {
    system,
    code,
    written,
    group: grouped || range,
    before: before.trim(),
    after: after.trim(),
    tied: bracketed || followed
  };
}

function words(text: string): number {
  return text.match(/\p{L}{2,}/gu)?.length ?? 0;
}
