import type {Find} from "./piiSpan.js";

// Months in full and as usually cut, in the six languages whose forms differ little from English ones.
const months =
  "jan(?:uary|uar|vier|uari|eiro)?|feb(?:ruary|ruar|ruari)?|febrero|février|fevereiro|febbraio|mar(?:ch|ço|zo|s)?|märz|maart|apr(?:il|ile)?|avril|abril|may|mai|mei|mayo|maggio|maio|june?|juni|juin|junio|giugno|junho|july?|juli|juillet|julio|luglio|julho|aug(?:ust|ustus)?|août|agosto|sept?(?:ember|embre|iembre)?|setembro|settembre|oct(?:ober|obre|ubre)?|okt(?:ober)?|ottobre|outubro|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|décembre|diciembre|dicembre|enero|gennaio";
const time =
  "(?:[T,]? ?(?:at )?[0-2]?\\d:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?(?: ?[ap]\\.?m\\.?)?(?: ?(?:Z|UTC|GMT|[+-][01]\\d:?[0-5]\\d))?)?";
const clear = "(?<![\\p{L}\\p{N}]|\\d[./-])";
const close = "(?![\\p{L}\\p{N}]|[./-]\\d)";
const year = "(?:1[6-9]|20|21)\\d{2}";

const forms: readonly [string, RegExp][] = [
  ["date-iso", new RegExp(`${clear}(${year})([-/.])(\\d{1,2})\\2(\\d{1,2})${time}${close}`, "giu")],
  ["date-numbers", new RegExp(`${clear}(\\d{1,2})([-/.])(\\d{1,2})\\2(${year}|\\d{2})${time}${close}`, "giu")],
  [
    "date-words",
    new RegExp(
      `${clear}\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?(?:[ -](?:of |de )?)(?:${months})\\.?(?:,? (?:de )?|-)(?:${year}|'\\d{2})${time}${close}`,
      "giu"
    )
  ],
  [
    "date-words",
    new RegExp(
      `${clear}(?:${months})\\.?[ -]\\d{1,2}(?:st|nd|rd|th)?(?:,? |-)(?:${year}|'\\d{2})${time}${close}`,
      "giu"
    )
  ],
  ["date-month", new RegExp(`${clear}(?:${months})\\.?,? (?:of |de )?${year}${close}`, "giu")],
  [
    "date-day",
    new RegExp(
      `${clear}(?:\\d{1,2}(?:st|nd|rd|th) (?:of )?(?:${months})|\\d{1,2}\\.? (?:${months.replace("|may|", "|")}|May)|(?:${months.replace("|mar(?:ch|ço|zo|s)?|", "|march|")})\\.? \\d{1,2}(?:st|nd|rd|th)?)(?! ?(?:%|\\p{L}))${close}`,
      "giu"
    )
  ]
];
const years = new RegExp(
  `(?<![\\p{L}\\p{N}]|[\\d$€£#][.,]?)${year}(?![\\p{L}\\p{N}%]|[.,:/-]\\d| ?(?:%|km|kg|years|people|dollars|euros|items|words|tokens|times|miles|meters|metres|feet|pounds|students|workers|copies|units|votes|degrees|calories|grams|hours|minutes|seconds|days|bytes)\\b)`,
  "gu"
);
const yearCue =
  /(?:\b(?:in|since|of|by|until|till|from|during|before|after|around|circa|ca\.?|early|late|mid|year|to|and|through|between|summer|spring|autumn|fall|winter|born|founded|established|est\.?|©|copyright|act|class)[ -]|(?<!\d ?)[(–-])\s?$/iu;

/** What a number before which it stands is, if no year. */
const numbered =
  /(?:\b(?:no|nr|number|page|pp?|room|code|pin|zip|box|unit|suite|apt|psc|ext|extension|flight|route|highway|version|windows|section|line|card|than|about|over|least|most|up to|total|only|exactly|nearly|almost|roughly|approximately)\.?|[+=*/<>-])\s?$/iu;
const yearNext =
  /^(?:[,;)!?\]"”]|\.(?:\s|$)|\n|$|'s\b| (?:was|is|and|when|in|the|after|at|as|until|with|which|had|saw|by)\b)/iu;

/**
 * Dates: year first, day or month first with four or two digits of the year, with the month in words, a month with its year,
 * a day with its month, a time of day with them where one follows.
 *
 * Not found: times without a date, "last Sunday".
 */
export function findDates(folded: string): Find[] {
  const found: Find[] = [];
  for (const [rule, form] of forms) {
    for (const match of folded.matchAll(form)) {
      if (rule === "date-iso" && !possible(match[3], match[4])) continue;
      if (rule === "date-numbers") {
        if (!possible(match[1], match[3]) && !possible(match[3], match[1])) continue;
        // 1.2.03 may be a section.
        if (match[2] === "." && match[4].length === 2 && match[1].length + match[3].length < 4) continue;
      }
      found.push({start: match.index, end: match.index + match[0].length, type: "DATE", rule});
    }
  }
  return found;
}

const weekday = /(?<=\bon )(?:mon|tues|wednes|thurs|fri|satur|sun)day\b/giu;

/** Years on their own after a word such as "in" ("in 1977"), or where no count can stand, and "on Monday". */
export function findYears(folded: string): Find[] {
  const found: Find[] = [];
  for (const {index: start, 0: value} of folded.matchAll(weekday))
    found.push({start, end: start + value.length, type: "DATE", rule: "weekday"});
  for (const {index: start, 0: value} of folded.matchAll(years)) {
    const end = start + value.length;
    const before = folded.slice(Math.max(0, start - 14), start);
    if (yearCue.test(before)) found.push({start, end, type: "DATE", rule: "year"});
    else if (/^(?:19|20)/.test(value) && !numbered.test(before) && yearNext.test(folded.slice(end, end + 12)))
      found.push({start, end, type: "DATE", rule: "year-bare"});
  }
  return found;
}

function possible(month: string, day: string): boolean {
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
}
