import type {DuckDBConnection} from "@duckdb/node-api";
import {createBandIndex} from "../dedup/bandIndex.js";
import {bandKeys} from "../dedup/bands.js";
import {jaccardAtLeast, shingleSet} from "../dedup/jaccard.js";
import {createMinhash} from "../dedup/minhash.js";
import {createShingler} from "../dedup/shingles.js";
import {fullBand} from "../dedup/starSearch.js";
import type {DedupOptions} from "../dedup/stars.js";
import {rows} from "../io/duckdb.js";

interface PurgeOptions extends DedupOptions {
  /**
   * SQL of a table or subquery with the columns key (unique text), id (sha256 of text), text, ceiling, verified
   * (boolean), and, where they are known already, bands (UINTEGER[], as bandKeys gives them, empty without words)
   */
  from: string;
  /** shingles of kept texts held in memory, in numbers of 8 bytes; what is beyond it is read again when it is needed */
  cache?: number;
}

/** What a purge found; the cluster map itself is the temporary table `duplicates`. */
export interface Purged {
  /** removed as equal to a kept text */
  exact: number;
  /** removed as near duplicates of a kept text, their own copies included */
  near: number;
  /** kept texts that stand for at least one removed */
  clusters: number;
  /** texts of the largest cluster, the kept one included */
  largestCluster: number;
  /** pairs whose exact similarity was taken */
  compared: number;
  /** times a kept text found one of its bands full: pairs that share no other band with it may be missed */
  left: number;
}

/**
 * Finds the duplicates of a table as `stars` does, for data that memory does not hold: sorting, grouping and the join of
 * bands are DuckDB's and spill (give the connection a folder for it), and only texts that share a band with another are
 * read again.
 *
 * Texts of one template that share a band and stay below the threshold are compared with at most `fullBand` of their kind
 * a band; `compared` tells how many pairs there were, `left` how often one found its band full.
 *
 * Leaves the cluster map in the temporary table `duplicates(member, representative, jaccard, kind)`, keys in both of the
 * first columns, sorted by member; what is no member is kept.
 */
export async function purge(connection: DuckDBConnection, options: PurgeOptions): Promise<Purged> {
  const {from} = options;
  const columns = await rows(connection, `DESCRIBE SELECT * FROM ${from} AS source`);
  const signed = columns.some((row) => row.column_name === "bands");
  // The keep rule of keepOrder.ts in SQL: tier names sort as tiers do. Positions count distinct texts in keep order.
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE ranked AS
      SELECT row_number() OVER (ORDER BY ceiling, verified DESC, id, key) AS rank, key, id FROM ${from} AS source;
    CREATE OR REPLACE TEMP TABLE firsts AS
      SELECT id, min(rank) AS rank, row_number() OVER (ORDER BY min(rank)) - 1 AS pos FROM ranked GROUP BY id;
    CREATE OR REPLACE TEMP TABLE texts AS
      SELECT firsts.pos, source.key, source.text ${signed ? ", source.bands" : ""}
      FROM firsts JOIN ranked USING (rank) JOIN ${from} AS source ON source.key = ranked.key ORDER BY firsts.pos;
    CREATE OR REPLACE TEMP TABLE banded (pos BIGINT, band INTEGER, hash UINTEGER);
    CREATE OR REPLACE TEMP TABLE edges (member BIGINT, representative BIGINT, jaccard DOUBLE)`);
  if (signed)
    await connection.run(
      "INSERT INTO banded SELECT pos, generate_subscripts(bands, 1) - 1, unnest(bands) FROM texts WHERE len(bands) > 0"
    );
  else await sign(connection, options);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE contested AS
      SELECT pos, list(band ORDER BY band) AS numbers, list(hash ORDER BY band) AS hashes
      FROM banded SEMI JOIN (SELECT band, hash FROM banded GROUP BY band, hash HAVING count(*) > 1) AS shared
        USING (band, hash)
      GROUP BY pos ORDER BY pos`);
  const {compared, left} = await compare(connection, options);
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE duplicates AS
      SELECT ranked.key AS member, texts.key AS representative, coalesce(edges.jaccard, 1)::DOUBLE AS jaccard,
        CASE WHEN edges.member IS NULL THEN 'exact' ELSE 'near' END AS kind
      FROM ranked JOIN firsts USING (id) LEFT JOIN edges ON edges.member = firsts.pos
        JOIN texts ON texts.pos = coalesce(edges.representative, firsts.pos)
      WHERE ranked.rank <> firsts.rank OR edges.member IS NOT NULL
      ORDER BY ranked.key`);
  for (const table of ["ranked", "firsts", "texts", "banded", "contested", "edges"])
    await connection.run(`DROP TABLE temp.${table}`);
  const [counted] = await rows(
    connection,
    `SELECT coalesce(sum(n) FILTER (kind = 'exact'), 0)::BIGINT AS exact, coalesce(sum(n) FILTER (kind = 'near'), 0)::BIGINT AS near,
       count(DISTINCT representative) AS clusters
     FROM (SELECT representative, kind, count(*) AS n FROM duplicates GROUP BY representative, kind)`
  );
  const [{largest}] = await rows(
    connection,
    "SELECT coalesce(max(n), 0) AS largest FROM (SELECT count(*) + 1 AS n FROM duplicates GROUP BY representative)"
  );
  return {
    exact: counted.exact as number,
    near: counted.near as number,
    clusters: counted.clusters as number,
    largestCluster: largest as number,
    compared,
    left
  };
}

/** Texts that are read at a time. */
const batch = 2048;

async function sign(connection: DuckDBConnection, options: PurgeOptions): Promise<void> {
  const {bands = 14, rows: perBand = 8} = options;
  const shingle = createShingler(options);
  const minhash = createMinhash(bands * perBand);
  for (let from = 0; ; from += batch) {
    const read = await rows(
      connection,
      `SELECT pos, text FROM texts WHERE pos >= ${from} AND pos < ${from + batch} ORDER BY pos`
    );
    if (read.length === 0) return;
    const appender = await connection.createAppender("banded", "main", "temp");
    for (const {pos, text} of read) {
      const shingles = shingle(text as string);
      if (shingles.count === 0) continue;
      const keys = bandKeys(minhash(shingles), {bands, rows: perBand});
      for (let band = 0; band < bands; band++) {
        appender.appendBigInt(BigInt(pos as number));
        appender.appendInteger(band);
        appender.appendUInteger(keys[band]);
        appender.endRow();
      }
    }
    appender.closeSync();
  }
}

/** Fills `edges` from `contested`, in keep order, and tells how many pairs were compared. */
async function compare(connection: DuckDBConnection, options: PurgeOptions): Promise<{compared: number; left: number}> {
  const {threshold = 0.8, bands = 14, cache = 8_000_000} = options;
  const shingle = createShingler(options);
  const index = createBandIndex(bands, {most: fullBand});
  // Sets of kept texts by position, the least recently used first.
  const sets = new Map<number, Float64Array>();
  let held = 0;
  const remember = (pos: number, set: Float64Array) => {
    sets.set(pos, set);
    held += set.length;
    for (const [old, {length}] of sets) {
      if (held <= cache || old === pos) break;
      sets.delete(old);
      held -= length;
    }
  };
  const one = await connection.prepare("SELECT text FROM texts WHERE pos = $1");
  const setOf = async (pos: number): Promise<Float64Array> => {
    let set = sets.get(pos);
    if (set === undefined) {
      one.bindBigInt(1, BigInt(pos));
      const [[text]] = (await one.runAndReadAll()).getRowsJS();
      remember(pos, (set = shingleSet(shingle(text as string))));
    } else {
      sets.delete(pos);
      sets.set(pos, set);
    }
    return set;
  };
  let compared = 0;
  for (let last = -1; ;) {
    const read = await rows(
      connection,
      `SELECT pos, numbers, hashes, text FROM (SELECT * FROM contested WHERE pos > ${last} ORDER BY pos LIMIT ${batch})
       JOIN texts USING (pos) ORDER BY pos`
    );
    if (read.length === 0) return {compared, left: index.left};
    const edges: [member: number, representative: number, jaccard: number][] = [];
    for (const row of read) {
      const pos = row.pos as number;
      const hashes = row.hashes as number[];
      const keys = (row.numbers as number[]).map((band, i): [number, number] => [band, hashes[i]]);
      const set = shingleSet(shingle(row.text as string));
      let near = false;
      for (const candidate of index.candidates(keys)) {
        compared++;
        const similarity = jaccardAtLeast(set, await setOf(candidate), threshold);
        if (similarity === null) continue;
        edges.push([pos, candidate, similarity]);
        near = true;
        break;
      }
      if (!near) {
        index.add(keys, pos);
        remember(pos, set);
      }
    }
    const appender = await connection.createAppender("edges", "main", "temp");
    for (const [member, representative, similarity] of edges) {
      appender.appendBigInt(BigInt(member));
      appender.appendBigInt(BigInt(representative));
      appender.appendDouble(similarity);
      appender.endRow();
    }
    appender.closeSync();
    last = read.at(-1)!.pos as number;
  }
}
