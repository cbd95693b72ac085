import {alone, foldingTable, passedOver, separator} from "../../dedup/normalise.js";
import {Postings, PostingsReader, type PostingsData} from "./postings.js";

/** A text of the index that is a unit of another text: the whole of it, a line, or a sentence. */
export interface WholeMatch {
  number: number;
  /** in the text, in UTF-16 units, end exclusive */
  start: number;
  end: number;
}

/** A finished index, which threads may share. */
export interface WholeData {
  /** words of the longest text in question */
  longest: number;
  postings: PostingsData;
}

/** Words that a line or a sentence must have; of fewer only a whole text counts. */
const fewest = 3;

/**
 * An index of texts that are too short for runs of words, which finds them where they are the whole of another text, one
 * of its lines, or a sentence (what a full stop, question or exclamation mark or colon ends). Words are compared as
 * everywhere: case, accents and punctuation do not count.
 *
 * Measured with the 1,047 questions of MMLU and GSM8K that have fewer than 8 words: of 326,000 lines of text that was
 * never near them (word problems, physics, papers, abstracts, tasks, programs, speeches) one equals a question, "X
 * chromosome inactivation"; of 462,000 sentences the same one; anywhere within them 860 do. Answers are no units of this
 * kind: 18,800 of the same lines equal one of 6,978 short answers, nearly all of one or two words, and tell nothing.
 */
export class WholeIndex {
  readonly #longest: number;
  readonly #postings = new Postings();
  readonly #read: (text: string) => void;
  /** what is being added, and whether it is */
  #number = 0;
  #added = false;

  /** @param longest words of the longest text that is taken */
  constructor(longest: number) {
    this.#longest = longest;
    this.#read = createUnitReader(longest, (level, _, low, high) => {
      if (level < 2) return;
      this.#postings.add(low, high, this.#number);
      this.#added = true;
    });
  }

  /** Adds a text under a number, larger than those before; whether it is short enough and has words. */
  add(number: number, text: string): boolean {
    [this.#number, this.#added] = [number, false];
    this.#read(text);
    return this.#added;
  }

  data(): WholeData {
    return {longest: this.#longest, postings: this.#postings.data()};
  }
}

/** A function that finds the texts of an index that are units of a text; one may come several times. */
export function createWholeSearch({longest, postings}: WholeData): (text: string) => WholeMatch[] {
  const reader = new PostingsReader(postings);
  if (reader.holders.length === 0) return () => [];
  let out: WholeMatch[] = [];
  const read = createUnitReader(longest, (level, words, low, high, start, end) => {
    if (level < 2 && words < fewest) return;
    const unit = reader.find(low, high);
    if (unit < 0) return;
    for (let p = reader.offsets[unit]; p < reader.offsets[unit + 1]; p++)
      out.push({number: reader.holders[p], start, end});
  });
  return (text) => {
    out = [];
    read(text);
    return out;
  };
}

type Visit = (level: number, words: number, low: number, high: number, start: number, end: number) => void;

/** A function that visits the sentences (level 0), lines (1) and the whole (2) of a text that have 1 to `longest` words. */
function createUnitReader(longest: number, visit: Visit): (text: string) => void {
  const table = foldingTable("plain");
  // By level: words so far, their two hashes, where the first begins.
  const counts = new Int32Array(3);
  const lows = new Int32Array(3);
  const highs = new Int32Array(3);
  const starts = new Int32Array(3);
  let ended = 0;

  function endWord(a: number, b: number, from: number, at: number): void {
    ended = at;
    for (let level = 0; level < 3; level++) {
      if (counts[level] > longest) continue;
      if (counts[level]++ === 0) starts[level] = from;
      lows[level] = Math.imul(lows[level] ^ a, 0x9e3779b1) ^ (lows[level] >>> 15);
      highs[level] = Math.imul(highs[level] ^ b, 0x85ebca77) ^ (highs[level] >>> 13);
    }
  }

  function endUnits(last: number): void {
    for (let level = 0; level <= last; level++) {
      const words = counts[level];
      if (words > 0 && words <= longest) visit(level, words, lows[level], highs[level], starts[level], ended);
      counts[level] = lows[level] = highs[level] = 0;
    }
  }

  return (text) => {
    let [a, b] = [0, 0];
    // Where the current word begins, −1 between words.
    let from = -1;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const code = table[unit];
      if (code !== separator && code < alone) {
        if (from < 0) from = i;
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul(b ^ code, 0x5bd1e995);
        continue;
      }
      if (code === passedOver) continue;
      if (from >= 0) endWord(a, b, from, i);
      a = b = 0;
      from = -1;
      if (code >= alone) endWord(Math.imul(code, 0x01000193), Math.imul(code, 0x5bd1e995), i, i + 1);
      else if (unit === 0x0a || unit === 0x0d) endUnits(1);
      else if (closes(unit, text.charCodeAt(i + 1))) endUnits(0);
    }
    if (from >= 0) endWord(a, b, from, text.length);
    endUnits(2);
  };
}

/** Whether a unit ends a sentence: `.`, `!`, `?` or `:` before white space, or a full-width mark. */
function closes(unit: number, next: number): boolean {
  if (unit === 0x2e || unit === 0x21 || unit === 0x3f || unit === 0x3a) return next <= 0x20;
  return unit === 0x3002 || unit === 0xff01 || unit === 0xff1f || unit === 0xff1a;
}
