import {words} from "../dedup/normalise.js";
import {createShingler, type HashedUnits, type Shingles} from "../dedup/shingles.js";
import {createNgramSearch, NgramIndex, type GramMatch} from "./contamination/ngramIndex.js";
import {Postings, PostingsReader} from "./contamination/postings.js";
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
  readonly #shingles: ReturnType<typeof createShingler>;
  readonly #ngrams: NgramIndex;
  readonly #postings = new Postings();
  readonly #ids: string[] = [];
  readonly #sizes: number[] = [];
  readonly #distinct = new Distinct();
  #reader: PostingsReader | null = null;
  #search: ((text: HashedUnits) => GramMatch[]) | null = null;

  constructor({ngram = heldOutNgram, shingle = 5, threshold = 0.8}: HeldOutOptions = {}) {
    if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`expected a threshold in (0, 1], got ${threshold}`);
    this.#options = {ngram, shingle, threshold};
    this.#ngrams = new NgramIndex({sizes: [ngram]});
    this.#shingles = createShingler({size: shingle, normalisation: "plain"});
  }

  /** Names of the texts added so far, in their order. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** Adds a held-out text under a name of its own and returns how many words it has. */
  add(id: string, text: string): number {
    this.#reader = this.#search = null;
    const number = this.#ids.push(id) - 1;
    const total = this.#ngrams.add(number, text);
    const {count, low, high} = this.#shingles(text);
    let size = 0;
    for (let i = 0; i < count; i++) if (this.#postings.add(low[i], high[i], number)) size++;
    this.#sizes.push(size);
    return total;
  }

  /** What a text shares with the texts added so far. */
  check(text: string): Overlap {
    if (this.#ids.length === 0) return {ngram: null, near: null};
    // Hashed once for both: runs of either length are made of the same words.
    const hashed = this.#shingles(text);
    let near = null as Overlap["near"];
    let nearest = -1;
    for (const {number, jaccard} of this.#near(hashed)) {
      if (jaccard < (near?.jaccard ?? 0) || (jaccard === near?.jaccard && number > nearest)) continue;
      near = {id: this.#ids[number], jaccard};
      nearest = number;
    }
    this.#search ??= createNgramSearch(this.#ngrams.data());
    const places = this.#search(hashed).map(({first}) => first);
    return {
      ngram:
        places.length === 0
          ? null
          : this.#run(
              text,
              places.reduce((a, b) => Math.min(a, b))
            ),
      near
    };
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

  #run(text: string, at: number): string {
    return words(text, "plain")
      .slice(at, at + this.#options.ngram)
      .join(" ");
  }

  #near({count, low, high}: Shingles): {number: number; jaccard: number}[] {
    const reader = (this.#reader ??= new PostingsReader(this.#postings.data()));
    this.#distinct.next(count);
    const shared = new Map<number, number>();
    // With more shingles than these that nobody holds, no held-out text reaches the threshold: Jaccard ≤ 1 − misses / size.
    let misses = (1 - this.#options.threshold) * count + 1;
    let size = 0;
    for (let i = 0; i < count; i++) {
      if (!this.#distinct.add(low[i], high[i])) continue;
      size++;
      const shingle = reader.find(low[i], high[i]);
      if (shingle < 0) {
        if (--misses < 0) return [];
        continue;
      }
      for (let p = reader.offsets[shingle]; p < reader.offsets[shingle + 1]; p++)
        shared.set(reader.holders[p], (shared.get(reader.holders[p]) ?? 0) + 1);
    }
    const near = [];
    for (const [number, n] of shared) {
      const jaccard = n / (size + this.#sizes[number] - n);
      if (jaccard >= this.#options.threshold) near.push({number, jaccard});
    }
    return near;
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
