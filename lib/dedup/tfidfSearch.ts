import {createShingleTable, type ShingleTableData} from "./shingleTable.js";
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

/** A finished index of texts: typed arrays alone, which threads may share. Nobody writes to them. */
export interface TfidfData {
  size: number;
  terms: ShingleTableData;
  /** by a term's number in the table: its rank, 0 the rarest; below, a term is its rank */
  ranks: Int32Array;
  /** by text: where its terms begin */
  starts: Int32Array;
  /** the texts' terms, one text after another, and each term's weight in its text, whose squares add up to 1 */
  termsOf: Int32Array;
  weights: Float32Array;
  /** by term; and weight of a term that no text holds */
  idf: Float64Array;
  unknown: number;
  /** by term: where its postings begin: texts that hold it, in their order, and its weight there */
  offsets: Int32Array;
  texts: Int32Array;
  postings: Float32Array;
  /** by level of idf and text: length of its vector once only terms of at most this level are left, in 255ths, rounded up */
  tails: Uint8Array;
}

/** Levels of idf, evenly spaced, for which the lengths of tails are kept. */
const levels = 32;
/** Above what sums of 32-bit weights can be off by. */
const slack = 1e-5;

/** The level of an idf, 0 for the commonest terms. */
function levelOf(idf: number, unknown: number): number {
  return Math.min(levels - 1, Math.floor((levels * idf) / unknown));
}

/** For each level and text: how long the vector of its terms of at most this level is, in 255ths, rounded up. */
export function tailsOf({size, starts, termsOf, weights, idf, unknown}: Omit<TfidfData, "tails">): Uint8Array {
  const tails = new Uint8Array(levels * size);
  const squares = new Float64Array(levels);
  for (let number = 0; number < size; number++) {
    squares.fill(0);
    for (let p = starts[number]; p < starts[number + 1]; p++)
      squares[levelOf(idf[termsOf[p]], unknown)] += weights[p] ** 2;
    let sum = 0;
    for (let level = 0; level < levels; level++)
      tails[level * size + number] = Math.min(255, Math.ceil(255 * Math.sqrt((sum += squares[level]))));
  }
  return tails;
}

/**
 * A function that finds the texts of an index that are nearest to a text by cosine: nearest first, of equals the first
 * added; fewer than k where fewer share a term with it. Exact: what is passed over could not have been among them.
 *
 * Terms are taken rarest first. Two vectors' common part, as far as it has only terms not yet taken, is at most the
 * product of the lengths of what is left of either. Once the question's own rest is shorter than the bar, no text that was
 * not met can reach it; of those met, only such are computed whose sum so far, with the product of the two rests, can.
 * Source of the bound: Anastasiu & Karypis (2014), doi:10.1109/ICDE.2014.6816700 (the l2-norm bound of L2AP).
 *
 * @throws RangeError for a k below 1 or a cosine outside [0, 1]
 */
export function createTfidfSearch(data: TfidfData): (text: string, options?: NearestOptions) => Neighbour[] {
  const {size, ranks, starts, termsOf, weights, idf, unknown, offsets, texts, postings, tails} = data;
  const read = createTermReader();
  const table = createShingleTable(data.terms);
  // Zero between two questions. Sums of 32 bits: what they are off by is well below `slack`.
  const partial = new Float32Array(size);
  const query = new Float64Array(idf.length);
  // One more, for the place that is written to and not counted.
  const met = new Int32Array(size + 1);
  // By term: the last question that it was seen in.
  const seen = new Int32Array(idf.length);
  let question = 0;
  const strange = createStamps();
  let asked = new Int32Array(256);

  /** The distinct terms of a text that the index knows, with their weights in `query`, and the sum of squares of all. */
  function ask(terms: Terms): {known: number; squares: number} {
    if (++question === 2 ** 31 - 1) seen.fill((question = 1) - 1);
    if (asked.length < terms.count) asked = new Int32Array(2 * terms.count);
    strange.next(terms.count);
    let known = 0;
    let squares = 0;
    for (let i = 0; i < terms.count; i++) {
      const number = table.find(terms.low[i], terms.high[i]);
      let weight: number;
      if (number >= 0) {
        const term = ranks[number];
        if (seen[term] === question) continue;
        seen[term] = question;
        asked[known++] = term;
        query[term] = weight = terms.weight[i] * idf[term];
      } else {
        if (!strange.add(terms.low[i])) continue;
        weight = terms.weight[i] * unknown;
      }
      squares += weight * weight;
    }
    return {known, squares};
  }

  function exact(number: number): number {
    let cosine = 0;
    for (let p = starts[number]; p < starts[number + 1]; p++) cosine += query[termsOf[p]] * weights[p];
    return Math.min(1, cosine);
  }

  return (text, {k = 1, least = 0, except = -1} = {}) => {
    if (!(k >= 1)) throw new RangeError(`expected 1 neighbour or more, got ${k}`);
    if (!(least >= 0 && least <= 1)) throw new RangeError(`expected a cosine in [0, 1], got ${least}`);
    const {known, squares} = ask(read(text));
    const norm = Math.sqrt(squares);
    const order = asked.subarray(0, known).sort();
    // From each place on: how long the rest of the question is.
    const rest = new Float64Array(order.length + 1);
    for (let i = order.length - 1, sum = 0; i >= 0; i--) {
      query[order[i]] /= norm;
      rest[i] = Math.sqrt((sum += query[order[i]] ** 2));
    }
    let bar = least;
    let found = 0;
    let done = 0;
    for (; done < order.length && rest[done] + slack >= bar; done++) {
      const term = order[done];
      const weight = query[term];
      for (let p = offsets[term]; p < offsets[term + 1]; p++) {
        const number = texts[p];
        const before = partial[number];
        // Whether it is new cannot be predicted, so no branch hangs on it.
        met[found] = number;
        found += Number(before === 0);
        const sum = before + weight * postings[p];
        partial[number] = sum;
        if (k === 1 && sum > bar && number !== except) bar = sum;
      }
    }
    const left = done === order.length ? 0 : rest[done] / 255;
    const tail = size * (done === order.length ? 0 : levelOf(idf[order[done]], unknown));
    const out: Neighbour[] = [];
    for (let i = 0; i < found; i++) {
      const number = met[i];
      const most = partial[number] + left * tails[tail + number] + slack;
      partial[number] = 0;
      if (most < bar || number === except || (out.length === k && most < out[k - 1].cosine)) continue;
      const cosine = exact(number);
      if (cosine > 0 && cosine >= least) insert(out, {number, cosine}, k);
    }
    for (const term of order) query[term] = 0;
    return out;
  };
}

/** Numbers seen within one question, without clearing between two. */
function createStamps(): {next(count: number): void; add(number: number): boolean} {
  let numbers = new Int32Array(256);
  let stamps = new Int32Array(256);
  let stamp = 0;
  return {
    next(count) {
      if (++stamp < 2 ** 31 - 1 && 2 * count <= stamps.length) return;
      let length = stamps.length;
      while (length < 2 * count) length *= 2;
      numbers = new Int32Array(length);
      stamps = new Int32Array(length);
      stamp = 1;
    },
    add(number) {
      const mask = stamps.length - 1;
      let at = (Math.imul(number, 0x9e3779b1) >>> 8) & mask;
      while (stamps[at] === stamp) {
        if (numbers[at] === number) return false;
        at = (at + 1) & mask;
      }
      stamps[at] = stamp;
      numbers[at] = number;
      return true;
    }
  };
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
