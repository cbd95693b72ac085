import type {DuckDBConnection} from "@duckdb/node-api";
import {literal} from "../io/duckdb.js";
import type {DedupInput} from "./dedupInputs.js";

/**
 * The default keep rule's class of a row, in SQL: twice the number of its tier ceiling, plus one where it is not verified.
 * Without the columns every row is of the lowest tier, and verified.
 */
export function classSql({columns}: DedupInput): string {
  const ceiling =
    columns.get("ceiling") === "VARCHAR"
      ? "CASE ceiling WHEN 'T0' THEN 0 WHEN 'T1' THEN 2 WHEN 'T2' THEN 4 ELSE 6 END"
      : "6";
  const verified =
    columns.get("verified") === "BOOLEAN" ? "CASE WHEN coalesce(verified, false) THEN 0 ELSE 1 END" : "0";
  return `${ceiling} + ${verified}`;
}

/**
 * The class of each row under a keep rule of one's own: rows that its terms do not tell apart share one.
 *
 * @param purged how many of the inputs are ranked; rows of the others are of the best class
 * @param terms of an SQL ORDER BY, the best row first
 * @throws TypeError where a term is no SQL over the columns
 */
export async function rankRows(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  purged: number,
  terms: readonly string[]
): Promise<Uint32Array> {
  const classes = new Uint32Array(inputs.reduce((sum, {rows}) => sum + rows, 0));
  const all = inputs
    .slice(0, purged)
    .map(({file}, i) => `SELECT *, ${i} AS "row file" FROM read_parquet(${literal(file)}, file_row_number = true)`);
  try {
    const result = await connection.stream(
      `SELECT rank FROM (
         SELECT dense_rank() OVER (ORDER BY ${terms.map((term) => `${term} NULLS LAST`).join(", ")})::UINTEGER AS rank,
           "row file", file_row_number FROM (${all.join(" UNION ALL BY NAME ")})
       ) ORDER BY "row file", file_row_number`
    );
    let row = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return classes;
      for (const rank of chunk.getColumnValues(0)) classes[row++] = rank as number;
    }
  } catch (error) {
    throw new TypeError(
      `keep: expected terms of an ORDER BY over the columns, got ${terms.join(", ")}: ${(error as Error).message.split("\n")[0]}`,
      {cause: error}
    );
  }
}
