import {countryNames} from "./countries.js";
import type {Find} from "./piiSpan.js";
import {linking, streetEnding, streetTypes, unitWords} from "./streetWords.js";
import type {Token} from "./tokens.js";

/** Tokens that an address may take up from its first number or street on; bounds the work per place. */
const longest = 48;

/** Words before an address, as far as twelve tokens back: then a capital and a number will do. */
const cues = new Set(
  "address addresses live lives lived living located location shipped deliver delivered delivery ship street house office headquarters sent resides side".split(
    " "
  )
);

/**
 * Postal addresses by their shape: a house number with a street's name before or behind it, boxes, and what follows of
 * flat, place, region, postcode and country. A name with a number needs a second sign of a street: a word for one ("Road",
 * "-gatan"), a second number before it, a flat behind it, a place and a postcode, or a word such as "address" in front.
 *
 * Not found: places without a street or a number (which are no personal data by themselves), addresses in scripts without
 * capitals unless the words for street and flat are Latin ones.
 */
export function findAddresses(list: readonly Token[]): Find[] {
  const found: Find[] = [];
  for (let i = 0; i < list.length; i++) {
    const core = boxCore(list, i) ?? cornerCore(list, i) ?? numberFirst(list, i) ?? nameFirst(list, i);
    if (core === null) continue;
    const end = extended(list, core.end, i + longest);
    const signs =
      core.signs +
      (unitBetween(list, core.end, end) ? 2 : 0) +
      (core.named && tailed(list, core.end, end) ? 1 : 0) +
      (core.named && coded(list, core.end, end) ? 2 : 0) +
      (core.signs < 2 ? cued(list, core.start) : 0);
    if (signs < 2) continue;
    found.push({start: list[core.start].start, end: list[end - 1].end, type: "ADDRESS", rule: core.rule});
    i = end - 1;
  }
  return found;
}

interface Core {
  start: number;
  end: number;
  signs: number;
  rule: string;
  /** has a street's name */
  named: boolean;
}

/** "P.O. Box 12", "PSC 0413, Box 8144", "Unit 4719 Box 7394", with a number before it or not. */
function boxCore(list: readonly Token[], start: number): Core | null {
  let i = start;
  if (isNumber(list[i]) && list[i + 1]?.kind === "word") i++;
  if (/^(?:psc|unit|cmr)$/.test(list[i]?.lower ?? "") && isNumber(list[i + 1])) {
    const box = list[i + 2]?.text === "," ? i + 3 : i + 2;
    if (list[box]?.lower === "box" && isNumber(list[box + 1]))
      return {start, end: box + 2, signs: 2, rule: "box", named: false};
  }
  const first = list[i]?.lower ?? "";
  let box = -1;
  if (/^(?:postbox|postfach|postboks|pobox|casilla|apartado|postbus|pósthólf)$/.test(first)) box = i;
  else if (first === "po" && list[i + 1]?.lower === "box") box = i + 1;
  else if (first === "p" && list[i + 1]?.text === "." && list[i + 2]?.lower === "o") {
    const at = list[i + 3]?.text === "." ? i + 4 : i + 3;
    if (list[at]?.lower === "box") box = at;
  }
  if (box < 0 || !isNumber(list[box + 1])) return null;
  return {start, end: box + 2, signs: 2, rule: "box", named: false};
}

/** "the corner of Oak Street and 5th Avenue". */
function cornerCore(list: readonly Token[], start: number): Core | null {
  if (list[start].lower !== "corner" || list[start + 1]?.lower !== "of") return null;
  const first = crossed(list, start + 2);
  if (first === start + 2 || !["and", "&"].includes(list[first]?.lower ?? "")) return null;
  const second = crossed(list, first + 1);
  if (second === first + 1) return null;
  const from = list[start - 1]?.lower === "the" ? start - 1 : start;
  return {start: from, end: second, signs: 2, rule: "corner", named: true};
}

function crossed(list: readonly Token[], start: number): number {
  let i = start;
  while (
    i < start + 8 &&
    (list[i]?.capital ||
      (isNumber(list[i]) && !isYear(list[i])) ||
      streetTypes.has(list[i]?.lower ?? "") ||
      (i > start &&
        list[i]?.text === "." &&
        !list[i].apart &&
        list[i - 1].text.length < 4 &&
        list[i + 1] !== undefined) ||
      (i > start && list[i - 1].capital && list[i]?.kind === "word" && isNumber(list[i + 1])))
  )
    i++;
  return i;
}

/** "1600 Amherst Street", "12 rue de la Paix", "6750 Koskikatu 25". */
function numberFirst(list: readonly Token[], start: number): Core | null {
  if (!isNumber(list[start]) || isNumber(list[start - 1]) || list[start].text.length > 8 || glued(list, start))
    return null;
  let i = start + 1;
  // A second number: "370 3911 Fourth Avenue".
  const numbers = isNumber(list[i]) && list[i].apart && list[i].text.length <= 6 ? 2 : 1;
  if (numbers === 2) i++;
  if (list[i]?.text === "," && list[i + 1]?.kind === "word") i++;
  const name = nameRun(list, i);
  if (name === null) return null;
  const behind = isNumber(list[name.end]) && list[name.end].text.length <= 6 && list[name.end].apart;
  // A count of things: "3 Ways", "20 January".
  if (numbers === 1 && !behind && !name.type)
    return name.capitals > 0 && list[start].text.length <= 5
      ? {start, end: name.end, signs: 0, rule: "number-street", named: true}
      : null;
  const signs =
    (numbers === 2 ? 1 : 0) +
    (behind ? (list[start].text.length > 2 && !isYear(list[start]) ? 2 : 1) : 0) +
    (name.type ? 2 : 0);
  return {start, end: behind ? name.end + 1 : name.end, signs, rule: "number-street", named: true};
}

/** "Sandvikenstraße 4", "ul. Złota 44", "Via Roma 3b". */
function nameFirst(list: readonly Token[], start: number): Core | null {
  if (list[start].kind !== "word" || (!list[start].capital && !streetTypes.has(list[start].lower))) return null;
  const name = nameRun(list, start);
  if (name === null || name.capitals === 0) return null;
  const at = list[name.end]?.text === "," ? name.end + 1 : name.end;
  // "Anna Rossi, 12 Oak Street": the name is not the street's.
  if (at > name.end && !name.type && (numberFirst(list, at)?.signs ?? 0) > 1) return null;
  const behind =
    isNumber(list[at]) &&
    /^\d{1,5}(?:-\d{1,4})?\p{L}?$/u.test(list[at].text) &&
    list[at].apart &&
    !isYear(list[at]) &&
    !glued(list, at);
  if (!behind) return null;
  return {start, end: at + 1, signs: name.type ? 2 : 0, rule: "street-number", named: true};
}

/** Up to seven words of a street's name, from a place on. */
function nameRun(list: readonly Token[], start: number): {end: number; capitals: number; type: boolean} | null {
  let [end, capitals, type] = [start, 0, false];
  for (let i = start; i < list.length && i < start + 9; i++) {
    const token = list[i];
    if (token.kind !== "word") {
      if (
        token.text === "." &&
        i > start &&
        !token.apart &&
        (streetTypes.has(list[i - 1].lower) || list[i - 1].text.length < 3 || streetEnding.test(list[i - 1].lower))
      ) {
        if (end === i) end = i + 1;
        continue;
      }
      break;
    }
    if (/^i(?:['’]|$)/.test(token.lower)) break;
    if (unitWords.has(token.lower) && (isNumber(list[i + 1]) || list[i + 1]?.text === ".")) break;
    const next = list[i + 1];
    const isType =
      streetTypes.has(token.lower) &&
      // "Al." is a Polish avenue, and "to the" in Spanish.
      (token.lower !== "al" || next?.text === "." || next?.capital === true) &&
      (token.capital ||
        i > start ||
        list[i + 1]?.text === "." ||
        list[i + 1]?.capital === true ||
        linking.has(list[i + 1]?.lower ?? ""));
    if (token.capital || isType) {
      end = i + 1;
      if (token.capital) capitals++;
      type ||=
        (isType &&
          (capitals > 1 ||
            i > start ||
            list[i + 1]?.capital === true ||
            list[i + 1]?.text === "." ||
            linking.has(list[i + 1]?.lower ?? ""))) ||
        (token.capital && streetEnding.test(token.lower));
    } else if (i > start && list[i - 1].capital && isNumber(list[i + 1]) && token.text.length > 4) {
      // "Nowy świat 5": a word of a street may be written small.
      end = i + 1;
    } else if (!linking.has(token.lower) || i === start) break;
  }
  return end > start && (capitals > 0 || type) ? {end, capitals, type} : null;
}

/** Where flat, place, region, postcode and country that follow a street end. */
function extended(list: readonly Token[], from: number, limit: number): number {
  let end = from;
  let i = from;
  let coded = false;
  while (i < list.length && i < limit) {
    const token = list[i];
    if (
      token.kind === "line" ||
      token.text === "," ||
      (token.text === "." && i > 0 && isShort(list, i)) ||
      (token.text === ">" && list[i - 1]?.kind === "line")
    ) {
      i++;
      continue;
    }
    const unit = unitAt(list, i);
    if (unit > i) {
      end = i = unit;
      continue;
    }
    const code = codeAt(list, i);
    if (code > i) {
      end = i = code;
      coded = true;
      continue;
    }
    const place = placeAt(list, i, end);
    if (place > i) {
      end = i = place;
      continue;
    }
    if (
      isNumber(list[i + 1]) &&
      list[i + 1].text.length > 3 &&
      /^(?:[A-Za-z]{2}|\d{2})$/.test(token.text) &&
      list.slice(end, i).some(({text}) => text === ",")
    ) {
      // A region of two letters, or of two digits as some states count theirs.
      i++;
      continue;
    }
    // One postcode: the number behind it is something else.
    if (!coded && isNumber(token) && /^[\d-]{3,10}\p{L}?$/u.test(token.text)) {
      coded = true;
      i++;
      if (isNumber(list[i]) && token.text.length <= 4 && list[i].text.length <= 4 && list[i].apart) i++;
      else if (list[i]?.kind === "word" && /^[A-Z]{2}$/.test(list[i].text) && token.text.length === 4 && list[i].apart)
        i++;
      end = i;
      continue;
    }
    if (token.lower === "nan" || streetTypes.has(token.lower)) {
      // A missing region, as tables print it, and "st." behind a number.
      i++;
      if (token.lower === "nan" || (end === i - 1 && !token.capital)) end = i;
      continue;
    }
    break;
  }
  if (list[end]?.text === "." && isShort(list, end) && list[end + 1] === undefined) return end;
  return end;
}

/** Capitals that name a place: behind a comma or a line's end, or before a postcode, a region or the address's end. */
function placeAt(list: readonly Token[], at: number, end: number): number {
  let i = at;
  let words = 0;
  while (i < list.length && words < 6) {
    const token = list[i];
    if (codeAt(list, i) > i) break;
    if (token.kind === "word" && (token.capital || (words > 0 && linking.has(token.lower) && list[i + 1]?.capital))) {
      words++;
      i++;
    } else if (
      words > 0 &&
      (token.text === "-" || token.text === ".") &&
      !token.apart &&
      list[i + 1]?.capital &&
      list[i - 1].text.length < 4
    )
      i++;
    else if (words > 0 && token.text === "(" && list[i + 1]?.kind === "word" && list[i + 2]?.text === ")") i += 3;
    else break;
  }
  if (words === 0) return at;
  const parted = list.slice(end, at).some((token) => token.kind === "line" || token.text === ",");
  const next = list[i];
  // "... 12. The second" is the next sentence.
  if (!parted && list.slice(end, at).some((token) => token.text === ".")) {
    if (!isNumber(next) && next !== undefined && next.kind !== "line" && next.text !== ",") return at;
  }
  if (next === undefined || next.kind === "line" || next.kind === "mark" || isNumber(next) || next.lower === "nan") {
    // A new line that stands for itself ("E-mail:") is no place.
    return next?.text === ":" || next?.text === "@" || next?.text === "/" ? at : i;
  }
  const country = countryNames.has(
    list
      .slice(at, i)
      .map(({lower}) => lower)
      .join(" ")
  );
  return country || (words >= 1 && !parted) || list[i - 1].text.length === 2 ? i : parted ? i : at;
}

/** Behind a postcode of letters and digits, as the United Kingdom, Canada and Ireland have them: "NW1 6XE". */
function codeAt(list: readonly Token[], at: number): number {
  if (list[at].kind !== "word" || list[at].text.length > 2) return at;
  const [first, middle] = block(list, at);
  if (middle === at || middle >= list.length || !list[middle].apart) return at;
  const [second, end] = block(list, middle);
  const outward = /^(?:[a-z]{1,2}\d[a-z\d]?|[a-z]\d[a-z\d])$/i.test(first);
  return outward && /^(?:\d[a-z]{2}|\d[a-z]\d|[a-z\d]{4})$/i.test(second) && /\d/.test(second) ? end : at;
}

/** Words and numbers that stand together without a blank, four at most, and where they end. */
function block(list: readonly Token[], at: number): [string, number] {
  let [text, i] = ["", at];
  while (i < at + 4 && (list[i]?.kind === "word" || list[i]?.kind === "number") && (i === at || !list[i].apart))
    text += list[i++].text;
  return [text, i];
}

function unitAt(list: readonly Token[], at: number): number {
  if (list[at]?.text === "#" && isNumber(list[at + 1])) return at + 2;
  if (list[at]?.kind !== "word" || !unitWords.has(list[at].lower)) return at;
  const i = list[at + 1]?.text === "." ? at + 2 : at + 1;
  if (isNumber(list[i]) || (list[i]?.kind === "word" && list[i].text.length === 1)) return i + 1;
  return at;
}

function unitBetween(list: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (unitAt(list, i) > i) return true;
  return false;
}

/** A postcode or a country at the end of what follows a street, behind the name of a place. */
function tailed(list: readonly Token[], from: number, to: number): boolean {
  let words = 0;
  for (let i = from; i < to; i++) {
    if (list[i].capital) words++;
    if (words > 0 && (isNumber(list[i]) || countryNames.has(list[i].lower))) return true;
  }
  return false;
}

/** A comma or a new line, a postcode of four or five digits, and a place: "…, 34755 Grevenbroich". */
function coded(list: readonly Token[], from: number, to: number): boolean {
  for (let i = from; i + 2 < to; i++)
    if (
      (list[i].text === "," || list[i].kind === "line") &&
      /^\d{4,5}$/.test(list[i + 1].text) &&
      list[i + 2].capital &&
      list[i + 2].apart
    )
      return true;
  return false;
}

/** 2 where a word such as "lives" stands before, 1 at a line's start. */
function cued(list: readonly Token[], at: number): number {
  for (let i = at - 1; i >= 0 && i >= at - 8; i--) {
    if (/[.?!]/.test(list[i].text) && list[i].kind === "mark") break;
    if (cues.has(list[i].lower)) return 2;
  }
  return at === 0 || list[at - 1].kind === "line" ? 1 : 0;
}

function isNumber(token: Token | undefined): boolean {
  return token?.kind === "number";
}

function isYear(token: Token): boolean {
  return /^(?:1[89]|20)\d\d$/.test(token.text);
}

/** Part of a longer number, a sum, or an hour. */
function glued(list: readonly Token[], at: number): boolean {
  const before = list[at - 1];
  const next = list[at + 1];
  return (
    (before !== undefined && !list[at].apart && before.kind === "mark" && /[$€£#.:/%@+=_-]/.test(before.text)) ||
    (next !== undefined &&
      !next.apart &&
      next.kind === "mark" &&
      /[.:/%@+=_°$€£-]/.test(next.text) &&
      isNumber(list[at + 2]))
  );
}

/** A full stop behind a word cut short or a number of a house ("u. 49."), within an address. */
function isShort(list: readonly Token[], at: number): boolean {
  const before = list[at - 1];
  return before.kind === "number" || before.text.length < 5;
}
