import {basename} from "node:path";
import {sha256File} from "../io/sha256.js";
import {observationsOf, type RunsRead} from "./observationsOf.js";
import {queryRuns} from "./queryRuns.js";
import type {RunsSelection} from "./selection.js";

/**
 * Reads the columns to fit from a runs table (CSV, TSV, Parquet, JSONL).
 *
 * @throws TypeError for a file or an expression that cannot be read, and for values that are no numbers, by row
 * @throws RangeError for values that are not finite, by row; for runs that were counted with different tokenizers; and
 *   for more runs than can be fitted
 */
export async function readObservations(path: string, selection: RunsSelection): Promise<RunsRead> {
  const {joins = []} = selection;
  const files = [path, ...joins.map((join) => join.path)];
  const source = files.map((file) => basename(file)).join(", ");
  return queryRuns(
    path,
    async (runs) => {
      const sha256 = (await Promise.all(files.map(sha256File))).join(", ");
      return observationsOf(runs, selection, {path, source, sha256});
    },
    {joins}
  );
}
