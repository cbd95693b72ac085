import {createShingler, hashRuns, type HashedUnits} from "../../dedup/shingles.js";
import {Postings, PostingsReader, type PostingsData} from "./postings.js";

/** Words of the runs that are looked for, unless somebody says otherwise. */
export const gramSizes: readonly number[] = [13, 10, 8];

/** Replaces the two hashes of a shingle, so that an index can be made and asked without the text that it came from. */
export type Seal = (low: number, high: number) => readonly [number, number];

/** What a text shares with one of the index, by runs of one size. */
export interface GramMatch {
  /** of the text in the index */
  number: number;
  size: number;
  /** distinct runs of words that both hold, and that the text in the index has */
  shared: number;
  total: number;
  /** word at which the first shared run begins, counted from 0 */
  first: number;
  /** the longest stretch of words that is shared without a gap: from its first word to after its last */
  from: number;
  to: number;
}

/** A finished index: typed arrays alone, which threads may share. */
export interface NgramData {
  /** longest first; by size: how many runs a text has, by its number, and who holds them */
  sizes: readonly number[];
  totals: readonly Int32Array[];
  postings: readonly PostingsData[];
}

/**
 * An index of texts by their runs of words, of several sizes: finds copies, however short the copied part, as long as it
 * has that many words. Words are compared in lower case without accents, punctuation and symbols only part them: on
 * GSM8K's questions (80, 9 and 3 of 1,319 share 8, 10 and 13 words with a training question) this and /[a-z0-9]+/ agree.
 *
 * It finds no paraphrase: of rephrased benchmark questions a shared 13-gram finds next to none.
 * Source of 13: Brown et al. (2020), arXiv:2005.14165, appendix C; of 10: Touvron et al. (2023), arXiv:2307.09288, A.6; of
 * 8: Chowdhery et al. (2022), arXiv:2204.02311, section 8.
 */
export class NgramIndex {
  /** longest first */
  readonly sizes: readonly number[];
  readonly #seal: Seal | null;
  readonly #shinglers: readonly ReturnType<typeof createShingler>[];
  readonly #postings: readonly Postings[];
  readonly #totals: readonly number[][];
  #search: ((text: HashedUnits) => GramMatch[]) | null = null;

  constructor({sizes = gramSizes, seal = null}: {sizes?: readonly number[]; seal?: Seal | null} = {}) {
    if (sizes.length === 0) throw new RangeError("expected at least one size of runs, got none");
    this.sizes = [...new Set(sizes)].sort((a, b) => b - a);
    this.#seal = seal;
    this.#shinglers = this.sizes.map((size) => createShingler({size, normalisation: "plain"}));
    this.#postings = this.sizes.map(() => new Postings());
    this.#totals = this.sizes.map(() => []);
  }

  /** Adds a text under a number, larger than those before, and returns how many words it has. */
  add(number: number, text: string): number {
    let total = 0;
    this.sizes.forEach((size, i) => {
      const {words, count, low, high} = this.#shinglers[i](text);
      total = words;
      if (words < size) return;
      for (let at = 0; at < count; at++) {
        if (this.#seal === null) this.#put(i, number, low[at], high[at]);
        else this.#put(i, number, ...this.#seal(low[at], high[at]));
      }
    });
    return total;
  }

  /** Adds a text by the sealed hashes of its runs of one size. */
  addHashes(number: number, size: number, hashes: Iterable<readonly [number, number]>): void {
    const i = this.sizes.indexOf(size);
    if (i < 0) throw new RangeError(`expected runs of ${this.sizes.join(", ")} words, got ${size}`);
    for (const [low, high] of hashes) this.#put(i, number, low, high);
  }

  /** What a text shares with those of the index, by size and number; nothing where a shorter size shares nothing. */
  matches(text: string): GramMatch[] {
    this.#search ??= createNgramSearch(this.data(), this.#seal);
    return this.#search(this.#shinglers[0](text));
  }

  /** The index as it stands, to be searched elsewhere: nothing may be added then. */
  data(): NgramData {
    return {
      sizes: this.sizes,
      totals: this.#totals.map((totals) => Int32Array.from(totals, (total) => total ?? 0)),
      postings: this.#postings.map((postings) => postings.data())
    };
  }

  #put(i: number, number: number, low: number, high: number): void {
    this.#search = null;
    if (this.#postings[i].add(low, high, number)) this.#totals[i][number] = (this.#totals[i][number] ?? 0) + 1;
  }
}

/** A function that finds what a text, hashed as "plain" words, shares with the texts of an index, as `matches` does. */
export function createNgramSearch(
  {sizes, totals, postings}: NgramData,
  seal: Seal | null = null
): (text: HashedUnits) => GramMatch[] {
  const readers = postings.map((data) => new PostingsReader(data));
  let low = new Int32Array(1024);
  let high = new Int32Array(1024);
  // By place in the text: the shingle there, −1 where nobody holds it.
  let shingles = new Int32Array(1024);

  function found(reader: PostingsReader, count: number): boolean {
    let any = -1;
    for (let at = 0; at < count; at++) {
      const shingle = seal === null ? reader.find(low[at], high[at]) : reader.find(...seal(low[at], high[at]));
      shingles[at] = shingle;
      any &= shingle;
    }
    // Every −1 has all bits, any number of a shingle has not the highest.
    return any >= 0;
  }

  function matchesOf(i: number, count: number): GramMatch[] {
    const size = sizes[i];
    const {offsets, holders} = readers[i];
    const open = new Map<number, GramMatch & {begin: number; last: number}>();
    const seen = new Set<number>();
    for (let at = 0; at < count; at++) {
      const shingle = shingles[at];
      if (shingle < 0) continue;
      const fresh = !seen.has(shingle);
      seen.add(shingle);
      for (let p = offsets[shingle]; p < offsets[shingle + 1]; p++) {
        const number = holders[p];
        let match = open.get(number);
        if (match === undefined) {
          const total = totals[i][number];
          match = {number, size, shared: 0, total, first: at, from: at, to: at + size, begin: at, last: at};
          open.set(number, match);
        }
        if (fresh) match.shared++;
        if (at > match.last + 1) match.begin = at;
        match.last = at;
        if (at + size - match.begin > match.to - match.from) [match.from, match.to] = [match.begin, at + size];
      }
    }
    return [...open.values()].map(({begin: _, last: __, ...match}) => match).sort((a, b) => a.number - b.number);
  }

  return (text) => {
    if (text.words > low.length)
      [low, high, shingles] = [low, high, shingles].map(() => new Int32Array(2 * text.words));
    const out: GramMatch[] = [];
    // Who shares a longer run shares a shorter one: the shortest size, asked first, mostly ends it.
    for (let i = sizes.length - 1; i >= 0; i--) {
      if (text.words < sizes[i]) break;
      const count = hashRuns(text, sizes[i], low, high);
      if (!found(readers[i], count)) break;
      out.unshift(...matchesOf(i, count));
    }
    return out;
  };
}
