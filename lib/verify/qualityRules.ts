import {malformed} from "../text/canonical.js";
import type {TextStatistics} from "./textStatistics.js";

/** One heuristic of text quality: a number, and the range in which it should lie. */
export interface QualityRule {
  /** slug that begins with the set it comes from */
  id: string;
  measure(text: TextStatistics): number;
  /** inclusive bounds */
  min?: number;
  max?: number;
  source: string;
}

const gopher = "Rae et al. (2021), arXiv:2112.11446, section A.1.1";
const repetition = "Rae et al. (2021), arXiv:2112.11446, table A1";
const c4 = "Raffel et al. (2020), arXiv:1910.10683, section 2.2";
const fineweb = "Penedo et al. (2024), arXiv:2406.17557, section 3.6";

const stopWords = new Set(["the", "be", "to", "of", "and", "that", "have", "with"]);
const terminal = /[.!?…]["'”’)\]]*$|["”]$/;

/** The rules in the order in which they are asked; a text is refused for the first that it breaks. */
export const qualityRules: readonly QualityRule[] = [
  {id: "malformed", measure: ({text}) => (malformed(text) === null ? 0 : 1), max: 0, source: "lib/text/canonical.ts"},
  {id: "gopher-words", measure: ({words}) => words.length, min: 50, max: 100_000, source: gopher},
  {
    id: "gopher-mean-word-length",
    measure: ({words, characters}) => characters / words.length,
    min: 3,
    max: 10,
    source: gopher
  },
  {id: "gopher-hash-signs", measure: ({text, words}) => count(text, /#/g) / words.length, max: 0.1, source: gopher},
  {
    id: "gopher-ellipses",
    measure: ({text, words}) => count(text, /\.{3}|…/g) / words.length,
    max: 0.1,
    source: gopher
  },
  {
    id: "gopher-bullet-lines",
    measure: ({lines}) => share(lines, (line) => /^\s*[-*•]/.test(line)),
    max: 0.9,
    source: gopher
  },
  {
    id: "gopher-ellipsis-lines",
    measure: ({lines}) => share(lines, (line) => /(\.{3}|…)$/.test(line)),
    max: 0.3,
    source: gopher
  },
  {
    id: "gopher-alphabetic-words",
    measure: ({words}) => share(words, (word) => /\p{L}/u.test(word)),
    min: 0.8,
    source: gopher
  },
  {
    id: "gopher-stop-words",
    measure: ({words}) => new Set(words.map((word) => word.toLowerCase()).filter((word) => stopWords.has(word))).size,
    min: 2,
    source: gopher
  },
  {id: "gopher-duplicate-lines", measure: ({lines}) => duplicates(lines), max: 0.3, source: repetition},
  {id: "gopher-duplicate-paragraphs", measure: ({paragraphs}) => duplicates(paragraphs), max: 0.3, source: repetition},
  {
    id: "gopher-duplicate-line-characters",
    measure: ({lines}) => duplicateCharacters(lines),
    max: 0.2,
    source: repetition
  },
  {
    id: "gopher-duplicate-paragraph-characters",
    measure: ({paragraphs}) => duplicateCharacters(paragraphs),
    max: 0.2,
    source: repetition
  },
  ...[0.2, 0.18, 0.16].map((max, i) => topNgram(i + 2, max)),
  ...[0.15, 0.14, 0.13, 0.12, 0.11, 0.1].map((max, i) => repeatedNgrams(i + 5, max)),
  {id: "c4-sentences", measure: ({sentences}) => sentences, min: 3, source: c4},
  {id: "c4-curly-brackets", measure: ({text}) => count(text, /[{}]/g), max: 0, source: c4},
  {id: "c4-lorem-ipsum", measure: ({text}) => count(text, /lorem ipsum/gi), max: 0, source: c4},
  {id: "c4-javascript", measure: ({text}) => count(text, /javascript/gi), max: 0, source: c4},
  {
    id: "c4-policy",
    measure: ({text}) => count(text, /terms of use|cookie policy|uses cookies|use of cookies|use cookies/gi),
    max: 0,
    source: c4
  },
  {
    id: "c4-terminal-punctuation",
    measure: ({lines}) => characterShare(lines, (line) => terminal.test(line.trimEnd())),
    min: 0.5,
    source: c4
  },
  {
    id: "fineweb-terminal-punctuation",
    measure: ({lines}) => share(lines, (line) => terminal.test(line.trimEnd())),
    min: 0.12,
    source: fineweb
  },
  {
    id: "fineweb-duplicate-line-characters",
    measure: ({lines}) => duplicateCharacters(lines),
    max: 0.1,
    source: fineweb
  },
  {id: "fineweb-short-lines", measure: ({lines}) => share(lines, ({length}) => length < 30), max: 0.67, source: fineweb}
];

function topNgram(n: number, max: number): QualityRule {
  return {id: `gopher-top-${n}-gram`, measure: (text) => text.topNgram(n), max, source: repetition};
}

function repeatedNgrams(n: number, max: number): QualityRule {
  return {id: `gopher-repeated-${n}-grams`, measure: (text) => text.repeatedNgrams(n), max, source: repetition};
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function share<T>(items: readonly T[], test: (item: T) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}

function characterShare(lines: readonly string[], test: (line: string) => boolean): number {
  const all = lines.reduce((sum, {length}) => sum + length, 0);
  return all === 0 ? 0 : lines.filter(test).reduce((sum, {length}) => sum + length, 0) / all;
}

function duplicates(parts: readonly string[]): number {
  return parts.length === 0 ? 0 : 1 - new Set(parts).size / parts.length;
}

function duplicateCharacters(parts: readonly string[]): number {
  const seen = new Set<string>();
  return characterShare(parts, (part) => seen.size === seen.add(part).size);
}
