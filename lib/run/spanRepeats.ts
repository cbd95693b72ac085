import {createSpanFilter} from "../dedup/spanFilter.js";
import {createSpanFirsts} from "../dedup/spanFirsts.js";
import {createSpanPieces, type SpanPieces} from "../dedup/spanPieces.js";
import type {SpanTokens} from "../dedup/spanReader.js";
import {createSpanWindower} from "../dedup/spanWindows.js";
import {openSpanRecords} from "./spanRecords.js";

/** Texts in keep order, which can be read again. */
export interface SpanDocuments {
  count: number;
  /** UTF-16 code units of all, roughly: it sizes the filter */
  characters: number;
  each(): AsyncIterable<{position: number; text: string}>;
  /** those at these positions, which ascend */
  read(positions: readonly number[]): AsyncIterable<{position: number; text: string}>;
}

/** What a corpus says twice, before its hashes are proved. */
export interface Repeats {
  pieces: SpanPieces;
  /** tokens before each document, and in all at the end */
  starts: Float64Array;
}

/** Windows are sorted by hash into so many files: at 50 GB of text that repeats throughout, 0.5 GB each. */
const hashPartitions = 256;
/** Tokens whose sources are held at a time, 8 bytes each. */
const leastRange = 2 ** 20;
const mostRanges = 1024;

/**
 * Finds every window of `size` tokens that stood before in documents. Three readings: one marks what may stand twice, one
 * writes the hashes of those windows to `folder`, sorted into partitions in which equal ones meet, and what repeats is then
 * put together document by document. Memory is the filter (at most 512 MB), the distinct hashes of one partition, 24 bytes a token of the longest document,
 * and 28 bytes a piece found.
 */
export async function spanRepeats(
  documents: SpanDocuments,
  read: (text: string) => SpanTokens,
  {size, folder}: {size: number; folder: string}
): Promise<Repeats> {
  // About 5 code units a word, 0.08 selected runs a word, 16 bits each.
  let bits = 2 ** 16;
  while (bits < documents.characters / 4 && bits < 2 ** 31) bits *= 2;
  const filter = createSpanFilter({size, bits});
  const starts = new Float64Array(documents.count + 1);
  for await (const {position, text} of documents.each()) {
    const tokens = read(text);
    starts[position + 1] = starts[position] + tokens.count;
    filter.add(tokens);
  }
  const total = starts[documents.count];
  const range = Math.max(leastRange, Math.ceil(total / mostRanges));
  const windowsOf = createSpanWindower(size);
  const hashes = openSpanRecords(folder, "windows", hashPartitions);
  const sources = openSpanRecords(folder, "sources", Math.ceil(total / range));
  const pieces = createSpanPieces(size);
  try {
    for await (const {position, text} of documents.each()) {
      const tokens = read(text);
      const {low, high} = windowsOf(tokens);
      filter.contested(tokens, (from) => {
        const place = starts[position] + from;
        const partition = (low[from] ^ (low[from] >>> 11) ^ (high[from] >>> 17)) & (hashPartitions - 1);
        hashes.add(partition, low[from], high[from], place | 0, upper(place));
      });
    }
    for (let partition = 0; partition < hashPartitions; partition++) {
      const firsts = createSpanFirsts();
      for (const records of hashes.read(partition)) {
        for (let i = 0; i < records.length; i += 4) {
          const place = joined(records[i + 2], records[i + 3]);
          const first = firsts.find(records[i], records[i + 1], place);
          if (first >= 0 && place - first >= size)
            sources.add(Math.floor(place / range), place | 0, upper(place), first | 0, upper(first));
        }
      }
    }
    let held = -1;
    let dense = new Float64Array(0);
    const sourceOf = (place: number): number => {
      const number = Math.floor(place / range);
      if (number !== held) {
        dense = denseSources(sources.read(number), number * range, Math.min(range, total - number * range));
        held = number;
      }
      return dense[place - held * range];
    };
    for (let position = 0; position < documents.count; position++) {
      const windows = starts[position + 1] - starts[position] - size + 1;
      if (windows < 1) continue;
      const own = new Float64Array(windows);
      let some = false;
      for (let i = 0; i < windows; i++) {
        own[i] = sourceOf(starts[position] + i);
        if (own[i] >= 0) some = true;
      }
      if (some) pieces.add(starts[position], own);
    }
  } finally {
    hashes.close();
    sources.close();
  }
  return {pieces, starts};
}

function denseSources(parts: Iterable<Int32Array>, from: number, length: number): Float64Array<ArrayBuffer> {
  const dense = new Float64Array(length).fill(-1);
  for (const records of parts) {
    for (let i = 0; i < records.length; i += 4)
      dense[joined(records[i], records[i + 1]) - from] = joined(records[i + 2], records[i + 3]);
  }
  return dense;
}

function upper(place: number): number {
  return Math.floor(place / 2 ** 32);
}

function joined(low: number, high: number): number {
  return (low >>> 0) + high * 2 ** 32;
}
