import {luhnDigit, mod97} from "./checkDigits.js";
import {keyedDraws} from "./piiKey.js";
import type {PiiType} from "./piiSpan.js";
import {linking, streetTypes, unitWords} from "./streetWords.js";

/**
 * A made-up value of the same type and form, or null where the form leaves none that nobody can have (a day without a
 * year, a weekday). It depends on key, type and value alone, whatever the order of texts. What it is made of is reserved:
 *
 * - cards: 9999 in front (ISO/IEC 7812: national use, a country code that no country has), a true Luhn digit at the end;
 * - IBANs: the country XX (ISO 3166: user-assigned), true check digits;
 * - US numbers of ten digits: exchange 555, line 0100 to 0199 (NANPA); other countries reserve no range in common, so the
 *   last seven digits are likewise 55501xx, behind the country's code;
 * - SSN: area 000, which is never given; dates: years from 2150; e-mail: example.org; URLs: .example (RFC 2606);
 * - IP: 198.18.0.0/15 (RFC 2544), 2001:db8::/32 (RFC 3849); names and streets: syllables, no name of the lists.
 *
 * Two values may get the same one: of 1,000 telephone numbers about 1 in 160 pairs up with another.
 */
export function standIn(type: PiiType, value: string, key: Uint8Array): string | null {
  const draw = keyedDraws(key, `stand-in ${type}`, type === "PERSON" ? "" : value.toLowerCase());
  switch (type) {
    case "PERSON":
      return value.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => personWord(word, key));
    case "ADDRESS":
      return value.replace(/\p{N}+|[\p{L}\p{M}]+/gu, (part) =>
        /\p{N}/u.test(part) ? digits(part, draw) : streetWord(part, draw)
      );
    case "EMAIL":
      return `${madeUp(draw)}.${madeUp(draw)}${draw(1000)}@example.org`;
    case "PHONE":
      return phone(value, draw);
    case "CARD": {
      const n = count(value);
      const body = `9999${Array.from({length: n - 5}, () => draw(10)).join("")}`;
      return laid(value, body + luhnDigit(body));
    }
    case "IBAN": {
      const compact = value.replace(/[^\p{L}\p{N}]/gu, "");
      const body = [...compact.slice(4)]
        .map((c) => (/\d/.test(c) ? draw(10) : String.fromCharCode(65 + draw(26))))
        .join("");
      const check = String(98 - mod97(`${body}XX00`)).padStart(2, "0");
      return laid(value, `XX${check}${body}`);
    }
    case "SSN":
      return laid(value, `000${String(draw(1e6)).padStart(6, "0")}`);
    case "NATIONAL_ID":
      return value.replace(/[\p{L}\p{N}]/gu, (c) =>
        /\p{N}/u.test(c) ? String(draw(10)) : String.fromCharCode((c === c.toLowerCase() ? 97 : 65) + draw(26))
      );
    case "IP":
      return value.includes(":")
        ? `2001:db8::${draw(65536).toString(16)}:${draw(65536).toString(16)}`
        : `198.${18 + draw(2)}.${draw(256)}.${1 + draw(254)}`;
    case "URL": {
      const scheme = /^[a-z]+:\/\//i.exec(value)?.[0] ?? "";
      return `${scheme}${madeUp(draw)}${madeUp(draw)}.example${/[^/]\/[^/]/.test(value.slice(scheme.length)) ? `/${madeUp(draw)}` : ""}`;
    }
    case "DATE":
      return date(value, draw);
  }
}

type Draw = (n: number) => number;

/** One name's word gets the same word wherever it comes, so that a surname alone fits the full name. */
function personWord(word: string, key: Uint8Array): string {
  const draw = keyedDraws(key, "stand-in word", word.toLowerCase());
  if (word.length === 1) return String.fromCharCode(65 + draw(26));
  return cased(madeUp(draw), word);
}

function streetWord(word: string, draw: Draw): string {
  const lower = word.toLowerCase();
  if (streetTypes.has(lower) || unitWords.has(lower) || linking.has(lower) || /^(?:po|p|psc)$/.test(lower)) return word;
  return word.length < 3 ? [...word].map(() => String.fromCharCode(65 + draw(26))).join("") : cased(madeUp(draw), word);
}

function cased(made: string, like: string): string {
  if (like.length > 1 && like === like.toUpperCase() && like !== like.toLowerCase()) return made.toUpperCase();
  return like[0] === like[0].toLowerCase() ? made : made[0].toUpperCase() + made.slice(1);
}

/** Three syllables that no language of the lists puts together: 64 million words. */
function madeUp(draw: Draw): string {
  const [onsets, vowels, ends] = ["bdfgklmnprstvzjx", "aeiou", "qxzvk"];
  return `${onsets[draw(16)]}${vowels[draw(5)]}${ends[draw(5)]}${onsets[draw(16)]}${vowels[draw(5)]}${ends[draw(5)]}${onsets[draw(16)]}${vowels[draw(5)]}${onsets[draw(16)]}`;
}

function digits(like: string, draw: Draw): string {
  return [...like].map((_, i) => (i === 0 && like.length > 1 ? 1 + draw(9) : draw(10))).join("");
}

function phone(value: string, draw: Draw): string {
  const n = count(value);
  if (n < 7)
    return laid(value, `${"555010".slice(0, Math.max(0, n - 2))}${String(draw(100)).padStart(Math.min(2, n), "0")}`);
  const code = /^(?:\+|00)/.test(value) ? (/^(?:\+|00 ?)(1|7|\d{2})/.exec(value)?.[0].replace(/\D/g, "") ?? "") : "";
  const free = Math.max(0, n - 7 - code.length);
  const head = code.slice(0, n - 7) + Array.from({length: free}, (_, i) => (i === 0 ? 2 + draw(8) : draw(10))).join("");
  return laid(value, `${head}55501${String(draw(100)).padStart(2, "0")}`);
}

/** Years go to 2150 and later; a form without a year of four digits has none that is free. */
function date(value: string, draw: Draw): string | null {
  if (!/(?<!\d)\d{4}(?!\d)/.test(value)) return null;
  return value.replace(/\d+/g, (number) => {
    if (number.length === 4) return String(2150 + draw(850));
    return number.length > 2 ? digits(number, draw) : String(1 + draw(9)).padStart(number.length, "0");
  });
}

function count(value: string): number {
  return value.match(/\p{N}/gu)?.length ?? 0;
}

/** Letters and digits put where the value has its own. */
function laid(value: string, letters: string): string {
  let i = 0;
  return value.replace(/[\p{L}\p{N}]/gu, () => letters[i++] ?? "0");
}
