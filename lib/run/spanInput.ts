import {extname} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal, rows} from "../io/duckdb.js";
import {expectFile, longestLine} from "../io/parquet.js";

/**
 * Reads Parquet and JSONL files into the temporary table `input`: their columns by name, and "row key", "<file>:<row>" with
 * zeros before, so that keys sort as rows do. Returns the columns' types.
 *
 * @param text column that every file has, with text in every row
 * @throws TypeError naming file, row and column
 */
export async function loadSpanInput(
  connection: DuckDBConnection,
  paths: readonly string[],
  text: string
): Promise<Map<string, string>> {
  if (paths.length === 0) throw new RangeError("expected one file or more, got none");
  const parts: string[] = [];
  for (const [i, path] of paths.entries()) {
    await expectFile(path);
    const format = extname(path);
    if (![".parquet", ".jsonl", ".ndjson"].includes(format))
      throw new TypeError(`${path}: expected a .parquet or .jsonl file`);
    const from =
      format === ".parquet"
        ? `read_parquet(${literal(path)})`
        : `read_json(${literal(path)}, format = 'newline_delimited', sample_size = -1, maximum_object_size = ${longestLine})`;
    const columns = await rows(connection, `DESCRIBE SELECT * FROM ${from}`).catch((error: unknown) => {
      const [reason] = (error as Error).message.split("\n");
      throw new TypeError(`${path}: expected a file that can be read, got: ${reason}`, {cause: error});
    });
    const names = columns.map((row) => row.column_name as string);
    const found = columns.find((row) => row.column_name === text);
    if (found === undefined)
      throw new TypeError(`${path}: expected a column ${JSON.stringify(text)}, got ${names.join(", ")}`);
    if (found.column_type !== "VARCHAR")
      throw new TypeError(`${path}: ${text}: expected text, got ${found.column_type as string}`);
    for (const name of ["row key", "repeated_tokens", "text_tokens"]) {
      if (names.includes(name))
        throw new TypeError(`${path}: expected no column ${JSON.stringify(name)}: the output gets one of this name`);
    }
    const key = `lpad(${literal(String(i + 1))}, 6, '0') || ':' || lpad((row_number() OVER ())::VARCHAR, 15, '0')`;
    parts.push(`SELECT ${key} AS "row key", * FROM ${from}`);
  }
  await connection.run(`CREATE TEMP TABLE input AS ${parts.join(" UNION ALL BY NAME ")}`).catch((error: unknown) => {
    const [reason] = (error as Error).message.split("\n");
    throw new TypeError(`${paths.join(", ")}: expected files that can be read together, got: ${reason}`, {
      cause: error
    });
  });
  const [missing] = await rows(
    connection,
    `SELECT "row key" AS key FROM input WHERE ${identifier(text)} IS NULL ORDER BY key LIMIT 1`
  );
  if (missing !== undefined) {
    const [file, row] = (missing.key as string).split(":").map(Number);
    throw new TypeError(`${paths[file - 1]}, row ${row}: ${text}: expected text, got null`);
  }
  const described = await rows(connection, "DESCRIBE input");
  return new Map(
    described.slice(1).map((row): [string, string] => [row.column_name as string, row.column_type as string])
  );
}
