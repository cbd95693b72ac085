import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal, rows} from "../io/duckdb.js";
import type {DedupInput} from "./dedupInputs.js";

/**
 * Makes the view `input` of all rows: their columns by name, null where a file does not have one, "row file" from 0,
 * file_row_number from 0, and "row key", "<file>:<row>" from 1 with zeros before, so that keys sort as rows do. Returns the
 * types of the rows' own columns.
 *
 * @throws TypeError naming file and row where there is no text
 */
export async function viewRows(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  text: string
): Promise<Map<string, string>> {
  const parts = inputs.map(
    ({file}, i) =>
      `SELECT '${String(i + 1).padStart(6, "0")}:' || lpad((file_row_number + 1)::VARCHAR, 15, '0') AS "row key", ${i} AS "row file", *
       FROM read_parquet(${literal(file)}, file_row_number = true)`
  );
  await connection.run(`CREATE TEMP VIEW input AS ${parts.join(" UNION ALL BY NAME ")}`);
  const [missing] = await rows(
    connection,
    `SELECT "row file" AS file, file_row_number + 1 AS row FROM input WHERE ${identifier(text)} IS NULL ORDER BY ALL LIMIT 1`
  );
  if (missing !== undefined)
    throw new TypeError(
      `${inputs[missing.file as number].path}, row ${missing.row as number}: ${text}: expected text, got null`
    );
  const columns = (await rows(connection, "DESCRIBE input")).map((row): [string, string] => [
    row.column_name as string,
    row.column_type as string
  ]);
  return new Map(columns.filter(([name]) => !["row key", "row file", "file_row_number"].includes(name)));
}

/** SQL of a row key as people read it, without zeros before the numbers. */
export function shownKey(column: string): string {
  return `regexp_replace(${column}, '(^|:)0+', '\\1', 'g')`;
}
