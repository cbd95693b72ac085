import {sentenceEnds} from "../text/sentences.js";

/** What the quality rules ask about a text, each computed when first asked. */
export interface TextStatistics {
  text: string;
  /** separated by white space */
  words: readonly string[];
  /** lines that are not empty */
  lines: readonly string[];
  /** parts between empty lines */
  paragraphs: readonly string[];
  sentences: number;
  /** characters of all words */
  characters: number;
  /** share of `characters` inside the most frequent n-gram of words, longest first among equals; 0 where none repeats */
  topNgram(n: number): number;
  /** share of `characters` inside n-grams that occurred before, each character counted once */
  repeatedNgrams(n: number): number;
}

/** Statistics of a text for the quality rules. */
export function textStatistics(text: string): TextStatistics {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const characters = words.reduce((sum, {length}) => sum + length, 0);
  const numbered = number(words);
  let repeats: Repeats | undefined;
  let sentences: number | undefined;
  return {
    text,
    words,
    characters,
    lines: text.split("\n").filter((line) => line.trim() !== ""),
    paragraphs: text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== ""),
    get sentences() {
      return (sentences ??= sentenceEnds(text).length);
    },
    topNgram(n) {
      repeats ??= findRepeats(numbered);
      return topShare(words, repeats, n) / (characters || 1);
    },
    repeatedNgrams(n) {
      repeats ??= findRepeats(numbered);
      return repeatedShare(words, repeats, n) / (characters || 1);
    }
  };
}

/** For each n from 1: the id of the n-gram at each place where it occurs more than once, else −1. */
type Repeats = Int32Array[];

const longest = 10;

function number(words: readonly string[]): Int32Array {
  const ids = new Map<string, number>();
  return Int32Array.from(words, (word) => {
    const id = ids.get(word) ?? ids.size;
    ids.set(word, id);
    return id;
  });
}

// An n-gram can only repeat where its first n − 1 words do, so that almost all the work is done at n = 2.
function findRepeats(words: Int32Array): Repeats {
  const seenWords: number[] = [];
  for (const word of words) seenWords[word] = (seenWords[word] ?? 0) + 1;
  const repeats: Repeats = [words.map((word) => (seenWords[word] > 1 ? word : -1))];
  for (let n = 2; n <= longest; n++) {
    const shorter = repeats[n - 2];
    const ids = new Map<number, number>();
    const seen: number[] = [];
    const at = new Int32Array(Math.max(0, words.length - n + 1)).fill(-1);
    for (let i = 0; i < at.length; i++) {
      if (shorter[i] < 0 || shorter[i + 1] < 0) continue;
      const key = shorter[i] * words.length + words[i + n - 1];
      const id = ids.get(key) ?? seen.length;
      ids.set(key, id);
      seen[id] = (seen[id] ?? 0) + 1;
      at[i] = id;
    }
    for (let i = 0; i < at.length; i++) if (at[i] >= 0 && seen[at[i]] < 2) at[i] = -1;
    repeats.push(at);
  }
  return repeats;
}

function topShare(words: readonly string[], repeats: Repeats, n: number): number {
  const counts = new Map<number, number>();
  let best = 0;
  let most = 1;
  repeats[n - 1].forEach((id, i) => {
    if (id < 0) return;
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    if (count < most || count === 1) return;
    const length = count * lengthOf(words, i, n);
    best = count > most ? length : Math.max(best, length);
    most = count;
  });
  return best;
}

function repeatedShare(words: readonly string[], repeats: Repeats, n: number): number {
  const seen = new Set<number>();
  const at = repeats[n - 1];
  let characters = 0;
  for (let i = 0; i < at.length;) {
    if (at[i] >= 0 && seen.has(at[i])) {
      characters += lengthOf(words, i, n);
      i += n;
    } else {
      if (at[i] >= 0) seen.add(at[i]);
      i++;
    }
  }
  return characters;
}

function lengthOf(words: readonly string[], start: number, n: number): number {
  let length = 0;
  for (let i = start; i < start + n; i++) length += words[i].length;
  return length;
}
