import {luhn, mod97} from "./checkDigits.js";
import {ibanLengths} from "./ibanLengths.js";
import {cueBefore} from "./cueBefore.js";
import type {Find} from "./piiSpan.js";

const digitRun = /(?<![\p{L}\p{N}]|\p{N}[.-])\d(?:[ -]?\d){11,18}(?![\p{L}\p{N}]|[ .-]?\d)/gu;
const iban = /(?<![\p{L}\p{N}])[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,34}/giu;
// Ranges that issuers use: ISO/IEC 7812 prefixes of Visa, Mastercard (both ranges), American Express, Diners, Discover,
// JCB (35, and 1800 and 2131 of 15 digits), UnionPay, Maestro, Mir.
const issuers: readonly [RegExp, readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, [16]],
  [/^3[47]/, [15]],
  [/^3(?:0[0-5]|[689])/, [14, 16, 19]],
  [/^6(?:011|4[4-9]|5)/, [16, 19]],
  [/^35/, [16]],
  [/^(?:1800|2131)/, [15]],
  [/^62/, [16, 17, 18, 19]],
  [/^220[0-4]/, [16]],
  [/^(?:5018|5020|5038|5[678]|6304|6390|67[56]|6[0-9])/, [12, 13, 14, 15, 16, 17, 18, 19]]
];
const cardCue =
  /\b(?:cards?|cc|visa|master ?card|amex|american express|maestro|discover|diners|jcb|debit|karte|tarjeta|carte|carta|cartão)\b/iu;

/**
 * Payment cards (an issuer's range, its length and the Luhn digit; of 12 to 14 digits, or where the Luhn digit is wrong, a
 * word such as "card" must stand before) and IBANs (the country's length and the check digits).
 *
 * One in ten numbers passes Luhn's check: a number without its word is found at its rule's confidence only.
 */
export function findAccounts(folded: string): Find[] {
  const found: Find[] = [];
  for (const {index: start, 0: value} of folded.matchAll(digitRun)) {
    const digits = value.replace(/[ -]/g, "");
    const cued = cueBefore(folded, start, cardCue);
    const valid = luhn(digits) && !/^(\d)\1*$/.test(digits);
    const issued = issuers.some(([prefix, lengths]) => prefix.test(digits) && lengths.includes(digits.length));
    const rule =
      valid && issued ? (cued ? "card" : digits.length > 14 ? "card-bare" : null) : cued && issued ? "card-typo" : null;
    if (rule !== null && grouped(value)) found.push({start, end: start + value.length, type: "CARD", rule});
  }
  for (const {index: start, 0: value} of folded.matchAll(iban)) {
    const length = ibanLengths[value.slice(0, 2).toUpperCase()];
    if (length === undefined) continue;
    const end = cut(value, length);
    const compact = value.slice(0, end).replace(/[ -]/g, "");
    if (compact.length !== length || /[\p{L}\p{N}]/u.test(value[end] ?? folded[start + end] ?? "")) continue;
    const valid = mod97(compact.slice(4) + compact.slice(0, 4)) === 1;
    if (valid) found.push({start, end: start + end, type: "IBAN", rule: "iban"});
    else if (cueBefore(folded, start, /\biban\b/i))
      found.push({start, end: start + end, type: "IBAN", rule: "iban-typo"});
  }
  return found;
}

/** Where the first n letters and digits end. */
function cut(value: string, n: number): number {
  for (let i = 0, seen = 0; i < value.length; i++) {
    if (value[i] !== " " && value[i] !== "-") seen++;
    if (seen === n) return i + 1;
  }
  return value.length;
}

/** Whether the blanks part groups as cards are written, not a list of small numbers. */
function grouped(value: string): boolean {
  return value
    .split(/[ -]/)
    .every((group, i, groups) => groups.length === 1 || group.length >= (i === groups.length - 1 ? 1 : 3));
}
