import {rm, stat} from "node:fs/promises";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";

/** What a page may hold in memory. */
const pageRows = 1_000_000;
const pageBytes = 50_000_000;

/** How many rows a page shows, of how many there are. */
export interface Shown {
  rows: number;
  of: number;
}

/** Kept samples as pages see them: one flat row a sample, hashes cut to what tells a million apart. */
const kept = (text: boolean, media: boolean) => `
  left(id, 16) AS id, origin, domain, kind, tier, ceiling, generator, family,
  tokens::INTEGER AS tokens, generated::INTEGER AS generated, left(seed, 16) AS seed,
  list_aggregate(list_transform(list_filter(verdicts, v -> v.ok), v -> v.verifier), 'string_agg', ', ') AS passed,
  list_aggregate(list_transform(list_filter(verdicts, v -> NOT v.ok), v -> v.verifier || ': ' || v.reason), 'string_agg', ', ') AS failed,
  ${media ? "list_aggregate(list_transform(media, one -> one.path), 'string_agg', ', ')" : "NULL::VARCHAR"} AS pictures,
  ${text ? "text" : "NULL::VARCHAR"} AS text`;

/**
 * Writes the kept samples that a page shows, as one Parquet file. Above a million rows, or 50 MB, it is a sample: from
 * each domain and tier the same share, those with the smallest md5 of seed and id.
 *
 * @param options.text whether the samples' text may be published
 * @param options.limits rows and bytes that fit
 */
export async function writeShards(
  path: string,
  shards: readonly string[],
  {
    text,
    seed = 1,
    limits = {rows: pageRows, bytes: pageBytes}
  }: {
    text: boolean;
    seed?: number;
    limits?: {rows: number; bytes: number};
  }
): Promise<Shown> {
  return withDuckDB(async (connection) => {
    if (shards.length === 0) {
      await connection.run(`COPY (${nothing}) TO ${literal(path)} (${parquetOptions})`);
      return {rows: 0, of: 0};
    }
    const from = `read_parquet([${shards.map(literal).join(", ")}], union_by_name = true)`;
    const media = (await expectColumns(connection, from, shards[0])).has("media");
    const [{n}] = await rows(connection, `SELECT count(*) AS n FROM ${from}`);
    const of = n as number;
    let fraction = Math.min(1, limits.rows / of);
    for (;;) {
      // A join keeps no order of its own.
      const where = fraction < 1 ? `WHERE id IN (${sample(from, fraction, seed)}) ORDER BY domain, tier, id` : "";
      await connection.run(
        `COPY (SELECT ${kept(text, media)} FROM ${from} ${where}) TO ${literal(path)} (${parquetOptions})`
      );
      const {size} = await stat(path);
      if (size <= limits.bytes) break;
      await rm(path);
      fraction *= (0.9 * limits.bytes) / size;
    }
    const [{m}] = await rows(connection, `SELECT count(*) AS m FROM ${literal(path)}`);
    return {rows: m as number, of};
  });
}

function sample(from: string, fraction: number, seed: number): string {
  return `SELECT id FROM (
    SELECT id, count(*) OVER stratum AS n, row_number() OVER (stratum ORDER BY md5(${literal(`${seed}:`)} || id), id) AS r
    FROM ${from} WINDOW stratum AS (PARTITION BY domain, tier)
  ) WHERE r <= floor(n * ${fraction})`;
}

const nothing = `SELECT * FROM (SELECT ${[
  ..."id origin domain kind tier ceiling generator family".split(" ").map((name) => `'' AS ${name}`),
  "0 AS tokens, 0 AS generated",
  ..."seed passed failed pictures text".split(" ").map((name) => `'' AS ${name}`)
].join(", ")}) WHERE false`;

/** The columns that there are. */
async function expectColumns(connection: DuckDBConnection, from: string, path: string): Promise<Set<unknown>> {
  const found = new Set((await rows(connection, `DESCRIBE SELECT * FROM ${from}`)).map((row) => row.column_name));
  const wanted = "id origin domain kind tier ceiling generator family tokens generated seed verdicts text".split(" ");
  const missing = wanted.filter((name) => !found.has(name));
  if (missing.length > 0)
    throw new TypeError(`${path}: expected a shard of samples, missing ${missing.join(", ")} among its columns`);
  return found;
}
