import type {Verifier} from "./verifier.js";
import {verdict} from "./verifier.js";

const id = {id: "cloze", family: "text-match", version: "1"};
const fewestWords = 20;
const longest = 20_000;

/**
 * Finds the answer of a reading task again in the passage above it: which word fills a blank, follows or precedes a
 * phrase, stands there at all, or how often. What cannot be found, or not in one way only, is refused. It does not judge
 * the passage: whether that was really copied is checked by its spans.
 */
export const cloze: Verifier = {
  ...id,
  async verify({text}) {
    if (text.length > longest) return verdict(id, "too-long", {detail: `expected at most ${longest} characters`});
    const cut = text.lastIndexOf("\n\n");
    const passage = text.slice(0, Math.max(0, cut));
    const task = text.slice(cut + 2);
    const words = Array.from(passage.matchAll(wordPattern), ([word]) => word);
    if (cut < 0 || words.length < fewestWords)
      return verdict(id, "no-passage", {
        detail: `expected at least ${fewestWords} words before the task, got ${words.length}`
      });
    for (const {pattern, find} of forms) {
      const match = pattern.exec(task);
      if (match === null) continue;
      const parts = match.slice(1).filter((part) => part !== undefined);
      const given = parts.pop()!;
      const found = new Set(find(passage, words, parts));
      if (found.size === 0)
        return verdict(id, "not-in-passage", {detail: `${JSON.stringify(parts.join(" | "))} is not there`});
      if (found.size > 1)
        return verdict(id, "ambiguous", {detail: `${[...found].slice(0, 5).join(", ")} would all do`});
      const [expected] = found;
      return expected === given
        ? verdict(id)
        : verdict(id, "wrong-answer", {detail: `expected ${JSON.stringify(expected)}, got ${JSON.stringify(given)}`});
    }
    return verdict(id, "no-task", {detail: "expected a reading task as the last paragraph"});
  }
};

interface Form {
  /** groups: what the task quotes, then the answer given */
  pattern: RegExp;
  /** every answer that the passage allows */
  find(passage: string, words: readonly string[], quoted: readonly string[]): string[];
}

const word = String.raw`[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*`;
const wordPattern = new RegExp(word, "gu");
const wordBefore = new RegExp(`(${word})[^\\p{L}\\p{N}]+$`, "u");
const wordAfter = new RegExp(`^[^\\p{L}\\p{N}]+(${word})`, "u");
const wordHere = new RegExp(`^${word}`, "u");
const longestGap = 200;

/** Offsets where a phrase stands in a passage as whole words. */
function occurrences(passage: string, phrase: string): number[] {
  const found: number[] = [];
  for (let at = passage.indexOf(phrase); at >= 0; at = passage.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    const inWord = /[\p{L}\p{N}]['’-]?$/u.test(passage.slice(Math.max(0, at - 3), at)) && /^[\p{L}\p{N}]/u.test(phrase);
    const onWord = /[\p{L}\p{N}]$/u.test(phrase) && /^['’-]?[\p{L}\p{N}]/u.test(passage.slice(end, end + 3));
    if (!inWord && !onWord) found.push(at);
  }
  return found;
}

/** The words that a pattern with one group finds beside each occurrence of a phrase. */
function beside(passage: string, phrase: string, pattern: RegExp, side: "before" | "after"): string[] {
  if (phrase === "") return [];
  return occurrences(passage, phrase).flatMap((at) => {
    const end = at + phrase.length;
    const near =
      side === "after" ? passage.slice(end, end + longestGap) : passage.slice(Math.max(0, at - longestGap), at);
    return pattern.exec(near)?.[1] ?? [];
  });
}

/** The words that stand between two parts of a quotation. */
function between(passage: string, before: string, after: string): string[] {
  const found: string[] = [];
  for (let at = passage.indexOf(before); at >= 0 && before !== ""; at = passage.indexOf(before, at + 1)) {
    const start = at + before.length;
    const filler = wordHere.exec(passage.slice(start, start + longestGap))?.[0];
    if (filler !== undefined && passage.startsWith(after, start + filler.length)) found.push(filler);
  }
  return found;
}

function form(wordings: readonly string[], find: Form["find"]): Form {
  const source = wordings.join("|").replaceAll("QUOTE", '"([^"\\n]+)"').replaceAll("ANSWER", "([^\\n]+)");
  return {pattern: new RegExp(`^(?:${source})$`, "u"), find};
}

const forms: readonly Form[] = [
  form(
    [
      "Fill in the blank from the passage: QUOTE\\nAnswer: ANSWER",
      "Which word is missing here: QUOTE\\?\\nMissing word: ANSWER",
      "The passage says QUOTE, with one word left out\\.\\nThe word is: ANSWER"
    ],
    (passage, _words, [quote]) => {
      const [before, after, ...more] = quote.split("____");
      if (after === undefined || more.length > 0) return [];
      return between(passage, before, after);
    }
  ),
  form(
    [
      "Question: Which word follows QUOTE in the passage\\?\\nAnswer: ANSWER",
      "In the text above, QUOTE is followed by which word\\?\\nAnswer: ANSWER",
      "Read on from QUOTE\\. The next word is: ANSWER"
    ],
    (passage, _words, [quote]) => beside(passage, quote, wordAfter, "after")
  ),
  form(
    [
      "Question: Which word comes just before QUOTE in the passage\\?\\nAnswer: ANSWER",
      "In the text above, QUOTE is preceded by which word\\?\\nAnswer: ANSWER",
      "Look back from QUOTE\\. The word before it is: ANSWER"
    ],
    (passage, _words, [quote]) => beside(passage, quote, wordBefore, "before")
  ),
  form(
    [
      "Question: How many times does the word QUOTE occur in the passage, spelt exactly so\\?\\nAnswer: ANSWER",
      "Count the word QUOTE in the text above, with its capitals as written: ANSWER"
    ],
    (_passage, words, [quote]) => {
      const n = words.filter((word) => word === quote).length;
      return n === 0 ? [] : [String(n)];
    }
  ),
  form(
    [
      "Question: Which of these words occurs in the passage: QUOTE, QUOTE or QUOTE\\?\\nAnswer: ANSWER",
      "Only one of QUOTE, QUOTE and QUOTE stands in the text above\\. It is: ANSWER"
    ],
    (_passage, words, quotes) => quotes.filter((quote) => words.includes(quote))
  )
];
