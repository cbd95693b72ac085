import {join} from "node:path";
import {candidateProbability} from "../dedup/bands.js";
import {readParquet, writeParquet} from "../io/parquet.js";
import {dedupFiles} from "./dedupFiles.js";
import type {PlacedText} from "./privacyTexts.js";

/** A sample and a seed that it is like. */
interface NearSeed {
  at: string;
  seed: string;
  jaccard: number;
}

/** How samples and seeds come to be compared. */
export interface NearBands {
  bands: number;
  rows: number;
  /** chance that a pair at the threshold itself is compared */
  recall: number;
}

/** Filled in by the search. */
export interface NearCounts {
  /** pairs whose exact similarity was taken, those among the samples included */
  compared: number;
  /** times a text was not put under a key because the key was full */
  left: number;
}

const bands = 32;

/** The most rows for which a pair at the threshold is compared with a chance of .999 under 32 bands, 8 at most. */
export function nearBands(threshold: number): NearBands {
  let rows = 8;
  while (rows > 1 && candidateProbability(threshold, {bands, rows}) < 0.999) rows--;
  return {bands, rows, recall: candidateProbability(threshold, {bands, rows})};
}

/**
 * The samples whose exact Jaccard similarity of 5-word shingles to a seed reaches the threshold, each with the first seed of
 * those, in the samples' order: a purge of the samples against the seeds that removes nothing. Seeds come first in the keep
 * order, so that a sample like a seed is never told as a copy of another sample.
 *
 * A sample that is no near copy as a whole but holds one is not found: longest common runs find it.
 *
 * @param options.folder what does not fit memory lies there meanwhile, copies of all texts included
 */
export async function* nearSeeds(
  samples: AsyncIterable<PlacedText>,
  seeds: AsyncIterable<PlacedText>,
  {threshold, counts, folder}: {threshold: number; counts: NearCounts; folder: string}
): AsyncGenerator<NearSeed> {
  const files = {samples: join(folder, "samples.parquet"), seeds: join(folder, "seeds.parquet")};
  const places: string[] = [];
  const columns = {at: "VARCHAR", text: "VARCHAR"};
  await writeParquet(files.samples, columns, placed(samples));
  await writeParquet(
    files.seeds,
    columns,
    placed(seeds, (at) => places.push(at))
  );
  const {rows} = nearBands(threshold);
  const against = [files.seeds];
  const {compared, left} = await dedupFiles([files.samples], folder, {
    ...{against, threshold, bands, rows, annotate: true}
  });
  Object.assign(counts, {compared, left});
  const select = '"at", duplicate_of, duplicate_jaccard';
  for await (const batch of readParquet(join(folder, "annotated.parquet"), {select})) {
    for (const {at, duplicate_of: of, duplicate_jaccard: jaccard} of batch) {
      const [, seed] = /^against 1:(\d+)$/.exec((of as string | null) ?? "") ?? [];
      if (seed !== undefined) yield {at: at as string, seed: places[Number(seed) - 1], jaccard: jaccard as number};
    }
  }
}

async function* placed(texts: AsyncIterable<PlacedText>, seen?: (at: string) => void) {
  for await (const {at, text} of texts) {
    // Texts without a word are all alike, and say nothing.
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    seen?.(at);
    yield {at, text: text.toWellFormed()};
  }
}
