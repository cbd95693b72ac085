/** How a text is read before its words are compared. */
export interface Normalisation {
  /** "zero": every digit counts as 0, so that dates and page numbers do not hide a copy */
  digits: "keep" | "zero";
  /** "words": an operator or another symbol is a word of its own; "drop": it only ends a word, as punctuation does */
  symbols: "words" | "drop";
}

/**
 * The readings by name. `fineweb` is what web pages are purged with: lower case, digits as 0, no punctuation, no accents.
 * It calls two word problems that differ only in their numbers, or `a + b` and `a - b`, one text; `precise`, the default,
 * keeps digits and operators apart and removes less. `plain` keeps digits but no operators: it is for finding copied runs
 * of words, which punctuation must not hide.
 *
 * Source of `fineweb`: Penedo et al. (2024), arXiv:2406.17557, appendix on MinHash parameters.
 */
export const normalisations: Readonly<Record<"precise" | "plain" | "fineweb", Normalisation>> = {
  precise: {digits: "keep", symbols: "words"},
  plain: {digits: "keep", symbols: "drop"},
  fineweb: {digits: "zero", symbols: "drop"}
};

export type NormalisationName = keyof typeof normalisations;

/** In a folding table: what ends a word, what is passed over, and (in between) what a unit is read as. */
export const separator = 0;
export const passedOver = 0x20000;
/** Bit set on a unit that is a word of its own: a symbol, or a letter of a script that is written without spaces. */
export const alone = 0x10000;

const tables = new Map<NormalisationName, Int32Array>();

/**
 * What each UTF-16 code unit is read as: `separator`, `passedOver`, or its folded code unit, with `alone` set where it is
 * a word of its own. Folding is to lower case without accents; surrogates stand for themselves.
 */
export function foldingTable(name: NormalisationName = "precise"): Int32Array {
  const made = tables.get(name);
  if (made !== undefined) return made;
  const {digits, symbols} = normalisations[name];
  const table = new Int32Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) {
    const character = String.fromCharCode(unit);
    if (unit >= 0xd800 && unit < 0xe000) table[unit] = unit;
    else if (accent.test(character)) table[unit] = passedOver;
    else if (number.test(character)) table[unit] = digits === "zero" ? 0x30 : fold(character);
    else if (word.test(character)) table[unit] = fold(character) | (unspaced.test(character) ? alone : 0);
    else if (symbols === "words" && symbol.test(character)) table[unit] = unit | alone;
  }
  if (symbols === "words") table[0x5f] = 0x5f;
  tables.set(name, table);
  return table;
}

// Marks of other scripts are vowels and the like, which tell words apart: they stay.
const accent = /[\u0300-\u036f]|[\u00ad\u200b-\u200d]|[\ufe00-\ufe0f]/;
const number = /\p{Nd}/u;
const word = /[\p{L}\p{M}\p{N}]/u;
const symbol = /[\p{S}\-*/%&!?#@\\]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function fold(character: string): number {
  const folded = character
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "");
  // What falls apart into several (a Hangul syllable, a ligature) stands for itself.
  return (folded.length === 1 ? folded : character.toLowerCase()).charCodeAt(0);
}

/** The words of a text under a normalisation: what shingles are made of, for people and for n-gram overlap. */
export function words(text: string, name: NormalisationName = "precise"): string[] {
  const table = foldingTable(name);
  const out: string[] = [];
  let current = "";
  for (let i = 0; i < text.length; i++) {
    const code = table[text.charCodeAt(i)];
    if (code === passedOver) continue;
    if (code === separator || code >= alone) {
      if (current !== "") out.push(current);
      current = "";
      if (code >= alone) out.push(String.fromCharCode(code & 0xffff));
    } else current += String.fromCharCode(code);
  }
  if (current !== "") out.push(current);
  return out;
}
