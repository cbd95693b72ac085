import {createShingleTable, type ShingleTableData} from "../../dedup/shingleTable.js";
import type {HashedUnits, Shingles} from "../../dedup/shingles.js";
import {align} from "./align.js";
import {placedWords, type PlacedWords} from "./placedWords.js";
import {PostingsReader, type PostingsData} from "./postings.js";

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

/** A finished index of items: typed arrays and the words themselves, which threads may share. */
export interface IdfData {
  options: typeof idfDefaults;
  postings: PostingsData;
  /** numbers of words, by the hashes of each; the words; what each weighs */
  vocabulary: ShingleTableData;
  words: readonly string[];
  weights: Float64Array;
  /** by item: where its parts begin: question, passage, answers; by part: where its words begin; the words' numbers */
  items: Int32Array;
  parts: Int32Array;
  wordsOf: Int32Array;
}

/** Items that share a run of words, beyond which the run leads to none of them: "which of the following is". */
const hot = 64;

/**
 * A function that finds the items of an index that are in a text, by number, as `IdfIndex` says.
 *
 * @param hashed the text's "plain" words, and its shingles of `ngram` words
 */
export function createIdfSearch(data: IdfData): (text: string, hashed: HashedUnits & Shingles) => IdfMatch[] {
  const {options, words: vocabulary, weights, items, parts, wordsOf} = data;
  const reader = new PostingsReader(data.postings);
  const table = createShingleTable(data.vocabulary);
  const size = items.length - 1;
  // By item: its first and last run in the text, plus 1; by run: where it stands, and the item's next one, plus 1.
  const first = new Int32Array(size);
  const last = new Int32Array(size);
  const runs: number[] = [];
  const following: number[] = [];
  let ids = new Int32Array(1024);
  // By word: the last stretch that it was seen in; the stretch.
  const seen = new Int32Array(vocabulary.length);
  let stamp = 0;
  let stamped = [0, 0];

  /** Notes runs that lead to items; the items, in the order they were met. */
  function lead({words, count, low, high}: Shingles): number[] {
    const led: number[] = [];
    runs.length = following.length = 0;
    if (words < options.ngram) return led;
    for (let at = 0; at < count; at += options.sampleEvery) {
      const shingle = reader.find(low[at], high[at]);
      if (shingle < 0) continue;
      const [from, to] = [reader.offsets[shingle], reader.offsets[shingle + 1]];
      if (to - from > hot) continue;
      for (let p = from; p < to; p++) {
        const number = reader.holders[p];
        const run = runs.push(at);
        following.push(0);
        if (first[number] === 0) {
          led.push(number);
          first[number] = run;
        } else following[last[number] - 1] = run;
        last[number] = run;
      }
    }
    return led;
  }

  function placesOf(number: number): number[] {
    const places: number[] = [];
    for (let run = first[number]; run !== 0; run = following[run - 1]) places.push(runs[run - 1]);
    first[number] = last[number] = 0;
    return places;
  }

  /** Whether half of a question's weight is somewhere in a stretch: without it no alignment reaches the threshold. */
  function enough(part: number, from: number, to: number): boolean {
    if (stamp === 0 || from !== stamped[0] || to !== stamped[1]) {
      if (++stamp === 2 ** 31 - 1) seen.fill((stamp = 1) - 1);
      stamped = [from, to];
      for (let i = from; i < to; i++) if (ids[i] >= 0) seen[ids[i]] = stamp;
    }
    let [sum, total] = [0, 0];
    for (let i = parts[part]; i < parts[part + 1]; i++) {
      const word = wordsOf[i];
      total += weights[word];
      if (seen[word] === stamp) sum += weights[word];
    }
    return sum >= 0.5 * total;
  }

  function read(part: number): {words: string[]; weights: number[]} {
    const own = Array.from(wordsOf.subarray(parts[part], parts[part + 1]));
    return {words: own.map((word) => vocabulary[word]), weights: own.map((word) => weights[word])};
  }

  function score(
    number: number,
    places: readonly number[],
    length: number,
    placed: () => PlacedWords
  ): ({score: number; least: number; from: number; to: number} & Shares) | null {
    const [question, passage] = [items[number], items[number] + 1];
    const asked = parts[question + 1] - parts[question];
    const told = parts[passage + 1] - parts[passage];
    const reach = asked + told + options.passageDistance;
    let best: ({score: number; least: number; from: number; to: number} & Shares) | null = null;
    // Places further apart than the item reaches are tried one by one.
    for (let i = 0; i < places.length;) {
      const begin = Math.max(0, places[i] - reach);
      for (const from = places[i]; i < places.length && places[i] - from <= reach;) i++;
      const end = Math.min(length, places[i - 1] + reach);
      if (!enough(question, begin, end)) continue;
      const {words} = placed();
      const stretch = words.slice(begin, end);
      const own = read(question);
      const found = align(own.words, own.weights, stretch);
      if (found.covered === 0) continue;
      const beside = told === 0 ? null : read(passage);
      const passageShare = beside === null ? null : align(beside.words, beside.weights, stretch).covered;
      const after = begin + found.to;
      for (let answer = passage + 1; answer < items[number + 1] || answer === passage + 1; answer++) {
        const reply = answer < items[number + 1] ? read(answer) : null;
        const shares = {
          question: found.covered,
          passage: passageShare,
          answer: reply === null ? null : answered(reply, words, after)
        };
        const value = weighted(shares, asked - options.ngram + 1);
        if (best !== null && best.score >= value) continue;
        const needed = least(asked + told + (reply?.words.length ?? 0));
        best = {...shares, score: value, least: needed, from: begin + found.from, to: after};
      }
    }
    return best;
  }

  function answered(
    reply: {words: readonly string[]; weights: readonly number[]},
    words: readonly string[],
    after: number
  ): number {
    const {shortAnswer, shortWindow, longWindow} = options;
    const length = reply.words.length;
    if (length > shortAnswer) {
      const stretch = words.slice(after, after + Math.max(longWindow, 2 * length));
      return align(reply.words, reply.weights, stretch).covered;
    }
    const end = Math.min(words.length, after + shortWindow) - length;
    for (let at = after; at <= end; at++) if (reply.words.every((word, i) => words[at + i] === word)) return 1;
    return 0;
  }

  function least(length: number): number {
    const {threshold, perfectUntil, thresholdFrom} = options;
    const along = Math.min(1, Math.max(0, (length - perfectUntil) / (thresholdFrom - perfectUntil)));
    return 1 - (1 - threshold) * along;
  }

  return (text, hashed) => {
    const led = lead(hashed);
    if (led.length === 0) return [];
    const {words, lowUnits, highUnits} = hashed;
    if (words > ids.length) ids = new Int32Array(2 * words);
    for (let i = 0; i < words; i++) ids[i] = table.find(lowUnits[i], highUnits[i]);
    stamp++;
    stamped = [-1, -1];
    let read: PlacedWords | undefined;
    const placed = (): PlacedWords => (read ??= placedWords(text.toWellFormed()));
    const out: IdfMatch[] = [];
    for (const number of led) {
      const places = placesOf(number);
      const found = score(number, places, words, placed);
      if (found === null || found.score + 1e-9 < found.least) continue;
      const {from, to, ...match} = found;
      const {starts, ends} = placed();
      out.push({...match, number, grams: places.length, start: starts[from], end: ends[to - 1]});
    }
    return out.sort((a, b) => a.number - b.number);
  };
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
