import {words as wordsOf} from "../../dedup/normalise.js";
import {createShingler} from "../../dedup/shingles.js";
import {align} from "./align.js";
import type {BenchmarkItem} from "./benchmarkItem.js";
import {placedWords} from "./placedWords.js";
import {Postings} from "./postings.js";

/** Settings of the score, those that decon's authors publish as its defaults, in words where they count tokens. */
export const idfDefaults = {
  /** words of the runs that lead to a question */
  ngram: 5,
  /** every how many words a run of the text is looked up; 1 looks at all, and finds the shortest question */
  sampleEvery: 1,
  /** score from which long items count as found */
  threshold: 0.8,
  /** words of question, answer and passage up to which only a perfect match counts, and from which the threshold does */
  perfectUntil: 20,
  thresholdFrom: 50,
  /** words of a short answer, and how far after the question it may begin; how far a longer one */
  shortAnswer: 3,
  shortWindow: 50,
  longWindow: 100,
  /** words between passage and question */
  passageDistance: 100
};

export type IdfOptions = Partial<typeof idfDefaults>;

/** An item that is in a text. */
export interface IdfMatch {
  number: number;
  score: number;
  /** score that was needed at this item's length */
  least: number;
  /** share of the weight of each part that is there; null where the item has no such part */
  question: number;
  answer: number | null;
  passage: number | null;
  /** runs of words that led to it */
  grams: number;
  /** first and after the last unit of the text, passage and answer left out */
  start: number;
  end: number;
}

/** Items that share a run of words, beyond which the run leads to none of them: "which of the following is". */
const hot = 64;
/** Items with fewer words in all, or fewer different ones in question and passage, cannot be told from chance. */
const fewest = 8;
const fewestDistinct = 4;
/** Words of a part that are aligned, the first ones: 60 MB at most. */
const most = 1000;
/** Words of an answer that lead to its item without the question: no chance puts these in a row. */
const leadingAnswer = 13;

/**
 * An index of questions with answers that finds them in texts though words were changed, in the manner of decon: runs of
 * five words lead to an item; then question, passage and answer are found near each other, every word weighing by its
 * inverse document frequency among the items; the shares add up to a score with decon's weights, and the shorter the
 * item, the more must be there, all of it up to 20 words. A question without its answer near is not found: the runs of
 * `NgramIndex` find it. Unlike decon it aligns words where decon counts intact runs, so that one changed word costs one
 * word and not five runs.
 *
 * It does not find paraphrases, nor items of fewer than 8 words, nor those whose every run 65 or more items share.
 * Source: allenai/decon, doc/simple-details.md (the method and its weights), described there, implemented anew.
 */
export class IdfIndex {
  readonly #options: typeof idfDefaults;
  readonly #shingle: ReturnType<typeof createShingler>;
  readonly #postings = new Postings();
  readonly #items: (BenchmarkItem | null)[] = [];
  readonly #holders = new Map<string, number>();

  constructor(options: IdfOptions = {}) {
    this.#options = {...idfDefaults, ...options};
    this.#shingle = createShingler({size: this.#options.ngram, normalisation: "plain"});
  }

  /** Adds an item and returns whether it is long enough to be found. */
  add(item: BenchmarkItem): boolean {
    const number = this.#items.length;
    const text = `${item.passage}\n${item.question}`;
    const own = wordsOf(text, "plain");
    const distinct = new Set(own);
    const longest = item.answers.reduce((most, answer) => Math.max(most, wordsOf(answer, "plain").length), 0);
    const long = own.length + longest >= fewest && distinct.size >= fewestDistinct;
    this.#items.push(long ? item : null);
    if (!long) return false;
    for (const word of distinct) this.#holders.set(word, (this.#holders.get(word) ?? 0) + 1);
    for (const part of [text, ...item.answers.filter((answer) => wordsOf(answer, "plain").length >= leadingAnswer)]) {
      const {words, count, low, high} = this.#shingle(part);
      if (words < this.#options.ngram) continue;
      for (let i = 0; i < count; i++) this.#postings.add(low[i], high[i], number);
    }
    return true;
  }

  /** The items that are in a text, by number. */
  matches(text: string): IdfMatch[] {
    const led = this.#lead(text);
    if (led.size === 0) return [];
    const placed = placedWords(text);
    const out: IdfMatch[] = [];
    for (const [number, places] of led) {
      const found = this.#score(number, places, placed.words);
      if (found === null || found.score + 1e-9 < found.least) continue;
      const {from, to, ...match} = found;
      out.push({...match, number, grams: places.length, start: placed.starts[from], end: placed.ends[to - 1]});
    }
    return out.sort((a, b) => a.number - b.number);
  }

  /** By item: where in the text runs stand that lead to it. */
  #lead(text: string): Map<number, number[]> {
    const {words, count, low, high} = this.#shingle(text);
    const led = new Map<number, number[]>();
    if (words < this.#options.ngram) return led;
    for (let at = 0; at < count; at += this.#options.sampleEvery) {
      const shingle = this.#postings.find(low[at], high[at]);
      if (shingle < 0) continue;
      const holders = this.#postings.holders(shingle);
      if (holders.length > hot) continue;
      for (const number of holders) {
        const places = led.get(number);
        if (places === undefined) led.set(number, [at]);
        else places.push(at);
      }
    }
    return led;
  }

  #score(number: number, places: readonly number[], words: readonly string[]) {
    const {question, answers, passage} = this.#items[number]!;
    const asked = wordsOf(question, "plain").slice(0, most);
    const told = wordsOf(passage, "plain").slice(0, most);
    const replies = answers
      .map((answer) => wordsOf(answer, "plain").slice(0, most))
      .filter((reply) => reply.length > 0);
    const reach = asked.length + told.length + this.#options.passageDistance;
    let best: ({score: number; least: number; from: number; to: number} & Shares) | null = null;
    // Places further apart than the item reaches are tried one by one.
    for (let i = 0; i < places.length;) {
      const first = places[i];
      while (i < places.length && places[i] - first <= reach) i++;
      const begin = Math.max(0, first - reach);
      const stretch = words.slice(begin, places[i - 1] + reach);
      if (!this.#enough(asked, stretch)) continue;
      const found = align(asked, this.#weights(asked), stretch);
      if (found.covered === 0) continue;
      const beside = told.length === 0 ? null : align(told, this.#weights(told), stretch).covered;
      const after = begin + found.to;
      for (const reply of replies.length === 0 ? [null] : replies) {
        const shares = {
          question: found.covered,
          passage: beside,
          answer: reply === null ? null : this.#answered(reply, words, after)
        };
        const length = asked.length + told.length + (reply?.length ?? 0);
        const score = weighted(shares, asked.length - this.#options.ngram + 1);
        if (best !== null && best.score >= score) continue;
        best = {...shares, score, least: this.#least(length), from: begin + found.from, to: after};
      }
    }
    return best;
  }

  /** Whether half of a question's weight is somewhere in a stretch: without it no alignment reaches the threshold. */
  #enough(asked: readonly string[], stretch: readonly string[]): boolean {
    const there = new Set(stretch);
    let [sum, total] = [0, 0];
    for (const word of asked) {
      const weight = this.#weight(word);
      total += weight;
      if (there.has(word)) sum += weight;
    }
    return sum >= 0.5 * total;
  }

  #answered(reply: readonly string[], words: readonly string[], after: number): number {
    const {shortAnswer, shortWindow, longWindow} = this.#options;
    if (reply.length > shortAnswer)
      return align(reply, this.#weights(reply), words.slice(after, after + Math.max(longWindow, 2 * reply.length)))
        .covered;
    const last = Math.min(words.length, after + shortWindow) - reply.length;
    for (let at = after; at <= last; at++) if (reply.every((word, i) => words[at + i] === word)) return 1;
    return 0;
  }

  #least(length: number): number {
    const {threshold, perfectUntil, thresholdFrom} = this.#options;
    const along = Math.min(1, Math.max(0, (length - perfectUntil) / (thresholdFrom - perfectUntil)));
    return 1 - (1 - threshold) * along;
  }

  #weights(words: readonly string[]): number[] {
    return words.map((word) => this.#weight(word));
  }

  #weight(word: string): number {
    const n = this.#holders.get(word) ?? 0;
    return Math.log(1 + (this.#items.length - n + 0.5) / (n + 0.5));
  }
}

type Shares = Pick<IdfMatch, "question" | "answer" | "passage">;

/** The score of the shares: a question of fewer than 20 runs gives up to half its weight to answer and passage. */
function weighted({question, answer, passage}: Shares, runs: number): number {
  const base =
    answer === null
      ? passage === null
        ? [1, 0, 0]
        : [0.85, 0, 0.15]
      : passage === null
        ? [0.75, 0.25, 0]
        : [0.7, 0.2, 0.1];
  if (base[0] === 1) return question;
  const own = base[0] * (runs >= 20 ? 1 : 0.5 + 0.5 * (Math.max(0, runs) / 20));
  const rest = (1 - own) / (1 - base[0]);
  const score = own * question + rest * (base[1] * (answer ?? 0) + base[2] * (passage ?? 0));
  return question === 1 && (answer ?? 1) === 1 && (passage ?? 1) === 1 ? 1 : score;
}
