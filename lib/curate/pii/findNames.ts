import {countryNames} from "./countries.js";
import {
  otherCapitals,
  otherHeads,
  particles,
  personAfter,
  personBefore,
  personHas,
  personWorks,
  placeBefore,
  titles,
  weakBefore
} from "./nameWords.js";
import {fieldBefore, nameCells} from "./nameCells.js";
import {ordinaryAbroad, personAfterAbroad, personBeforeAbroad, romanceWords, titlesAbroad} from "./nameWordsAbroad.js";
import type {Find} from "./piiSpan.js";
import type {Token} from "./tokens.js";
import type {WordLists} from "./wordLists.js";

/** Words that a name has at most. */
const longest = 6;

/** What the whole text tells. */
interface Tone {
  /** "other" writes nouns in capitals, or is not known */
  language: "english" | "romance" | "other";
  /** tokens that begin cells under a heading such as "name" */
  cells: ReadonlySet<number>;
  /** two speakers or more, each at a line's start before a colon */
  dialogue: boolean;
  /** it speaks of a person as he or she */
  pronouns: boolean;
}

/** What is known about single words in the text's language. */
interface Lexicon extends WordLists {
  title(word: string): boolean;
}

interface Run {
  /** tokens [from, to) */
  from: number;
  to: number;
  title: boolean;
}

/**
 * Names of people: runs of capitals that are no ordinary words, weighed by lists of names, by what stands before ("Mr.",
 * "my name is", "in") and behind ("said", "'s wife", "Ltd"), by an initial in the middle, and by the same name elsewhere in
 * the text. A rule is named after the strongest of its evidence.
 *
 * Not found: names in scripts without capitals (Chinese, Arabic, ...); in a text without capitals, or of words that are
 * ordinary ones too ("Will Field"), only where the words around say so. Names of places and firms that are names of people
 * are found where nothing tells them apart.
 */
export function findNames(
  list: readonly Token[],
  words: WordLists,
  taken: (start: number, end: number) => boolean
): Find[] {
  const language = languageOf(list, words);
  const lists: Lexicon =
    language === "english"
      ? {...words, title: (word) => titles.has(word)}
      : {
          ...words,
          common: (word) => words.common(word) || ordinaryAbroad.has(word),
          // In capitals "Kollegin" or "Selon" stands before a name as "Ms" does.
          title: (word) => titles.has(word) || titlesAbroad.has(word) || personBeforeAbroad.has(word)
        };
  const runs = [...runsOf(list, lists)].filter(({from, to}) => !taken(list[from].start, list[to - 1].end));
  const tone: Tone = {
    language,
    cells: nameCells(list),
    dialogue: runs.filter(({from, to}) => speaks(list, from, to)).length > 1,
    pronouns: list.some(({lower}) => /^(?:he|she|him|his|her|hers)$/.test(lower))
  };
  const scored = runs.map((run) => weigh(list, run, lists, tone));
  for (const [first, last] of series(list, runs)) {
    const firm = isFirm(list, runs.slice(first, last + 1));
    let best = -9;
    for (let i = first; i <= last; i++) best = Math.max(best, scored[i].weight);
    for (let i = first; i <= last; i++) {
      if (firm) scored[i] = {weight: -9, rule: "name"};
      else if (best >= 2 && scored[i].weight >= (language === "other" ? 1 : -1.5) && scored[i].weight < 2)
        scored[i] = {weight: 2, rule: "name-series"};
    }
  }
  // A name that was told in full tells of its parts.
  const known = new Set<string>();
  runs.forEach(({from, to}, i) => {
    if (scored[i].weight < 3) return;
    for (let k = from; k < to; k++)
      if (list[k].text.length > 2 && !particles.has(list[k].lower)) known.add(list[k].text);
  });
  return runs.flatMap(({from, to}, i) => {
    let {weight, rule} = scored[i];
    if (weight < 2 && weight > -3 && to - from <= 2 && known.has(list[to - 1].text)) [weight, rule] = [3, "name-again"];
    return weight < 2 ? [] : [{start: list[from].start, end: list[to - 1].end, type: "PERSON" as const, rule}];
  });
}

/**
 * Told by the words that are written small: a quarter of them function words of French, Spanish, Italian or Portuguese;
 * else half of them English; else a sixth of the former.
 */
function languageOf(list: readonly Token[], lists: WordLists): Tone["language"] {
  let [words, known, romance] = [0, 0, 0];
  for (const {kind, capital, lower} of list) {
    if (kind !== "word" || capital) continue;
    if (romanceWords.has(lower)) romance++;
    if (lower.length < 2) continue;
    words++;
    if (lists.common(lower)) known++;
  }
  if (words > 3 && 4 * romance >= words) return "romance";
  return 2 * known >= words ? "english" : 6 * romance >= words ? "romance" : "other";
}

/** Runs that are named one after another: "X, Y and Z". */
function* series(list: readonly Token[], runs: readonly Run[]): Generator<[number, number]> {
  for (let i = 0; i < runs.length; i++) {
    const first = i;
    while (i + 1 < runs.length && runs[i + 1].from <= runs[i].to + 2 && joins(list, runs[i].to, runs[i + 1].from)) i++;
    if (i > first) yield [first, i];
  }
}

function joins(list: readonly Token[], from: number, to: number): boolean {
  if (to <= from) return false;
  for (let i = from; i < to; i++) if (!/^(?:,|and|&|or|y|et|und)$/.test(list[i].lower)) return false;
  return true;
}

/** "Clark, Romero and Hall Orchestra", "at Hawkins, Richardson and Santana": partners, each by one word. */
function isFirm(list: readonly Token[], runs: readonly Run[]): boolean {
  const {from} = runs[0];
  const {to} = runs[runs.length - 1];
  if (otherHeads.has(list[to - 1].lower)) return true;
  for (let i = to; i < to + 5 && (list[i]?.capital || /^(?:,|and|&)$/.test(list[i]?.lower ?? "")); i++)
    if (otherHeads.has(list[i].lower)) return true;
  if (runs.length > 2 && opensLine(list, from) && (list[to] === undefined || list[to].kind === "line")) return true;
  const single = runs.every(
    (run, i) =>
      run.to - run.from === 1 &&
      !run.title &&
      (i === runs.length - 1 || list[run.to].text === "," || i === runs.length - 2)
  );
  return single && runs.length > 2 && /^(?:at|from|for|with|the|joined|by)$/.test(list[from - 1]?.lower ?? "");
}

function* runsOf(list: readonly Token[], lists: Lexicon): Generator<Run> {
  for (let i = 0; i < list.length; i++) {
    if (!starts(list[i]) && !(smallName(list, i, lists) && cueAt(list, i))) continue;
    const lowered = !list[i].capital;
    let to = i + 1;
    for (let words = 1; to < list.length && words < longest + 2; words++) {
      const next = list[to];
      if (
        next.kind === "mark" &&
        next.text === "." &&
        !next.apart &&
        (list[to - 1].text.length === 1 || lists.title(list[to - 1].lower)) &&
        list[to + 1]?.capital
      ) {
        to++;
        words--;
        continue;
      }
      if (next.kind !== "word" || !next.apart) break;
      if (next.capital || (lowered && !lists.common(next.lower) && next.text.length > 1)) to++;
      else if (
        particles.has(next.lower) &&
        (list[to + 1]?.capital || (particles.has(list[to + 1]?.lower ?? "") && list[to + 2]?.capital))
      )
        to++;
      else break;
    }
    yield* split(list, i, to, lists);
    i = to - 1;
  }
}

/** Whether a word that is written small can be a name behind a word that announces one. */
function smallName(list: readonly Token[], at: number, lists: WordLists): boolean {
  const {kind, lower, text} = list[at];
  if (kind !== "word" || text.length < 2 || lists.common(lower)) return false;
  return lists.given(lower) || nameBefore(list, at);
}

/** The part of a run of capitals that can be a name: titles go, and ordinary words at either end. */
function* split(list: readonly Token[], from: number, to: number, lists: Lexicon): Generator<Run> {
  let title = false;
  let start = from;
  const drop = (k: number) => {
    const {lower, text, kind} = list[k];
    if (kind === "mark" || particles.has(lower)) return true;
    if (otherCapitals.has(lower) && !(lists.given(lower) && to - from > 1)) return true;
    if (text.length === 1) return k === start && list[k + 1]?.text !== "." && (lower === "i" || lower === "a");
    return lists.common(lower) && !lists.given(lower);
  };
  while (start < to) {
    if (lists.title(list[start].lower) && start + 1 < to) {
      title = true;
      start += list[start + 1].text === "." ? 2 : 1;
    } else if (
      !title &&
      (drop(start) ||
        (sentenceStart(list, start) &&
          to - start > 1 &&
          lists.common(list[start].lower) &&
          !lists.given(list[start].lower)))
    )
      start++;
    else break;
  }
  // "Mr" and a full stop end a run: the name is the next.
  if (start > 0 && !title) {
    const before = list[start - 1].text === "." ? list[start - 2] : list[start - 1];
    if (before !== undefined && lists.title(before.lower) && list[start - 1].kind !== "line") title = true;
  }
  let end = to;
  while (end > start && (list[end - 1].kind === "mark" || (drop(end - 1) && !(title && end - start === 1)))) {
    // "Acme Orchestra" must stay to be told from a person.
    if (otherHeads.has(list[end - 1].lower)) break;
    end--;
  }
  if (end > start && end - start <= longest + 2) yield {from: start, to: end, title};
}

function weigh(
  list: readonly Token[],
  {from, to, title}: Run,
  lists: Lexicon,
  {language, cells, dialogue, pronouns}: Tone
): {weight: number; rule: string} {
  const words = list.slice(from, to).filter(({kind}) => kind === "word");
  const before = list[from - 1];
  const after = list[to];
  const evidence: [string, number][] = [];
  const proper = words.filter(({text, lower}) => text.length > 1 && !particles.has(lower));
  if (proper.length === 0) return {weight: -9, rule: "name"};
  const [first] = proper;
  const last = proper[proper.length - 1];
  if (title)
    evidence.push(["name-title", proper.every(({lower}) => lists.common(lower)) && !cueAt(list, from) ? 1 : 4]);
  if (cueAt(list, from)) evidence.push(["name-said", 4]);
  const given = proper.filter(({lower}) => lists.given(lower) || lower.split("-").every((part) => lists.given(part)));
  // In a language of which nothing is known a word that is no English one says nothing.
  const ordinary = proper.filter(
    ({lower}) => lists.common(lower) || (language === "other" && !lists.given(lower) && !lists.family(lower))
  );
  const all = proper.every(({lower}) => lists.common(lower));
  if (cells.has(from)) evidence.push(["name-cell", all && given.length === 0 ? 1.5 : 4]);
  else if (fieldBefore(list, from)) evidence.push(["name-field", all && given.length === 0 ? 1 : 3]);
  if (lists.given(first.lower) && !lists.common(first.lower)) evidence.push(["name-given", 2]);
  else if (given.length > 0) evidence.push(["name-given", 1]);
  if (proper.length > 1 && given.length > 0) evidence.push(["name-full", ordinary.length < proper.length ? 1 : 0]);
  if (proper.length > 1 && lists.family(last.lower) && (ordinary.length === 0 || given.length > 0))
    evidence.push(["name-family", 1]);
  else if (proper.length === 1 && ordinary.length === 0 && lists.family(last.lower) && !sentenceStart(list, from))
    evidence.push(["name-family", 0.5]);
  const shaped = proper.length >= 2 && proper.length <= 4 && ordinary.length === 0;
  if (shaped) evidence.push(["name-shape", 1]);
  // "The passenger, Narciso Valente, was", "Gontran Roux thanked", "according to Ritva Manninen".
  if (shaped && before?.text === "," && after?.text === ",") evidence.push(["name-apposition", 1]);
  if (
    shaped &&
    after?.kind === "word" &&
    !after.capital &&
    /(?:ed|ought|old|ent)$/.test(after.lower) &&
    lists.common(after.lower)
  )
    evidence.push(["name-does", 1]);
  if (before?.lower === "to" && /^(?:according|thanks)$/.test(list[from - 2]?.lower ?? ""))
    evidence.push(["name-after", shaped ? 2 : 1]);
  if (words.some(({text}, i) => text.length === 1 && i > 0 && i < words.length - 1)) evidence.push(["name-initial", 2]);
  if (proper.length === 1 && ordinary.length === 0 && before !== undefined && !sentenceStart(list, from))
    evidence.push(["name-single", 1]);
  if (after?.lower === "'s" && personHas.has(list[to + 1]?.lower ?? "")) evidence.push(["name-has", 2]);
  if (after?.kind === "word" && personAfter.has(after.lower))
    evidence.push([
      "name-does",
      /^(?:is|was|has|had|will)$/.test(after.lower)
        ? 0.5 + (proper.length > 1 ? 0.5 : 0)
        : /^(?:said|says|asked|told|replied|shouted|whispered|cried|laughed|smiled|nodded)$/.test(after.lower)
          ? 2
          : 1.5
    ]);
  if (after?.kind === "word" && personWorks.has(after.lower)) evidence.push(["name-has", 3]);
  if (
    before?.lower === "at" &&
    /^(?:shouted|yelled|looked|looking|smiled|laughed|stared|glared|angry|mad|swore)$/.test(list[from - 2]?.lower ?? "")
  )
    evidence.push(["name-after", 2.5]);
  if (pronouns && after !== undefined && /^(?:is|was|has|had)$/.test(after.lower) && ordinary.length === 0)
    evidence.push(["name-pronoun", 1.5]);
  if (
    after?.text === "," &&
    /^(?:said|who|whose|the|a|an|aged?|\d\d)$/.test(list[to + 1]?.lower ?? "") &&
    proper.length > 1
  )
    evidence.push(["name-does", 1]);
  // A speaker in a dialogue, a person who is spoken to, a name that stands alone on its line.
  const opens = opensLine(list, from);
  if (speaks(list, from, to)) evidence.push(["name-speaker", dialogue ? 2 : after?.text === ":" ? 1.5 : 0]);
  if (after?.text === "," && opens && proper.length === 1 && ordinary.length === 0 && !/(?:ly|ing)$/.test(first.lower))
    evidence.push(["name-called", 2]);
  if (
    before?.text === "," &&
    (after === undefined || /^[?!.]$/.test(after.text)) &&
    proper.length === 1 &&
    ordinary.length === 0
  )
    evidence.push(["name-called", 0.5]);
  if (nameBefore(list, from)) evidence.push(["name-said", 1.5]);
  if (opens && (after === undefined || after.kind === "line") && proper.length > 1) evidence.push(["name-line", 1]);
  if (before?.text === ":" && personBefore.has(list[from - 2]?.lower ?? "")) evidence.push(["name-after", 2]);
  if (before?.kind === "word" && personBefore.has(before.lower))
    evidence.push([
      "name-after",
      !weakBefore.has(before.lower) ? 2 : proper.length > 1 && ordinary.length === 0 ? 1 : 0.5
    ]);
  if (/^(?:said|asked|replied|says|whispered|shouted|cried)$/.test(before?.lower ?? ""))
    evidence.push(["name-after", 2]);
  if (language !== "english") {
    if (before?.kind === "word" && personBeforeAbroad.has(before.lower.replace(/^.*['’]/, "")))
      evidence.push(["name-after", 2]);
    if (/^[,!]$/.test(before?.text ?? "") && personBeforeAbroad.has(list[from - 2]?.lower ?? ""))
      evidence.push(["name-after", 2]);
    if (before?.text === "," && after?.text === "," && personBeforeAbroad.has(list[from - 2]?.lower ?? ""))
      evidence.push(["name-apposition", 1]);
    if (after?.kind === "word" && personAfterAbroad.has(after.lower)) evidence.push(["name-does", shaped ? 1.5 : 1]);
  }
  // Against.
  let against = 0;
  const head = after?.kind === "word" ? after.lower : "";
  if (otherHeads.has(last.lower)) against += 6;
  else if (otherHeads.has(head)) against += after.capital ? 6 : 2;
  else if (after?.capital && lists.common(head)) against += 2;
  if (
    before?.capital &&
    before.end < list[from].start &&
    !title &&
    !sentenceStart(list, from - 1) &&
    !personBefore.has(before.lower)
  )
    against += 1.5;
  if (["of", "&", "/", "@"].includes(head || (after?.text ?? "")) && proper.length === 1) against += 1;
  if (countryNames.has(words.map(({lower}) => lower).join(" ")) || otherCapitals.has(last.lower)) against += 5;
  const linked = before?.lower === "to" || before?.lower === "from";
  const initial = evidence.some(([rule]) => rule === "name-initial") || nameBefore(list, from);
  if (before?.kind === "word" && !initial && placeBefore.has(before.lower))
    against += given.length > 0 ? (linked ? 0.5 : 1.5) : linked ? 1 : 3;
  if (/^(?:the|an?|this|these|our|your|every|each)$/.test(before?.lower ?? ""))
    against += proper.length > 1 && (given.length > 0 || initial) ? 0.5 : 2;
  if (given.length === 0 && words.some(({lower}) => /^(?:de|del|la|los|las|du|da)$/.test(lower))) against += 1.5;
  if (proper.every(({lower}) => lists.common(lower)) && !title) against += 1.5;
  if (words.some(({text}) => text.length > 3 && text === text.toUpperCase())) against += 1;
  if (after?.text === "&" || before?.text === "&") against += 2;
  const sum = evidence.reduce((total, [, weight]) => total + weight, 0) - against;
  const [strongest] = evidence.reduce((best, item) => (item[1] > best[1] ? item : best), ["name", 0] as [
    string,
    number
  ]);
  return {weight: sum, rule: strongest};
}

/** Whether the words before say that a name follows: "my name is", "Name:", "this is", "change it to", "speak with". */
function cueAt(list: readonly Token[], at: number): boolean {
  let line = "";
  for (let i = Math.max(0, at - 6); i < at; i++)
    line += `${list[i].apart && line !== "" ? " " : ""}${list[i].kind === "line" ? "\n" : list[i].lower}`;
  return saidName.test(line);
}

const saidName =
  /(?:\b(?:name|called)\?|\b(?:is|was|are|were|am) (?:called|named)|\b(?:name|nickname|surname)(?: is|'s| was| should be| to|:|=| -)?(?: ?(?:mr|mrs|ms|dr)\.?)?|\bnamed (?:him|her|it|them)|\b(?:my|his|her|their) [a-z]+'?s? name(?: is)?|\bi ?['’]?m|\bi am called|\bthis is(?: (?:dr|mr|mrs|ms)\.?)?|\bit'?s under(?: my name)?|\bmaybe it's under|\b(?:speak|talk|meet|follow up|appointment|talking|speaking|spoke) (?:with|to)|\bhave you (?:heard|met|seen)|\b(?:signed|sincerely|regards|cheers|yours|thanks),?\n?|\b(?:best|love|wishes|respectfully|cordialement|saludos?|saluti|grüßen?|gruß|groet(?:en)?|amitiés|atentamente),?\n|\b(?:mr|mrs|ms|miss|dr|prof)\.?|\bfrom:|\bto:|\battn:?|\bdear|\bnamed|\bpatient:?|\bcalled me|\bborn to)$/u;

/** Whether the sentence speaks of a name before. */
function nameBefore(list: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && i >= at - 16; i--) {
    if (list[i].kind === "line" || /^[.?!]$/.test(list[i].text)) return false;
    if (/^(?:name|names|named)$/.test(list[i].lower)) return true;
  }
  return false;
}

function opensLine(list: readonly Token[], at: number): boolean {
  return list[at - 1] === undefined || list[at - 1].kind === "line";
}

/** Whether a run is who speaks at a line's start: "Ann:", "[10:41] Ann:", "<Ann> so". */
function speaks(list: readonly Token[], from: number, to: number): boolean {
  const told =
    list[to]?.text === ":" || (list[to]?.text === ">" && list[from - 1]?.text === "<" && list[to + 1]?.apart);
  if (!told) return false;
  let i = from - 1;
  while (i >= 0 && i > from - 12 && list[i].kind !== "line") {
    if (list[i].kind === "word" || /^["'{}=]$/.test(list[i].text)) return false;
    i--;
  }
  return i < 0 || list[i].kind === "line";
}

function starts(token: Token): boolean {
  return token.kind === "word" && token.capital;
}

function sentenceStart(list: readonly Token[], at: number): boolean {
  const before = list[at - 1];
  return before === undefined || before.kind === "line" || (before.kind === "mark" && /[.!?:"“”'‘(]/.test(before.text));
}
