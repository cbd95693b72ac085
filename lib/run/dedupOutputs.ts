import {realpath, rename, rm} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {withRoom} from "./withRoom.js";

// All that purges write into their folder.
const names = ["kept", "rejects", "clusters", "annotated", "spans", "cuts"] as const;

type OutputName = (typeof names)[number];

// Those that hold texts are written at level 1 of zstd: the whole command takes 4 % less time than at level 3, for 22 %
// more bytes (texts of 500 bytes), still 40 % fewer than Snappy's.
const levels: Partial<Record<string, number>> = {kept: 1, rejects: 1, annotated: 1};

/**
 * Writes rows in the order in which one thread comes by them: a source's own, but for a filter (see `numberedRows`). A row group ends after so many bytes too, so
 * that memory does not grow with the length of texts.
 */
export async function writeRows(connection: DuckDBConnection, sql: string, path: string, level = 3): Promise<void> {
  // Several threads would cut row groups elsewhere, and DuckDB counts no bytes while it keeps an order among them.
  await connection.run("SET threads = 1; SET preserve_insertion_order = false");
  const copy = `COPY (${sql}) TO ${literal(path)} (${parquetOptions}, COMPRESSION_LEVEL ${level}, ROW_GROUP_SIZE_BYTES ${groupBytes})`;
  await withRoom(connection, () => connection.run(copy));
}

// Four times what a whole group of texts of 500 bytes takes.
const groupBytes = 128 * 2 ** 20;

/** Refuses inputs that the outputs, or those of another kind of purge, would take the place of. @throws TypeError */
export async function refuseReplaced(paths: readonly string[], out: string): Promise<void> {
  const folder = await realpath(out);
  for (const path of paths) {
    const real = await realpath(path).catch(() => path);
    if (dirname(real) !== folder || !names.some((name) => basename(real) === `${name}.parquet`)) continue;
    throw new TypeError(
      `${path}: expected no input that outputs in ${out} have the name of (${names.join(", ")}); choose another folder for them`
    );
  }
}

/**
 * Writes tables into `out` as Parquet. All are written whole in `folder`, on the same disk, before the first gets its name;
 * files of other kinds of purge, which would not fit these, go then.
 *
 * @param tables SQL by name
 * @param options.beside another connection, and the table that it writes meanwhile
 */
export async function writeOutputs(
  connection: DuckDBConnection,
  tables: Readonly<Partial<Record<OutputName, string>>>,
  {out, folder, beside}: {out: string; folder: string; beside?: {connection: DuckDBConnection; name: OutputName} | null}
): Promise<void> {
  const write = async (by: DuckDBConnection, written: readonly (readonly [name: string, sql: string])[]) => {
    for (const [name, sql] of written) await writeRows(by, sql, join(folder, `${name}.parquet`), levels[name]);
  };
  const all = Object.entries(tables);
  const apart = all.filter(([name]) => name === beside?.name);
  const done = await Promise.allSettled([
    write(
      connection,
      all.filter((table) => !apart.includes(table))
    ),
    ...(beside ? [write(beside.connection, apart)] : [])
  ]);
  for (const result of done) if (result.status === "rejected") throw result.reason;
  for (const name of names) {
    const path = join(out, `${name}.parquet`);
    if (name in tables) await rename(join(folder, `${name}.parquet`), path);
    else await rm(path, {force: true});
  }
}
