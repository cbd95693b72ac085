import type {DuckDBConnection} from "@duckdb/node-api";
import {literal} from "../io/duckdb.js";
import type {DedupInput} from "./dedupInputs.js";

/** Sets the variable that `removedBit` reads; it is each connection's own. @param removed "1" or "0" for each row */
export async function markRemoved(connection: DuckDBConnection, removed: Uint8Array): Promise<void> {
  const bits = Buffer.from(removed.buffer).toString("latin1");
  await connection.run(`SET VARIABLE removed = ${bits === "" ? "NULL::BIT" : `'${bits}'::BIT`}`);
}

/**
 * SQL of the rows of all files in order, where one thread reads them, with file_row_number and with "row number" among all
 * from 0; a column that a file does not have is null there. It is one scan, for a union writes what is left of each part after
 * the next part; and it is numbered, for a filter over rows that have no order defers those of a part that few pass.
 */
export function numberedRows(inputs: readonly DedupInput[]): string {
  return `(SELECT *, row_number() OVER () - 1 AS "row number" FROM ${allRows(inputs)})`;
}

/** SQL of the same, neither in order nor numbered. */
export function allRows(inputs: readonly DedupInput[]): string {
  return `read_parquet([${inputs.map(({file}) => literal(file)).join(", ")}], union_by_name = true, file_row_number = true)`;
}

/** SQL, beside "row number": 1 where the row is removed, 0 where it stays. */
export const removedBit = `get_bit(getvariable('removed'), "row number"::INTEGER)`;
