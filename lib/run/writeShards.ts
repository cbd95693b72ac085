import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal, rows} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {mediaColumn, rejectColumns, sampleColumns} from "./columns.js";
import {hasMedia} from "./media.js";

/**
 * Writes the table `drafts` as Parquet: kept ones to data/<domain>/<tier>/, refused ones to rejects/<domain>/, each in
 * parts of at most `shardRows` rows, sorted by id. Where any has pictures all have the column for them. A row is kept where its stage is empty; origins must be unique.
 *
 * @returns paths of the shards and of the rejects, relative to `out`, sorted
 */
export async function writeShards(
  connection: DuckDBConnection,
  out: string,
  shardRows: number
): Promise<{shards: string[]; rejects: string[]}> {
  // One thread, so that row groups end at the same rows on every machine.
  await connection.run("SET threads = 1");
  const media = (await hasMedia(connection)) ? mediaColumn : {};
  const kept = await write("stage = ''", ["domain", "tier"], {...sampleColumns, ...media}, "data");
  const refused = await write("stage <> ''", ["domain"], {...rejectColumns, ...media}, "rejects");
  return {shards: kept, rejects: refused};

  async function write(where: string, by: readonly string[], columns: Readonly<Record<string, string>>, root: string) {
    const group = by.map(identifier).join(", ");
    await connection.run(`
      CREATE OR REPLACE TEMP TABLE placed AS
        SELECT origin, ${group}, (row_number() OVER (PARTITION BY ${group} ORDER BY id, origin) - 1) // ${shardRows} AS part
        FROM drafts WHERE ${where}`);
    const parts = await rows(connection, `SELECT DISTINCT ${group}, part FROM placed ORDER BY ${group}, part`);
    const paths: string[] = [];
    for (const row of parts) {
      const folder = [root, ...by.map((name) => String(row[name]))].join("/");
      const path = `${folder}/part-${String(row.part).padStart(5, "0")}.parquet`;
      await mkdir(join(out, folder), {recursive: true});
      const here = by.map((name) => `placed.${identifier(name)} = ${literal(String(row[name]))}`).join(" AND ");
      // Of hashes of personal data what a search for the values needs stays here.
      const names = Object.keys(columns).map((name) =>
        name === "pii"
          ? "list_transform(drafts.pii, lambda value: {'type': value.type, 'hash': value.hash}) AS pii"
          : name === "media"
            ? "coalesce(drafts.media, []) AS media"
            : `drafts.${identifier(name)}`
      );
      await connection.run(`
        COPY (
          SELECT ${names.join(", ")} FROM drafts JOIN placed ON drafts.origin = placed.origin
          WHERE ${here} AND placed.part = ${row.part} ORDER BY drafts.id, drafts.origin
        ) TO ${literal(join(out, path))} (${parquetOptions})`);
      paths.push(path);
    }
    return paths;
  }
}
