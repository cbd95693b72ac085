import {words as wordsOf} from "../../dedup/normalise.js";
import {createShingler, type HashedUnits} from "../../dedup/shingles.js";
import {createShingleTable} from "../../dedup/shingleTable.js";
import type {BenchmarkItem} from "./benchmarkItem.js";
import {createIdfSearch, idfDefaults, type IdfData, type IdfMatch} from "./idfSearch.js";
import {Postings} from "./postings.js";

export type IdfOptions = Partial<typeof idfDefaults>;

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
  readonly #vocabulary = createShingleTable();
  readonly #words: string[] = [];
  /** by word: items whose question or passage holds it */
  readonly #holders: number[] = [];
  readonly #items = [0];
  readonly #parts = [0];
  #wordsOf = new Int32Array(1024);
  #search: ReturnType<typeof createIdfSearch> | null = null;

  constructor(options: IdfOptions = {}) {
    this.#options = {...idfDefaults, ...options};
    this.#shingle = createShingler({size: this.#options.ngram, normalisation: "plain"});
  }

  /** Adds an item and returns whether it is long enough to be found. */
  add(item: BenchmarkItem): boolean {
    this.#search = null;
    const number = this.#items.length - 1;
    const question = this.#numbers(item.question, this.#shingle(item.question));
    const passage = this.#numbers(item.passage, this.#shingle(item.passage));
    const replies: {text: string; own: Int32Array}[] = [];
    for (const text of item.answers) {
      const own = this.#numbers(text, this.#shingle(text));
      if (own.length > 0) replies.push({text, own});
    }
    const longest = replies.reduce((length, {own}) => Math.max(length, own.length), 0);
    const distinct = new Set([...passage, ...question]);
    const long = passage.length + question.length + longest >= fewest && distinct.size >= fewestDistinct;
    if (long) {
      for (const word of distinct) this.#holders[word]++;
      for (const part of [question, passage, ...replies.map(({own}) => own)]) this.#part(part.subarray(0, most));
      this.#lead(number, `${item.passage}\n${item.question}`);
      for (const {text, own} of replies) if (own.length >= leadingAnswer) this.#lead(number, text);
    }
    this.#items.push(this.#parts.length - 1);
    return long;
  }

  /** The items that are in a text, by number. */
  matches(text: string): IdfMatch[] {
    this.#search ??= createIdfSearch(this.data());
    return this.#search(text, this.#shingle(text));
  }

  /** The index as it stands, to be searched elsewhere: nothing may be added then. */
  data(): IdfData {
    const n = this.#items.length - 1;
    return {
      options: this.#options,
      postings: this.#postings.data(),
      vocabulary: this.#vocabulary.data(),
      words: this.#words,
      weights: Float64Array.from(this.#holders, (held) => Math.log(1 + (n - held + 0.5) / (held + 0.5))),
      items: Int32Array.from(this.#items),
      parts: Int32Array.from(this.#parts),
      wordsOf: this.#wordsOf.slice(0, this.#parts[this.#parts.length - 1])
    };
  }

  /** The numbers of a text's words, new ones for those that are new. */
  #numbers(text: string, {words, lowUnits, highUnits}: HashedUnits): Int32Array {
    const out = new Int32Array(words);
    let spelled: string[] | undefined;
    for (let i = 0; i < words; i++) {
      out[i] = this.#vocabulary.add(lowUnits[i], highUnits[i]);
      if (out[i] < this.#words.length) continue;
      // A lone surrogate is hashed as the mark that stands for it.
      spelled ??= wordsOf(text.toWellFormed(), "plain");
      this.#words.push(spelled[i]);
      this.#holders.push(0);
    }
    return out;
  }

  #part(words: Int32Array): void {
    const at = this.#parts[this.#parts.length - 1];
    if (at + words.length > this.#wordsOf.length) {
      const wider = new Int32Array(2 * (at + words.length));
      wider.set(this.#wordsOf);
      this.#wordsOf = wider;
    }
    this.#wordsOf.set(words, at);
    this.#parts.push(at + words.length);
  }

  #lead(number: number, text: string): void {
    const {words, count, low, high} = this.#shingle(text);
    if (words < this.#options.ngram) return;
    for (let i = 0; i < count; i++) this.#postings.add(low[i], high[i], number);
  }
}
