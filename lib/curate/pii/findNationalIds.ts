import {luhn, verhoeff, weighted} from "./checkDigits.js";
import {cueBefore} from "./cueBefore.js";
import type {Find} from "./piiSpan.js";

interface Scheme {
  rule: string;
  form: RegExp;
  /** of the letters and digits alone */
  valid(value: string): boolean;
  /** words of which one must stand before: where one in about ten numbers of this length would pass the check */
  cue?: RegExp;
}

const day = (two: string) => Number(two) >= 1 && Number(two) <= 31;
const month = (two: string) => Number(two) >= 1 && Number(two) <= 12;
const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

// Each with the check of its issuer's own description; cues are words in the issuer's language and in English.
const schemes: readonly Scheme[] = [
  {
    rule: "nino",
    form: /[a-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d]/giu,
    valid: (v) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/i.test(v)
  },
  {
    rule: "nhs",
    form: /\d{3}[ -]?\d{3}[ -]?\d{4}/gu,
    cue: /\bNHS\b/i,
    valid: (v) => {
      const check = 11 - (weighted(v, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return (check === 11 ? 0 : check) === Number(v[9]);
    }
  },
  {rule: "sin", form: /\d{3}[ -]?\d{3}[ -]?\d{3}/gu, cue: /\b(?:SIN|social insurance|NAS)\b/i, valid: luhn},
  {
    rule: "dni",
    form: /[xyz\d]\d{7}-?[a-z]/giu,
    valid: (v) =>
      dniLetters[Number(v.slice(0, -1).replace(/^[xyz]/i, (c) => String("XYZ".indexOf(c.toUpperCase())))) % 23] ===
      v.at(-1)!.toUpperCase()
  },
  {rule: "codice-fiscale", form: /[a-z]{6}\d{2}[a-ehlmprst]\d{2}[a-z]\d{3}[a-z]/giu, valid: codiceFiscale},
  {
    rule: "nir",
    form: /[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d[\dab] ?\d{3} ?\d{3} ?\d{2}/giu,
    valid: (v) => {
      const digits = v.replace(/2a/i, "19").replace(/2b/i, "18");
      return /^\d{15}$/.test(digits) && 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
    }
  },
  {
    rule: "pesel",
    form: /\d{11}/gu,
    cue: /\bpesel\b/i,
    valid: (v) => (10 - (weighted(v, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === Number(v[10])
  },
  {rule: "cpf", form: /\d{3}\.\d{3}\.\d{3}-\d{2}/gu, valid: cpf},
  {rule: "cpf", form: /\d{11}/gu, cue: /\bcpf\b/i, valid: cpf},
  {rule: "aadhaar", form: /[2-9]\d{3}[ -]\d{4}[ -]\d{4}/gu, valid: verhoeff},
  {rule: "aadhaar", form: /[2-9]\d{11}/gu, cue: /\baadhaa?r\b/i, valid: verhoeff},
  {
    rule: "personnummer",
    form: /(?:19|20)?\d{6}[-+]\d{4}/gu,
    valid: (v) => {
      const ten = v.slice(-10);
      return month(ten.slice(2, 4)) && day(String(Number(ten.slice(4, 6)) % 60)) && luhn(ten);
    }
  },
  {
    rule: "hetu",
    form: /\d{6}[-+a-fu-y]\d{3}[0-9a-fhj-npr-y]/giu,
    valid: (v) => {
      const digits = v.replace(/[^0-9]/g, "").slice(0, 6) + v.slice(v.length - 4, v.length - 1);
      return (
        day(v.slice(0, 2)) &&
        month(v.slice(2, 4)) &&
        "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(digits) % 31] === v.at(-1)!.toUpperCase()
      );
    }
  },
  {
    rule: "resident-id",
    form: /[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{4}[\dx]/giu,
    valid: (v) =>
      "10X98765432"[weighted(v, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11] === v.at(-1)!.toUpperCase()
  },
  {
    rule: "bsn",
    form: /\d{9}/gu,
    cue: /\b(?:bsn|burgerservicenummer|sofi)\b/i,
    valid: (v) => weighted(v, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
  },
  {
    rule: "steuer-id",
    form: /\d{2} ?\d{3} ?\d{3} ?\d{3}/gu,
    cue: /\b(?:steuer-?id|steuer-?identifikationsnummer|idnr|tax id)\b/i,
    valid: steuerId
  },
  {
    rule: "rrn-be",
    form: /\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}/gu,
    valid: (v) => [v.slice(0, 9), `2${v.slice(0, 9)}`].some((d) => 97 - (Number(d) % 97) === Number(v.slice(9)))
  },
  {rule: "rut", form: /\d{1,2}\.\d{3}\.\d{3}-[\dk]/giu, valid: rut}
];

const ssn = /\d{3}([- ]?)\d{2}\1\d{4}/gu;
const ssnCue = /\b(?:ssn|social security|social|soc sec|itin)\b/i;
const named =
  /\b(?:driver'?s'? licen[cs]e|driving licen[cs]e|licen[cs]e|passport|identity card|id card|national id|tax id|tin|personal id)(?: (?:number|no\.?|num|nr|#))?(?: is|:| =|,|#)? {0,2}#?([a-z]{0,3}[ -]?\d[\d -]{4,14}[a-z\d])(?![\p{L}\p{N}])/giu;

/**
 * Numbers that states give people: US social security numbers (with their dashes and a possible area, or after their
 * name), those of seventeen other countries' schemes where the check digit holds, and what a text itself calls a driving
 * licence, a passport or an identity card.
 */
export function findNationalIds(folded: string): Find[] {
  const found: Find[] = [];
  const alone = (start: number, end: number) =>
    !/[\p{L}\p{N}]/u.test(folded[start - 1] ?? "") &&
    !/[\p{L}\p{N}]/u.test(folded[end] ?? "") &&
    !/\d[-.]/.test(folded.slice(Math.max(0, start - 2), start)) &&
    !/^[-.]\d/.test(folded.slice(end, end + 2));
  for (const {index: start, 0: value, 1: mark} of folded.matchAll(ssn)) {
    const end = start + value.length;
    if (!alone(start, end)) continue;
    const [area, group, serial] = [value.slice(0, 3), value.slice(3 + mark.length, 5 + mark.length), value.slice(-4)];
    const possible = area !== "000" && area !== "666" && group !== "00" && serial !== "0000";
    if (cueBefore(folded, start, ssnCue))
      found.push({start, end, type: "SSN", rule: possible ? "ssn" : "ssn-impossible"});
    else if (possible && mark === "-") found.push({start, end, type: "SSN", rule: "ssn-bare"});
  }
  for (const {rule, form, valid, cue} of schemes) {
    if (cue !== undefined && !cue.test(folded)) continue;
    for (const {index: start, 0: value} of folded.matchAll(form)) {
      const end = start + value.length;
      if (!alone(start, end) || (cue !== undefined && !cueBefore(folded, start, cue))) continue;
      const compact = rule === "hetu" ? value : value.replace(/[^\p{L}\p{N}]/gu, "");
      if (valid(compact)) found.push({start, end, type: "NATIONAL_ID", rule});
    }
  }
  for (const {index, 0: whole, 1: value} of folded.matchAll(named)) {
    const end = index + whole.length;
    found.push({start: end - value.length, end, type: "NATIONAL_ID", rule: "named-id"});
  }
  return found;
}

function cpf(v: string): boolean {
  const digit = (n: number) =>
    ((weighted(
      v,
      Array.from({length: n}, (_, i) => n + 1 - i)
    ) *
      10) %
      11) %
    10;
  return !/^(\d)\1*$/.test(v) && digit(9) === Number(v[9]) && digit(10) === Number(v[10]);
}

function codiceFiscale(v: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  const value = (c: string) => (c >= "A" ? c.charCodeAt(0) - 65 : Number(c));
  const sum = [...v.toUpperCase().slice(0, 15)].reduce((s, c, i) => s + (i % 2 === 0 ? odd[value(c)] : value(c)), 0);
  return String.fromCharCode(65 + (sum % 26)) === v.at(-1)!.toUpperCase();
}

/** ISO/IEC 7064, MOD 11,10. */
function steuerId(v: string): boolean {
  let product = 10;
  for (const c of v.slice(0, 10)) {
    const sum = (Number(c) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(v[10]);
}

function rut(v: string): boolean {
  const digits = [...v.slice(0, -1)].reverse();
  const check = 11 - (digits.reduce((sum, d, i) => sum + Number(d) * (2 + (i % 6)), 0) % 11);
  return (check === 11 ? "0" : check === 10 ? "K" : String(check)) === v.at(-1)!.toUpperCase();
}
