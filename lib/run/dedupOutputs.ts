import {realpath, rename, rm} from "node:fs/promises";
import {basename, dirname, join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";

// All that purges write into their folder.
const names = ["kept", "rejects", "clusters", "annotated", "spans", "cuts"] as const;

type OutputName = (typeof names)[number];

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
 */
export async function writeOutputs(
  connection: DuckDBConnection,
  tables: Readonly<Partial<Record<OutputName, string>>>,
  {out, folder}: {out: string; folder: string}
): Promise<void> {
  // One thread: several cut row groups elsewhere.
  await connection.run("SET threads = 1");
  for (const [name, sql] of Object.entries(tables)) {
    const made = join(folder, `${name}.parquet`);
    await connection.run(`COPY (${sql}) TO ${literal(made)} (${parquetOptions})`);
  }
  for (const name of names) {
    const path = join(out, `${name}.parquet`);
    if (name in tables) await rename(join(folder, `${name}.parquet`), path);
    else await rm(path, {force: true});
  }
}
