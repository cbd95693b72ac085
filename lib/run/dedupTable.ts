import {mkdir, rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {presetOptions} from "../dedup/presets.js";
import type {DedupOptions} from "../dedup/stars.js";
import {literal} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {openDedupInput, type DedupInput} from "./dedupInputs.js";
import {classSql} from "./dedupKeep.js";
import {findDuplicateRows, type DuplicateRows} from "./dedupRows.js";

interface PurgeOptions extends Omit<DedupOptions, "tokenize"> {
  /** SQL of a table or subquery with the columns key (unique text), text, ceiling and verified (boolean) */
  from: string;
  /** folder for what does not fit memory, made and removed */
  folder: string;
  workers: number;
}

/**
 * Finds the duplicates of a table, as `dedupFiles` does those of files, and leaves the cluster map in the temporary table
 * `duplicates(member, representative, jaccard, kind)`, keys in both of the first columns, sorted by member; what is no
 * member is kept. Of equal texts of one standing the smallest key is kept.
 *
 * @returns times a kept text found one of its bands full: pairs that share no other band with it may be missed
 */
export async function purge(
  connection: DuckDBConnection,
  {from, folder, workers, ...options}: PurgeOptions
): Promise<number> {
  await mkdir(folder, {recursive: true});
  try {
    const path = join(folder, "texts.parquet");
    await connection.run(
      `COPY (SELECT key, text, ceiling, verified FROM ${from} AS source ORDER BY key) TO ${literal(path)} (${parquetOptions})`
    );
    const input = await openDedupInput(connection, path, {text: "text", folder, name: "texts"});
    const found = await findDuplicateRows(
      {
        ...{...presetOptions("ballast", options), ...options, folder, workers},
        ...{text: "text", inputs: [input], purged: 1, classes: [classSql(input)], index: null}
      },
      () => ({update() {}, end() {}})
    );
    await name(connection, input, found);
    return found.left;
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function name(connection: DuckDBConnection, {file}: DedupInput, found: DuplicateRows): Promise<void> {
  await connection.run(
    "CREATE OR REPLACE TEMP TABLE starred (member BIGINT, representative BIGINT, jaccard DOUBLE, kind VARCHAR)"
  );
  const appender = await connection.createAppender("starred", "main", "temp");
  for (const [row, representative] of found.representatives.entries()) {
    if (representative === -1) continue;
    appender.appendBigInt(BigInt(row));
    appender.appendBigInt(BigInt(representative));
    appender.appendDouble(found.jaccard[row]);
    appender.appendVarchar(found.exact[row] === 1 ? "exact" : "near");
    appender.endRow();
  }
  appender.closeSync();
  const keys = `(SELECT key, file_row_number AS row FROM read_parquet(${literal(file)}, file_row_number = true))`;
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE duplicates AS
      SELECT member.key AS member, representative.key AS representative, jaccard, kind
      FROM starred JOIN ${keys} AS member ON member.row = starred.member
        JOIN ${keys} AS representative ON representative.row = starred.representative
      ORDER BY member.key`);
  await connection.run("DROP TABLE temp.starred");
}
