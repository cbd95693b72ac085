import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "../io/duckdb.js";
import type {Loss} from "./dedupGuard.js";
import type {DedupInput} from "./dedupInputs.js";
import {numberedRows, removedBit} from "./purgedRows.js";

/** The largest clusters with what they lose of all rows. */
export function clusterLosses(
  sizes: ReadonlyMap<number, number>,
  nameOf: (row: number) => string,
  rows: number
): Loss[] {
  return Array.from(sizes)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, 5)
    .map(([row, size]) => ({name: nameOf(row), lost: size - 1, rows}));
}

/** What each source loses: each file, or each value of a column. @throws TypeError where there is no such column */
export async function sourceLosses(
  connection: DuckDBConnection,
  {
    source,
    names,
    inputs,
    removed
  }: {
    source: string | undefined;
    names: readonly string[];
    inputs: readonly DedupInput[];
    /** "1" for each removed row, "0" for the others */
    removed: Uint8Array;
  }
): Promise<Loss[]> {
  if (source === undefined) {
    let row = 0;
    return names.map((name, i) => {
      let lost = 0;
      for (const bit of removed.subarray(row, (row += inputs[i].rows))) lost += bit & 1;
      return {name, lost, rows: inputs[i].rows};
    });
  }
  if (!inputs.some(({columns}) => columns.has(source)))
    throw new TypeError(`source: expected a column, got ${JSON.stringify(source)}`);
  const reader = await connection.runAndReadAll(
    `SELECT name, sum(removed)::DOUBLE, count(*)::DOUBLE FROM (
       SELECT coalesce(${identifier(source)}::VARCHAR, '(none)') AS name, ${removedBit} AS removed FROM ${numberedRows(inputs)}
     ) GROUP BY 1 ORDER BY 2 DESC, 1`
  );
  return reader.getRowsJS().map(([name, lost, n]) => ({name: name as string, lost: lost as number, rows: n as number}));
}
