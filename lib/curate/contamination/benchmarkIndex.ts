import {TfidfIndex} from "../../dedup/tfidf.js";
import type {BenchmarkItem} from "./benchmarkItem.js";
import {IdfIndex, type IdfOptions} from "./idfIndex.js";
import {createBenchmarkScan, type BenchmarkData, type Trace} from "./benchmarkScan.js";
import {gramSizes, NgramIndex, type Seal} from "./ngramIndex.js";
import {WholeIndex} from "./wholeIndex.js";
import {halves, type SealedItem} from "./sealedItem.js";

export interface BenchmarkOptions {
  /** words of the runs that count as copies */
  sizes?: readonly number[];
  /** cosine from which a text is nominated as a rephrase of the item nearest to it */
  cosine?: number;
  idf?: IdfOptions;
  /** what the hashes of sealed items were made with */
  seal?: Seal | null;
}

/**
 * Of 7,473 training questions of GSM8K 3.2 % are as near as this to a test question, none of which they rephrase; of test
 * questions told anew by rules .99 are. On texts of other kinds measure anew: near is what the domain makes it.
 */
export const leastCosine = 0.38;

/**
 * An index of benchmark items, from which `createBenchmarkScan` tells which of them are in a text: copies by runs of
 * words, altered copies by weighted words, and, as no more than a nomination, the one item that the text may rephrase. Of sealed items only runs of words
 * are known, and only copies of them are found.
 *
 * Passages lead to no copy, as they are published texts: a question on one is what tells a benchmark.
 */
export class BenchmarkIndex {
  readonly items: Pick<BenchmarkItem, "benchmark" | "id">[] = [];
  /** whether the text of an item is here, so that all methods look for it */
  readonly open: boolean[] = [];
  /** numbers of items whose question is too short for any run of words, and is looked for as a whole */
  readonly short: number[] = [];
  /** by method: items that are too short for it */
  readonly tooShort: Record<string, number> = {};
  readonly sizes: readonly number[];
  readonly #cosine: number;
  readonly #ngrams: NgramIndex;
  readonly #sealed: NgramIndex | null;
  readonly #whole: WholeIndex;
  readonly #idf: IdfIndex;
  readonly #tfidf = new TfidfIndex();
  /** by number in an index: the item */
  readonly #slots: {number: number; part: "question" | "answer"}[] = [];
  readonly #openNumbers: number[] = [];
  readonly #seal: Seal | null;
  #scan: ((text: string) => Trace[]) | null = null;

  constructor({sizes = gramSizes, cosine = leastCosine, idf = {}, seal = null}: BenchmarkOptions = {}) {
    if (!(cosine > 0 && cosine <= 1)) throw new RangeError(`expected a cosine in (0, 1], got ${cosine}`);
    this.#ngrams = new NgramIndex({sizes});
    this.#sealed = seal === null ? null : new NgramIndex({sizes, seal});
    this.sizes = this.#ngrams.sizes;
    this.#whole = new WholeIndex(this.sizes[this.sizes.length - 1] - 1);
    this.#idf = new IdfIndex(idf);
    this.#cosine = cosine;
    this.#seal = seal;
    for (const method of this.methods) this.tooShort[method] = 0;
  }

  /** Names of the methods, surest first. */
  get methods(): string[] {
    return [...this.sizes.map((size) => `ngram-${size}`), "whole", "idf", "tfidf"];
  }

  add(item: BenchmarkItem): void {
    const number = this.#begin(item, true);
    const shortest = this.sizes[this.sizes.length - 1];
    const lengths = [this.#ngrams.add(this.#slot(number, "question"), item.question)];
    for (const answer of item.answers)
      if (answer.length >= 2 * shortest - 1) lengths.push(this.#ngrams.add(this.#slot(number, "answer"), answer));
    const longest = Math.max(...lengths);
    for (const size of this.sizes) if (longest < size) this.tooShort[`ngram-${size}`]++;
    if (this.#whole.add(number, item.question)) this.short.push(number);
    else if (longest < shortest) this.tooShort.whole++;
    if (!this.#idf.add(item)) this.tooShort.idf++;
    this.#tfidf.add(`${item.passage}\n${item.question}`);
    this.#openNumbers.push(number);
  }

  /** @throws RangeError where the index has no seal, or a size is missing */
  addSealed(item: SealedItem): void {
    const sealed = this.#sealed;
    if (sealed === null) throw new RangeError("expected a seal for sealed items, got none");
    const number = this.#begin(item, false);
    const parts = [["question", item.question] as const, ...item.answers.map((grams) => ["answer", grams] as const)];
    for (const [part, grams] of parts) {
      const slot = this.#slot(number, part);
      for (const size of this.sizes) {
        const hashes = grams[String(size)] as string[] | undefined;
        if (hashes === undefined)
          throw new RangeError(
            `${item.benchmark} ${item.id}: expected hashes of ${size} words, got those of ${Object.keys(grams).join(", ")}`
          );
        sealed.addHashes(slot, size, hashes.map(halves));
      }
    }
    for (const size of this.sizes)
      if (parts.every(([, grams]) => grams[String(size)].length === 0)) this.tooShort[`ngram-${size}`]++;
  }

  /** The traces of items in a text, by method, surest first, and item. */
  scan(text: string): Trace[] {
    this.#scan ??= createBenchmarkScan(this.data(), this.#seal);
    return this.#scan(text);
  }

  /** The index as it stands, for `createBenchmarkScan`: nothing may be added then. */
  data(): BenchmarkData {
    return {
      ...{methods: this.methods, cosine: this.#cosine},
      slots: Int32Array.from(this.#slots, ({number}) => number),
      answers: Uint8Array.from(this.#slots, ({part}) => Number(part === "answer")),
      openNumbers: Int32Array.from(this.#openNumbers),
      ngrams: this.#ngrams.data(),
      sealed: this.#sealed?.data() ?? null,
      whole: this.#whole.data(),
      idf: this.#idf.data(),
      tfidf: this.#tfidf.data()
    };
  }

  #begin({benchmark, id}: Pick<BenchmarkItem, "benchmark" | "id">, open: boolean): number {
    this.#scan = null;
    this.open.push(open);
    return this.items.push({benchmark, id}) - 1;
  }

  #slot(number: number, part: "question" | "answer"): number {
    return this.#slots.push({number, part}) - 1;
  }
}
