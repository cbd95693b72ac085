import {createSpanIndex} from "../dedup/spanIndex.js";
import {createSpanReader, type SpanReading} from "../dedup/spanReader.js";

/** A text with its name among its kind. */
export interface NamedText {
  id: string;
  text: string;
}

/** What one sample has word for word from the seeds. */
export interface MemorisedSample {
  id: string;
  /** tokens of the sample */
  tokens: number;
  /** its longest run of tokens that a seed has too; null where none has `least` tokens */
  longest: {
    /** length in tokens */
    tokens: number;
    /** place in the sample's text, in UTF-16 code units; the first of equals */
    start: number;
    end: number;
    /** a seed that has it, by its id, and where */
    seed: string;
    seedStart: number;
    seedEnd: number;
  } | null;
  /** tokens that stand inside an n-gram that a seed has too */
  covered: number;
}

export interface MemorisationOptions extends SpanReading {
  /** tokens of the n-grams of verbatim coverage, at least `least` */
  ngram?: number;
  /** runs of at least so many tokens are measured exactly, shorter ones not at all */
  least?: number;
  /** tokens of seeds that are indexed at a time: memory is about 40 bytes a token; samples are read once a part */
  part?: number;
}

/**
 * The samples in their order, each with its longest common run of tokens with any seed, and its verbatim coverage. Exact
 * for every run of `least` tokens or more, however large seeds and samples are: the seeds are indexed in parts.
 *
 * It finds copies, word by word, whatever their case and punctuation. It finds no paraphrase and no copy with a word
 * changed every few words.
 *
 * @param samples is called once for each part of the seeds and gives the same texts in the same order each time
 * @throws TypeError when it does not
 * Source of 13 tokens: Brown et al. (2020), arXiv:2005.14165, appendix C.
 */
export async function* memorisation(
  samples: () => AsyncIterable<NamedText>,
  seeds: AsyncIterable<NamedText>,
  {ngram = 13, least = 8, part = 16_000_000, ...reading}: MemorisationOptions = {}
): AsyncGenerator<MemorisedSample> {
  if (!Number.isInteger(least) || least < 1) throw new RangeError(`expected runs of 1 token or more, got ${least}`);
  if (!Number.isInteger(ngram) || ngram < least)
    throw new RangeError(`expected n-grams of ${least} tokens or more, the least that is measured, got ${ngram}`);
  if (!(part >= 1)) throw new RangeError(`expected parts of 1 token or more, got ${part}`);
  const read = createSpanReader(reading);
  const rest = seeds[Symbol.asyncIterator]();
  // What earlier parts of the seeds said, where they said anything.
  const before: (Found | undefined)[] = [];
  const sizes: number[] = [];
  let seed = await rest.next();
  for (let parts = 1, last = false; !last; parts++) {
    const index = createSpanIndex({least});
    const names: string[] = [];
    while (seed.done !== true && (index.tokens === 0 || index.tokens + seed.value.text.length / 4 <= part)) {
      index.add(read(seed.value.text));
      names.push(seed.value.id);
      seed = await rest.next();
    }
    last = seed.done === true;
    let ordinal = 0;
    for await (const {id, text} of samples()) {
      const tokens = read(text);
      if (parts === 1) sizes.push(text.length);
      else if (sizes[ordinal] !== text.length)
        throw new TypeError(`${id}: expected the same samples each time, got a text of another length`);
      let found = before[ordinal];
      index.look(tokens, (run) => {
        found ??= {id, longest: null, covered: new Uint8Array(0)};
        if (run.tokens >= ngram) {
          if (found.covered.length === 0) found.covered = new Uint8Array(Math.ceil(tokens.count / 8));
          for (let i = run.from; i < run.from + run.tokens; i++) found.covered[i >> 3] |= 1 << (i & 7);
        }
        const start = tokens.starts[run.from];
        const gain = run.tokens - (found.longest?.tokens ?? 0);
        if (gain < 0 || (gain === 0 && start >= found.longest!.start)) return;
        found.longest = {
          tokens: run.tokens,
          start,
          end: Math.max(start, tokens.ends[run.from + run.tokens - 1]),
          seed: names[run.document],
          seedStart: run.start,
          seedEnd: run.end
        };
      });
      if (last) yield {id, tokens: tokens.count, longest: found?.longest ?? null, covered: ones(found?.covered)};
      else if (found !== undefined) before[ordinal] = found;
      ordinal++;
    }
    if (parts > 1 && ordinal !== sizes.length)
      throw new TypeError(`expected the same samples each time, got ${ordinal} after ${sizes.length}`);
  }
}

interface Found {
  id: string;
  longest: MemorisedSample["longest"];
  /** one bit a token */
  covered: Uint8Array;
}

function ones(bits: Uint8Array = new Uint8Array(0)): number {
  let n = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) n++;
  return n;
}
