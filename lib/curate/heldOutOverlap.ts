import {words} from "../dedup/normalise.js";
import {createShingler} from "../dedup/shingles.js";
import {createShingleTable} from "../dedup/shingleTable.js";
import type {Refusal} from "./spans.js";

export interface HeldOutOptions {
  /** words of the runs that a text must not share with a held-out one */
  ngram?: number;
  /** words a shingle, for near duplicates */
  shingle?: number;
  /** exact Jaccard similarity of shingle sets at which a text is a near duplicate */
  threshold?: number;
}

/** What a text shares with held-out texts. */
export interface Overlap {
  /** the first run of words that a held-out text has too, as it was compared: folded, without punctuation */
  ngram: string | null;
  /** the nearest held-out text at or above the threshold, the first added of equals */
  near: {id: string; jaccard: number} | null;
}

/** Words of the runs that are looked for, unless somebody says otherwise. */
export const heldOutNgram = 13;

/**
 * An index of held-out texts, built once, that says what other texts share with them: runs of words, and near duplicates
 * by exact Jaccard similarity over an inverted index, so that no candidate is missed.
 *
 * It finds copies, also lightly edited ones. It does not find paraphrases: of rephrased benchmark questions a shared
 * 13-gram finds next to none.
 * Source of the 13-gram: Brown et al. (2020), arXiv:2005.14165, appendix C.
 */
export class HeldOutOverlap {
  readonly #options: Required<HeldOutOptions>;
  readonly #runs: ReturnType<typeof createShingler>;
  readonly #shingles: ReturnType<typeof createShingler>;
  readonly #ngrams = new Postings();
  readonly #postings = new Postings();
  readonly #ids: string[] = [];
  readonly #sizes: number[] = [];
  readonly #distinct = new Distinct();

  constructor({ngram = heldOutNgram, shingle = 5, threshold = 0.8}: HeldOutOptions = {}) {
    if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`expected a threshold in (0, 1], got ${threshold}`);
    this.#options = {ngram, shingle, threshold};
    this.#runs = createShingler({size: ngram, normalisation: "plain"});
    this.#shingles = createShingler({size: shingle, normalisation: "plain"});
  }

  /** Names of the texts added so far, in their order. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Adds a held-out text under a name of its own and returns how many words it has. */
  add(id: string, text: string): number {
    const number = this.#ids.push(id) - 1;
    const runs = this.#runs(text);
    const total = runs.words;
    if (total >= this.#options.ngram)
      for (let i = 0; i < runs.count; i++) this.#ngrams.add(runs.low[i], runs.high[i], number);
    const {count, low, high} = this.#shingles(text);
    let size = 0;
    for (let i = 0; i < count; i++) if (this.#postings.add(low[i], high[i], number)) size++;
    this.#sizes.push(size);
    return total;
  }

  /** What a text shares with the texts added so far. */
  check(text: string): Overlap {
    let near = null as Overlap["near"];
    let first = -1;
    for (const {number, jaccard} of this.#near(text)) {
      if (jaccard < (near?.jaccard ?? 0) || (jaccard === near?.jaccard && number > first)) continue;
      near = {id: this.#ids[number], jaccard};
      first = number;
    }
    for (const {at} of this.#sharedRuns(text)) return {ngram: this.#run(text, at), near};
    return {ngram: null, near};
  }

  /** Every held-out text that shares something with a text: the first shared run, or null, and the similarity, or null. */
  matches(text: string): {id: string; ngram: string | null; jaccard: number | null}[] {
    const found = new Map<number, {ngram: string | null; jaccard: number | null}>();
    for (const {at, holders} of this.#sharedRuns(text)) {
      for (const number of typeof holders === "number" ? [holders] : holders)
        if (!found.has(number)) found.set(number, {ngram: this.#run(text, at), jaccard: null});
    }
    for (const {number, jaccard} of this.#near(text))
      found.set(number, {ngram: found.get(number)?.ngram ?? null, jaccard});
    return [...found].sort(([a], [b]) => a - b).map(([number, match]) => ({id: this.#ids[number], ...match}));
  }

  /** The same as a reason to refuse the text, null where it shares nothing. */
  refusal(text: string): Refusal | null {
    const {ngram, near} = this.check(text);
    if (ngram === null && near === null) return null;
    const details = [
      ...(ngram === null ? [] : [`${this.#options.ngram} words of held-out text: ${JSON.stringify(ngram)}`]),
      ...(near === null ? [] : [`Jaccard ${near.jaccard.toFixed(3)} to held-out ${near.id}`])
    ];
    return {reason: "held-out-overlap", detail: details.join("; ")};
  }

  *#sharedRuns(text: string): Generator<{at: number; holders: number | number[]}> {
    const {words: n, count, low, high} = this.#runs(text);
    if (n < this.#options.ngram) return;
    for (let at = 0; at < count; at++) {
      const holders = this.#ngrams.find(low[at], high[at]);
      if (holders !== undefined) yield {at, holders};
    }
  }

  #run(text: string, at: number): string {
    return words(text, "plain")
      .slice(at, at + this.#options.ngram)
      .join(" ");
  }

  #near(text: string): {number: number; jaccard: number}[] {
    const {count, low, high} = this.#shingles(text);
    this.#distinct.next(count);
    const shared = new Map<number, number>();
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (!this.#distinct.add(low[i], high[i])) continue;
      size++;
      const holders = this.#postings.find(low[i], high[i]);
      if (holders === undefined) continue;
      if (typeof holders === "number") shared.set(holders, (shared.get(holders) ?? 0) + 1);
      else for (const number of holders) shared.set(number, (shared.get(number) ?? 0) + 1);
    }
    const near = [];
    for (const [number, n] of shared) {
      const jaccard = n / (size + this.#sizes[number] - n);
      if (jaccard >= this.#options.threshold) near.push({number, jaccard});
    }
    return near;
  }
}

/** By shingle: the texts that hold it. */
class Postings {
  readonly #table = createShingleTable();
  readonly #holders: (number | number[])[] = [];

  /** Whether this is the text's first of this shingle; texts come one after another. */
  add(low: number, high: number, number: number): boolean {
    const shingle = this.#table.add(low, high);
    const holders = this.#holders[shingle];
    if (holders === undefined) this.#holders[shingle] = number;
    else if (typeof holders === "number") {
      if (holders === number) return false;
      this.#holders[shingle] = [holders, number];
    } else {
      if (holders.at(-1) === number) return false;
      holders.push(number);
    }
    return true;
  }

  find(low: number, high: number): number | number[] | undefined {
    const shingle = this.#table.find(low, high);
    return shingle < 0 ? undefined : this.#holders[shingle];
  }
}

/** For one text after another: whether a shingle comes for the first time in it. */
class Distinct {
  #mask = -1;
  #lows = new Int32Array(0);
  #highs = new Int32Array(0);
  /** the text that a place was last used for, so that nothing need be cleared */
  #stamps = new Int32Array(0);
  #stamp = 0;

  next(count: number): void {
    this.#stamp++;
    if (2 * count <= this.#mask && this.#stamp < 2 ** 31 - 1) return;
    let length = 1024;
    while (length < 4 * count) length *= 2;
    this.#mask = length - 1;
    this.#lows = new Int32Array(length);
    this.#highs = new Int32Array(length);
    this.#stamps = new Int32Array(length);
    this.#stamp = 1;
  }

  add(low: number, high: number): boolean {
    let at = low & this.#mask;
    while (this.#stamps[at] === this.#stamp) {
      if (this.#lows[at] === low && this.#highs[at] === high) return false;
      at = (at + 1) & this.#mask;
    }
    this.#stamps[at] = this.#stamp;
    this.#lows[at] = low;
    this.#highs[at] = high;
    return true;
  }
}
