import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier} from "../io/duckdb.js";
import type {Loss} from "./dedupGuard.js";
import type {DedupInput} from "./dedupInputs.js";

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
    rows,
    names,
    inputs,
    removed
  }: {
    source: string | undefined;
    /** SQL of all rows with "row file" and "row number" */
    rows: string;
    names: readonly string[];
    inputs: readonly DedupInput[];
    removed: readonly Uint8Array[];
  }
): Promise<Loss[]> {
  if (source === undefined)
    return names.map((name, i) => {
      let lost = 0;
      for (const bit of removed[i]) lost += bit & 1;
      return {name, lost, rows: removed[i].length};
    });
  if (!inputs.some(({columns}) => columns.has(source)))
    throw new TypeError(`source: expected a column, got ${JSON.stringify(source)}`);
  const reader = await connection.runAndReadAll(
    `SELECT coalesce(${identifier(source)}::VARCHAR, '(none)') AS name, count(member)::DOUBLE, count(*)::DOUBLE
     FROM (${rows}) LEFT JOIN duplicates ON duplicates.file = "row file" AND duplicates.row = "row number"
     GROUP BY 1 ORDER BY 2 DESC, 1`
  );
  return reader.getRowsJS().map(([name, lost, n]) => ({name: name as string, lost: lost as number, rows: n as number}));
}
