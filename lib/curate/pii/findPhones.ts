import {cueBefore} from "./cueBefore.js";
import type {Find} from "./piiSpan.js";

const number =
  /(?<![\p{L}\p{N}@_$€£]|\d[.,:/])(?:\+|\(\+?|00 ?)?\d(?:[ ()./-]{0,3}\d){5,16}(?:[ ,]{0,2}(?:ext|extension|x)\.? ?\d{1,6})?(?![\p{L}\p{N}@_%]|[.,:]\d|-\d|\/\d)/giu;
const cue =
  /\b(?:phones?|tel|telephone|telefon|téléphone|teléfono|telefone|telefoon|puhelin|mobile|cell|cellphone|fax|call(?:ed|ing)?|dial|ring|reach(?:ed)?|contact|text|whatsapp|sms|hotline|handy|móvil|numbers?|answering|messages?|ph|voicemail|anrufen|anruf|erreichen|erreichbar|unter|appeler|appelez|appelle|joindre|llamar|llame|llama|llámame|chiami|chiamare|chiamami|ligar|ligue|bellen)\b/iu;
const cueBehind = /^[ ,-]{0,2}\(?(?:office|fax|mobile|cell|home|work|main|phone|tel|direct|handy)\b/iu;
const otherCue =
  /\b(?:zip|postal|post ?code|order|invoice|account|ticket|isbn|issn|doi|serial|version|model|part|case|tracking|flight|room|page|section|article|population|id|ref(?:erence)?)\b[^.?!\n]{0,16}$/iu;

const strongCue =
  /\b(?:phones?|tel|telephone|telefon|téléphone|teléfono|telefone|telefono|mobile|cell|cellphone|fax|whatsapp|sms|hotline|handy|móvil)\b/iu;
/** What stands around a term of a sum, an equation or a fraction. */
const termBefore = /(?:[=*×÷<>^~]|\d ?[+−-]|[+−-] )\s?$/u;
const termBehind = /^\s?(?:[=*×÷^~]|[<>] ?\d|[+/−-]\s?\d)/u;

/**
 * Telephone numbers as people of many countries write them: with + or 00 and a country's code, in brackets, in groups of
 * the usual sizes, and after a word such as "phone" or "call" any 6 to 15 digits (ITU-T E.164 allows 15 in all).
 *
 * Without a country's code or a word, short groups, years, and groups of three that could be a sum of money or a count are
 * left; so are terms of equations, whatever word stands before them.
 */
export function findPhones(folded: string): Find[] {
  const found: Find[] = [];
  for (const {index, 0: match} of folded.matchAll(number)) {
    let start = index;
    const value = match;
    const digits = value.replace(/(?:ext|extension|x)\.? ?\d{1,6}$/i, "").replace(/\D/g, "");
    const end = start + value.length;
    if (digits.length < 6 || digits.length > 15) continue;
    if ((value.match(/\(/g) ?? []).length !== (value.match(/\)/g) ?? []).length) continue;
    if (folded[start - 1] === "(" && value.includes(")") && !value.includes("(")) start--;
    const line = folded.slice(Math.max(0, start - 64), start);
    const behind = folded.slice(end, end + 16);
    const cued = cueBefore(folded, start, cue) || cueBehind.test(behind);
    const named = cueBefore(folded, start, strongCue);
    if (!value.startsWith("+") && ((!named && termBefore.test(line)) || termBehind.test(behind))) continue;
    // Blanks around a dash or a stroke are how differences and fractions are written.
    if (/ [-/] |[1-9]\d*\/\d/.test(value) && !/^(?:\+|\(|0)/.test(value) && !named) continue;
    // A part of a row of numbers.
    if (!cued && /^[ ()./,-]{0,3}\d/.test(behind)) continue;
    const rule = ruleOf(value, digits, cued, otherCue.test(line));
    if (rule !== null) found.push({start, end, type: "PHONE", rule});
  }
  return found;
}

function ruleOf(value: string, digits: string, cued: boolean, other: boolean): string | null {
  const groups = value.split(/\D+/).filter((group) => group !== "");
  if (/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/.test(value)) return null;
  // Decimal fractions and ratios.
  if (/^\d+[./]\d+$/.test(value)) return null;
  if (/^(?:\+|\(\+)/.test(value)) return digits.length >= 7 ? "phone-international" : null;
  if (cued && !(other && !/^0|^\(/.test(value))) return groups.length <= 7 ? "phone-named" : null;
  if (other || groups.length < 2 || groups.length > 6) return null;
  if (/^00 ?[1-9]/.test(value) && digits.length >= 10) return "phone-international";
  if (/^(?:1[-. ])?\(?[2-9]\d{2}\)?[-. ]{1,2}[2-9]?\d{2,3}[-. ]\d{4}\b/.test(value) && digits.length >= 9)
    return "phone-grouped";
  if (/^\(\d{1,5}\)/.test(value) && digits.length >= 7) return "phone-grouped";
  if (/^0\d/.test(value) && digits.length >= 9 && digits.length <= 13) return "phone-grouped";
  const pairs = groups.filter((group) => group.length === 2).length;
  if (pairs >= 3 && digits.length >= 8 && digits.length <= 12) return "phone-grouped";
  if (groups.every((group) => /^(?:1[5-9]|20)\d\d$/.test(group))) return null;
  // Groups of three may be thousands.
  if (groups.slice(1).every((group) => group.length === 3)) return null;
  return digits.length >= 8 && digits.length <= 12 && groups.every((group) => group.length >= 2 && group.length <= 5)
    ? "phone-short"
    : null;
}
