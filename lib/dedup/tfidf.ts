import {createShingleTable} from "./shingleTable.js";
import {createTermReader, type Terms} from "./tfidfTerms.js";

/** A text of the index that is near another text. */
export interface Neighbour {
  /** in the order in which the texts were added, from 0 */
  number: number;
  /** of the two texts' weighted terms, in [0, 1] */
  cosine: number;
}

export interface NearestOptions {
  /** how many at most; Infinity for all */
  k?: number;
  /** cosine that a neighbour must have; above 0 */
  least?: number;
  /** number of a text that is left out: the text itself, where it is in the index */
  except?: number;
}

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
 * Source of the weight: Robertson & Spärck Jones (1976), kept above 0 as in Lucene; of passing over terms whose weights
 * cannot change the outcome: Turtle & Flood (1995), doi:10.1016/0306-4573(95)00020-H (max-score).
 */
export class TfidfIndex {
  readonly #read = createTermReader();
  readonly #table = createShingleTable();
  /** by text: where its terms begin; its terms and what they count beside a word */
  #starts = new Int32Array(1024);
  #terms = new Int32Array(16_384);
  #counts = new Float32Array(16_384);
  #size = 0;
  #weighed: Weighed | null = null;
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
    this.#weighed = null;
    return this.#size - 1;
  }

  /** The nearest texts, nearest first, of equals the first added; fewer than k where fewer share a term with it. */
  nearest(text: string, {k = 1, least = 0, except = -1}: NearestOptions = {}): Neighbour[] {
    if (!(k >= 1)) throw new RangeError(`expected 1 neighbour or more, got ${k}`);
    if (!(least >= 0 && least <= 1)) throw new RangeError(`expected a cosine in [0, 1], got ${least}`);
    this.#weighed ??= this.#weigh();
    const {weights, idf, unknown, offsets, texts, postings, largest, partial, touched, query} = this.#weighed;
    const {asked, squares} = this.#ask(this.#read(text), idf, unknown);
    if (asked.length === 0) return [];
    const norm = Math.sqrt(squares);
    // Heaviest terms first: they are the rarest, and decide.
    asked.sort((a, b) => b.weight - a.weight || a.term - b.term);
    for (const each of asked) query[each.term] = each.weight /= norm;
    const rest = bounds(asked, largest);

    let found = 0;
    let best = 0;
    let done = 0;
    for (; done < asked.length; done++) {
      if (rest[done] + slack < (k === 1 ? Math.max(least, best) : least)) break;
      const {term, weight} = asked[done];
      for (let p = offsets[term]; p < offsets[term + 1]; p++) {
        const number = texts[p];
        if (partial[number] === 0) touched[found++] = number;
        partial[number] += weight * postings[p];
        if (partial[number] > best && number !== except) best = partial[number];
      }
    }
    // Nobody new can be near enough. Who is left is told apart by the next term, or looked at where they are few.
    for (; ; done++) {
      const bar = k === 1 ? Math.max(least, best) : least;
      let left = 0;
      for (let i = 0; i < found; i++) {
        const number = touched[i];
        if (partial[number] + rest[done] + slack >= bar) touched[left++] = number;
        else partial[number] = 0;
      }
      found = left;
      if (done === asked.length || found <= few) break;
      const {term, weight} = asked[done];
      for (let p = offsets[term]; p < offsets[term + 1]; p++) {
        const number = texts[p];
        if (partial[number] === 0) continue;
        partial[number] += weight * postings[p];
        if (partial[number] > best && number !== except) best = partial[number];
      }
    }
    const out: Neighbour[] = [];
    for (let i = 0; i < found; i++) {
      const number = touched[i];
      const most = partial[number] + rest[done] + slack;
      partial[number] = 0;
      const wanted = out.length < k ? least : out[out.length - 1].cosine;
      if (number === except || most < (k === 1 ? Math.max(wanted, best) : wanted)) continue;
      let cosine = 0;
      for (let p = this.#starts[number]; p < this.#starts[number + 1]; p++)
        cosine += query[this.#terms[p]] * weights[p];
      cosine = Math.min(1, cosine);
      if (cosine > 0 && cosine >= least) insert(out, {number, cosine}, k);
    }
    for (const {term} of asked) query[term] = 0;
    return out;
  }

  /** The distinct terms of a text that the index knows, weighted, and the sum of squares of all its weights. */
  #ask(terms: Terms, idf: Float64Array, unknown: number): {asked: Asked[]; squares: number} {
    const asked: Asked[] = [];
    const known = new Set<number>();
    const strange = new Set<number>();
    let squares = 0;
    for (let i = 0; i < terms.count; i++) {
      const term = this.#table.find(terms.low[i], terms.high[i]);
      const [seen, name] = term < 0 ? [strange, terms.low[i]] : [known, term];
      if (seen.has(name)) continue;
      seen.add(name);
      const weight = terms.weight[i] * (term < 0 ? unknown : idf[term]);
      squares += weight * weight;
      if (term >= 0) asked.push({term, weight});
    }
    return {asked, squares};
  }

  #weigh(): Weighed {
    const [n, terms, total] = [this.#size, this.#table.size, this.#starts[this.#size]];
    const offsets = new Int32Array(terms + 1);
    for (let p = 0; p < total; p++) offsets[this.#terms[p] + 1]++;
    const idf = new Float64Array(terms);
    const rarity = (holders: number): number => Math.log(1 + (n - holders + 0.5) / (holders + 0.5));
    for (let term = 0; term < terms; term++) {
      idf[term] = rarity(offsets[term + 1]);
      offsets[term + 1] += offsets[term];
    }
    const weights = new Float32Array(total);
    const texts = new Int32Array(total);
    const postings = new Float32Array(total);
    const largest = new Float64Array(terms);
    const next = offsets.slice(0, terms);
    for (let number = 0; number < n; number++) {
      const [start, end] = [this.#starts[number], this.#starts[number + 1]];
      let squares = 0;
      for (let p = start; p < end; p++) squares += (this.#counts[p] * idf[this.#terms[p]]) ** 2;
      const norm = Math.sqrt(squares);
      for (let p = start; p < end; p++) {
        const term = this.#terms[p];
        weights[p] = (this.#counts[p] * idf[term]) / norm;
        largest[term] = Math.max(largest[term], weights[p]);
        texts[next[term]] = number;
        postings[next[term]++] = weights[p];
      }
    }
    return {
      ...{weights, idf, offsets, texts, postings, largest},
      unknown: rarity(0),
      partial: new Float64Array(n),
      touched: new Int32Array(n),
      query: new Float64Array(terms)
    };
  }
}

interface Asked {
  term: number;
  weight: number;
}

interface Weighed {
  /** by place in the texts' terms: the term's weight in its text, whose squares add up to 1 */
  weights: Float32Array;
  idf: Float64Array;
  /** weight of a term that no text holds */
  unknown: number;
  /** by term: where its postings begin, and the largest weight among them */
  offsets: Int32Array;
  largest: Float64Array;
  /** texts that hold the term, in their order, and its weight there */
  texts: Int32Array;
  postings: Float32Array;
  /** zero between two questions */
  partial: Float64Array;
  query: Float64Array;
  touched: Int32Array;
}

/** Texts of which every term is looked at sooner than the next term's postings. */
const few = 16;
/** Above what sums of 32-bit weights can be off by. */
const slack = 1e-5;

/** From each place on: what the terms there can add to a cosine at most, by their largest weights or by their norm. */
function bounds(asked: readonly Asked[], largest: Float64Array): Float64Array {
  const rest = new Float64Array(asked.length + 1);
  let sum = 0;
  let squares = 0;
  for (let i = asked.length - 1; i >= 0; i--) {
    sum += asked[i].weight * largest[asked[i].term];
    squares += asked[i].weight ** 2;
    rest[i] = Math.min(sum, Math.sqrt(squares));
  }
  return rest;
}

function insert(out: Neighbour[], neighbour: Neighbour, k: number): void {
  const before = (a: Neighbour, b: Neighbour): boolean =>
    a.cosine > b.cosine || (a.cosine === b.cosine && a.number < b.number);
  let low = 0;
  for (let high = out.length; low < high;) {
    const middle = (low + high) >> 1;
    if (before(out[middle], neighbour)) low = middle + 1;
    else high = middle;
  }
  if (low >= k) return;
  out.splice(low, 0, neighbour);
  if (out.length > k) out.pop();
}

function grown<T extends Int32Array | Float32Array>(array: T, length: number): T {
  if (length <= array.length) return array;
  const wider = new (array.constructor as new (length: number) => T)(Math.max(length, 2 * array.length));
  wider.set(array);
  return wider;
}
