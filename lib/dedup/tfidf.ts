import {createShingleTable} from "./shingleTable.js";
import {createTfidfSearch, tailsOf, type NearestOptions, type Neighbour, type TfidfData} from "./tfidfSearch.js";
import {createTermReader} from "./tfidfTerms.js";

/**
 * An inverted index of texts by TF-IDF, which finds the nearest ones by cosine, exactly: what is passed over could not
 * have been among them. First all texts are added, then `nearest` is asked; each later `add` makes the next question
 * weigh anew. Results depend on the texts and their order alone.
 *
 * A term counts once however often it stands there, times ln(1 + (N − n + ½) / (n + ½)) where n of the N texts of the
 * index hold it (a term that none holds lengthens the asking text's vector). Counting repeats, linearly or by their
 * logarithm, makes neighbours of texts about one thing; measured on word problems it nominated two to ten times as many
 * strangers at one recall of retold ones.
 *
 * It finds texts that say the same in partly the same words. It does not find translations, nor a short text within a
 * long one: ask with passages.
 * Source of the weight: Robertson & Spärck Jones (1976), kept above 0 as in Lucene.
 */
export class TfidfIndex {
  readonly #read = createTermReader();
  readonly #table = createShingleTable();
  /** by text: where its terms begin; its terms and what they count beside a word */
  #starts = new Int32Array(1024);
  #terms = new Int32Array(16_384);
  #counts = new Float32Array(16_384);
  #size = 0;
  #search: ReturnType<typeof createTfidfSearch> | null = null;
  /** by term: the last text that it was seen in, plus 1 */
  #seen = new Int32Array(1024);

  /** How many texts there are. */
  get size(): number {
    return this.#size;
  }

  /** Adds a text and returns its number. */
  add(text: string): number {
    const terms = this.#read(text);
    let at = this.#starts[this.#size];
    this.#terms = grown(this.#terms, at + terms.count);
    this.#counts = grown(this.#counts, at + terms.count);
    for (let i = 0; i < terms.count; i++) {
      const term = this.#table.add(terms.low[i], terms.high[i]);
      this.#seen = grown(this.#seen, term + 1);
      if (this.#seen[term] === this.#size + 1) continue;
      this.#seen[term] = this.#size + 1;
      this.#terms[at] = term;
      this.#counts[at++] = terms.weight[i];
    }
    this.#starts = grown(this.#starts, this.#size + 2);
    this.#starts[++this.#size] = at;
    this.#search = null;
    return this.#size - 1;
  }

  /** The nearest texts, as `createTfidfSearch` says. */
  nearest(text: string, options?: NearestOptions): Neighbour[] {
    this.#search ??= createTfidfSearch(this.data());
    return this.#search(text, options);
  }

  /** The index as it stands, to be searched elsewhere; it shares arrays with this one, to which nothing may be added then. */
  data(): TfidfData {
    const [n, count, total] = [this.#size, this.#table.size, this.#starts[this.#size]];
    const holders = new Int32Array(count);
    for (let p = 0; p < total; p++) holders[this.#terms[p]]++;
    const byRank = Int32Array.from(holders, (_, term) => term).sort((a, b) => holders[a] - holders[b] || a - b);
    const ranks = new Int32Array(count);
    byRank.forEach((term, rank) => (ranks[term] = rank));
    const rarity = (held: number): number => Math.log(1 + (n - held + 0.5) / (held + 0.5));
    const idf = Float64Array.from(byRank, (term) => rarity(holders[term]));
    const offsets = new Int32Array(count + 1);
    for (let rank = 0; rank < count; rank++) offsets[rank + 1] = offsets[rank] + holders[byRank[rank]];
    const termsOf = Int32Array.from(this.#terms.subarray(0, total), (term) => ranks[term]);
    const weights = new Float32Array(total);
    const texts = new Int32Array(total);
    const postings = new Float32Array(total);
    const next = offsets.slice(0, count);
    for (let number = 0; number < n; number++) {
      const [start, end] = [this.#starts[number], this.#starts[number + 1]];
      let squares = 0;
      for (let p = start; p < end; p++) squares += (this.#counts[p] * idf[termsOf[p]]) ** 2;
      const norm = Math.sqrt(squares);
      for (let p = start; p < end; p++) {
        const rank = termsOf[p];
        weights[p] = (this.#counts[p] * idf[rank]) / norm;
        texts[next[rank]] = number;
        postings[next[rank]++] = weights[p];
      }
    }
    const data = {
      ...{size: n, terms: this.#table.data(), ranks, starts: this.#starts.slice(0, n + 1), termsOf},
      ...{weights, idf, unknown: rarity(0), offsets, texts, postings}
    };
    return {...data, tails: tailsOf(data)};
  }
}

function grown<T extends Int32Array | Float32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const wider = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  wider.set(array);
  return wider;
}
