import {mkdir, rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {withDuckDB} from "../io/duckdb.js";
import {withLock} from "../io/lock.js";
import {makeOutFolder, noRoom} from "./dedupFolder.js";
import {openDedupInputs, type DedupInput, type DedupInputsOptions} from "./dedupInputs.js";
import {refuseReplaced} from "./dedupOutputs.js";
import {unreadableColumn} from "./unreadableColumn.js";

/** What a purge works with: its files, and an empty folder under `out` for what does not fit memory. */
export interface DedupWork {
  connection: DuckDBConnection;
  inputs: readonly DedupInput[];
  folder: string;
}

/**
 * Opens the files of a purge and runs it. The folder goes afterwards, and what a run that was killed left in it before.
 *
 * @throws TypeError naming file and line, row or column; Error where another run is at work in `out`, or the disk is full
 */
export async function withDedupInputs<T>(
  paths: readonly string[],
  out: string,
  options: Omit<DedupInputsOptions, "folder">,
  use: (work: DedupWork) => Promise<T>
): Promise<T> {
  await makeOutFolder(out);
  const folder = join(out, ".ballast-dedup");
  return withLock(`${folder}.lock`, async () => {
    await rm(folder, {recursive: true, force: true});
    await mkdir(folder);
    try {
      await refuseReplaced(paths, out);
      return await withDuckDB(
        async (connection) => {
          const inputs = await openDedupInputs(connection, paths, {...options, folder});
          return use({connection, inputs, folder}).catch(async (error: unknown) => {
            throw (await unreadableColumn(inputs, error)) ?? error;
          });
        },
        {temporary: join(folder, "duckdb")}
      );
    } catch (error) {
      throw noRoom(error, out) ?? error;
    } finally {
      await rm(folder, {recursive: true, force: true});
    }
  });
}
