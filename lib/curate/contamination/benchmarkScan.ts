import {createShingler, type HashedUnits, type Shingles} from "../../dedup/shingles.js";
import {createTfidfSearch, type TfidfData} from "../../dedup/tfidfSearch.js";
import {createIdfSearch, type IdfData} from "./idfSearch.js";
import {createNgramSearch, type NgramData, type Seal} from "./ngramIndex.js";
import {pieces} from "./pieces.js";
import {placedWords} from "./placedWords.js";
import {createWholeSearch, type WholeData} from "./wholeIndex.js";

/** A trace of an item in a text, by one method. */
export interface Trace {
  /** of the item, in the order they were added */
  number: number;
  /** "ngram-13" and the like, "whole", "idf" or "tfidf" */
  method: string;
  /** what of the item is shared; "item" where the method does not part it */
  part: "question" | "answer" | "item";
  /** distinct runs of words that are shared; of "idf" those that led to the item; 1 of "whole", 0 of "tfidf" */
  grams: number;
  /** "ngram-…": share of the part's runs that are there; "whole": 1; "idf": its score; "tfidf": the cosine */
  score: number;
  /** score from which the method tells */
  least: number;
  /** where in the text, in UTF-16 units, end exclusive: the longest stretch shared, the question, the passage compared */
  start: number;
  end: number;
}

/** A finished index of benchmark items: typed arrays and words, which threads may share. */
export interface BenchmarkData {
  methods: readonly string[];
  cosine: number;
  /** by number in the indexes of n-grams: the item, and whether it is one of its answers */
  slots: Int32Array;
  answers: Uint8Array;
  /** by number in the other indexes: the item */
  openNumbers: Int32Array;
  ngrams: NgramData;
  sealed: NgramData | null;
  /** by number of the item: questions too short for runs */
  whole: WholeData;
  idf: IdfData;
  tfidf: TfidfData;
}

/** A function from a text to the traces of items in it, by method, surest first, and item. */
export function createBenchmarkScan(data: BenchmarkData, seal: Seal | null): (text: string) => Trace[] {
  const {methods, cosine, slots, answers, openNumbers} = data;
  const shingle = createShingler({size: data.idf.options.ngram, normalisation: "plain"});
  const ngrams = createNgramSearch(data.ngrams);
  const sealed = data.sealed === null ? null : createNgramSearch(data.sealed, seal);
  const whole = createWholeSearch(data.whole);
  const idf = createIdfSearch(data.idf);
  const nearest = createTfidfSearch(data.tfidf);
  const rank = new Map(methods.map((method, i) => [method, i]));

  function copies(text: string, hashed: HashedUnits): Trace[] {
    const matches = ngrams(hashed);
    if (sealed !== null) matches.push(...sealed(hashed));
    if (matches.length === 0) return [];
    const {starts, ends} = placedWords(text.toWellFormed());
    return matches.map(({number, size, shared, total, from, to}) => ({
      number: slots[number],
      part: answers[number] === 1 ? "answer" : "question",
      method: `ngram-${size}`,
      grams: shared,
      score: shared / total,
      least: 0,
      start: starts[from],
      end: ends[to - 1]
    }));
  }

  function entire(text: string): Trace[] {
    return whole(text).map(({number, start, end}) => ({
      ...{number, method: "whole", part: "question" as const},
      ...{grams: 1, score: 1, least: 1, start, end}
    }));
  }

  function altered(text: string, hashed: HashedUnits & Shingles): Trace[] {
    return idf(text, hashed).map(({number, score, least, grams, start, end}) => ({
      ...{number: openNumbers[number], method: "idf", part: "item" as const},
      ...{grams, score, least, start, end}
    }));
  }

  function rephrased(text: string): Trace | null {
    let best: Trace | null = null;
    for (const {start, end} of pieces(text, {longest: 1000, overlap: 500})) {
      const piece = start === 0 && end === text.length ? text : text.slice(start, end);
      const [near] = nearest(piece, {least: Math.max(cosine, best?.score ?? 0)});
      if (near === undefined || near.cosine <= (best?.score ?? 0)) continue;
      best = {
        ...{number: openNumbers[near.number], method: "tfidf", part: "item", grams: 0},
        ...{score: near.cosine, least: cosine, start, end}
      };
    }
    return best;
  }

  return (text) => {
    const found = new Map<string, Trace>();
    for (const {start, end} of pieces(text, {longest: 1 << 20, overlap: 1 << 15})) {
      const piece = start === 0 && end === text.length ? text : text.slice(start, end);
      const hashed = shingle(piece);
      for (const trace of [...copies(piece, hashed), ...entire(piece), ...altered(piece, hashed)]) {
        const key = `${trace.method} ${trace.number}`;
        const known = found.get(key);
        if (known !== undefined && !better(trace, known)) continue;
        found.set(key, {...trace, start: trace.start + start, end: trace.end + start});
      }
    }
    const near = openNumbers.length === 0 ? null : rephrased(text);
    if (found.size === 0) return near === null ? [] : [near];
    const traces = [...found.values(), ...(near === null ? [] : [near])];
    return traces.sort((a, b) => rank.get(a.method)! - rank.get(b.method)! || a.number - b.number);
  };
}

/** A shared question tells more than a shared answer, then what has more of it. */
function better(a: Trace, b: Trace): boolean {
  if (a.part !== b.part) return a.part === "question";
  return a.score > b.score;
}
