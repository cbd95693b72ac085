import type {DuckDBConnection} from "@duckdb/node-api";
import {bandKeys, candidateProbability} from "../dedup/bands.js";
import {jaccardAtLeast, shingleSet} from "../dedup/jaccard.js";
import {createMinhash} from "../dedup/minhash.js";
import {createShingler} from "../dedup/shingles.js";
import {rows} from "../io/duckdb.js";
import type {PlacedText} from "./privacyTexts.js";

/** A sample and the seed that it is most like. */
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

/** Filled in as samples are read. */
export interface NearCounts {
  /** pairs whose exact similarity was taken */
  compared: number;
  /** times a seed was not put under a key because the key was full */
  left: number;
}

const bands = 32;
/** Texts and UTF-16 units of samples that are matched at a time. */
const batch = {texts: 16_384, units: 2 ** 25};
/** Different seeds held under one key of a band: what bounds the work where many seeds are of one template. */
const most = 64;

/** The most rows for which a pair at the threshold is compared with a chance of .999 under 32 bands, 8 at most. */
export function nearBands(threshold: number): NearBands {
  let rows = 8;
  while (rows > 1 && candidateProbability(threshold, {bands, rows}) < 0.999) rows--;
  return {bands, rows, recall: candidateProbability(threshold, {bands, rows})};
}

/**
 * The samples whose exact Jaccard similarity of 5-word shingles to a seed reaches the threshold, each with the seed that
 * it is most like (the first of equals), in the samples' order. The
 * seeds' texts and bands lie in DuckDB and spill.
 *
 * A sample that is no near copy as a whole but holds one is not found: longest common runs find it.
 *
 * @param connection with a folder to spill into
 */
export async function* nearSeeds(
  connection: DuckDBConnection,
  samples: AsyncIterable<PlacedText>,
  seeds: AsyncIterable<PlacedText>,
  {threshold, counts}: {threshold: number; counts: NearCounts}
): AsyncGenerator<NearSeed> {
  const shingle = createShingler();
  const {rows: perBand} = nearBands(threshold);
  const sign = createMinhash(bands * perBand);
  const keysOf = (text: string): Uint32Array | null => {
    const shingles = shingle(text);
    return shingles.count === 0 ? null : bandKeys(sign(shingles), {bands, rows: perBand});
  };

  await connection.run(`
    CREATE OR REPLACE TEMP TABLE all_seeds (pos BIGINT, place VARCHAR, text VARCHAR);
    CREATE OR REPLACE TEMP TABLE all_bands (pos BIGINT, band INTEGER, hash UINTEGER)`);
  let pos = 0;
  for await (const texts of batches(seeds)) {
    const first = pos;
    const appender = await connection.createAppender("all_seeds", "main", "temp");
    for (const {at, text} of texts) {
      appender.appendBigInt(BigInt(pos++));
      appender.appendVarchar(at);
      appender.appendVarchar(text.toWellFormed());
      appender.endRow();
    }
    appender.closeSync();
    await append(connection, "all_bands", texts, first, keysOf);
  }
  // Equal seeds are one, or copies would fill the keys.
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE seeds AS
      SELECT pos, place, text FROM all_seeds SEMI JOIN (SELECT min(pos) AS pos FROM all_seeds GROUP BY sha256(text)) USING (pos) ORDER BY pos;
    CREATE OR REPLACE TEMP TABLE ranked_bands AS
      SELECT *, row_number() OVER (PARTITION BY band, hash ORDER BY pos) AS rank FROM all_bands SEMI JOIN seeds USING (pos);
    CREATE OR REPLACE TEMP TABLE seed_bands AS SELECT band, hash, pos FROM ranked_bands WHERE rank <= ${most};
    DROP TABLE temp.all_seeds; DROP TABLE temp.all_bands`);
  const [{left}] = await rows(connection, `SELECT count(*) AS left FROM ranked_bands WHERE rank > ${most}`);
  counts.left = left as number;
  await connection.run("DROP TABLE temp.ranked_bands");

  for await (const texts of batches(samples)) {
    const first = new Map<string, number>();
    for (const [i, {text}] of texts.entries()) if (!first.has(text)) first.set(text, i);
    const best = new Map<number, {seed: string; jaccard: number}>();
    await connection.run("CREATE OR REPLACE TEMP TABLE sample_bands (pos BIGINT, band INTEGER, hash UINTEGER)");
    const keys = (text: string, i: number) => (first.get(text) === i ? keysOf(text) : null);
    await append(connection, "sample_bands", texts, 0, keys);
    const sets = new Map<number, Float64Array>();
    const setOf = (i: number) => {
      let set = sets.get(i);
      if (set === undefined) sets.set(i, (set = shingleSet(shingle(texts[i].text))));
      return set;
    };
    const result = await connection.stream(`
      SELECT seeds.place, seeds.text, samples FROM seeds JOIN
        (SELECT s.pos, list(DISTINCT b.pos) AS samples FROM sample_bands AS b JOIN seed_bands AS s USING (band, hash) GROUP BY s.pos) USING (pos)
      ORDER BY pos`);
    for await (const read of result.yieldRowsJs()) {
      for (const [at, text, numbers] of read as [string, string, bigint[]][]) {
        const set = shingleSet(shingle(text));
        for (const number of numbers) {
          const i = Number(number);
          counts.compared++;
          const jaccard = jaccardAtLeast(setOf(i), set, threshold);
          if (jaccard !== null && jaccard > (best.get(i)?.jaccard ?? 0)) best.set(i, {seed: at, jaccard});
        }
      }
    }
    for (const {at, text} of texts) {
      const near = best.get(first.get(text)!);
      if (near !== undefined) yield {at, ...near};
    }
  }
}

async function append(
  connection: DuckDBConnection,
  table: string,
  texts: readonly PlacedText[],
  from: number,
  keysOf: (text: string, i: number) => Uint32Array | null
): Promise<void> {
  const appender = await connection.createAppender(table, "main", "temp");
  for (const [i, {text}] of texts.entries()) {
    for (const [band, key] of keysOf(text, i)?.entries() ?? []) {
      appender.appendBigInt(BigInt(from + i));
      appender.appendInteger(band);
      appender.appendUInteger(key);
      appender.endRow();
    }
  }
  appender.closeSync();
}

async function* batches(texts: AsyncIterable<PlacedText>): AsyncGenerator<PlacedText[]> {
  let waiting: PlacedText[] = [];
  let units = 0;
  for await (const text of texts) {
    waiting.push(text);
    units += text.text.length;
    if (waiting.length < batch.texts && units < batch.units) continue;
    yield waiting;
    waiting = [];
    units = 0;
  }
  if (waiting.length > 0) yield waiting;
}
