import {stat} from "node:fs/promises";
import {extname, join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {atomic} from "../io/atomic.js";
import {literal, rows} from "../io/duckdb.js";
import {readJsonl} from "../io/jsonl.js";
import {expectFile, longestLine, parquetOptions} from "../io/parquet.js";

/** One file of rows, as Parquet. */
export interface DedupInput {
  /** as the caller named it */
  path: string;
  /** where its rows are: the file itself, or what was made of its JSON lines */
  file: string;
  rows: number;
  /** rows of its row groups, in order */
  groups: readonly number[];
  /** SQL types by column */
  columns: ReadonlyMap<string, string>;
}

/** Columns that a purge adds; a file that has one is refused. */
export const added = ["duplicate_of", "duplicate_kind", "duplicate_jaccard"];
const reserved = [...added, "row key", "file_row_number"];

/**
 * Opens files for a purge; JSON lines become Parquet in `folder`, once.
 *
 * @param name how JSON lines' Parquet is called there
 * @throws TypeError naming file and line or column
 */
export async function openDedupInput(
  connection: DuckDBConnection,
  path: string,
  {text, folder, name}: {text: string; folder: string; name: string}
): Promise<DedupInput> {
  await expectFile(path);
  const format = extname(path);
  if (![".parquet", ".jsonl", ".ndjson"].includes(format))
    throw new TypeError(`${path}: expected a .parquet or .jsonl file`);
  const file = format === ".parquet" ? path : await fromLines(connection, path, join(folder, `${name}.parquet`));
  const columns = await described(connection, path, `read_parquet(${literal(file)})`);
  const type = columns.get(text);
  if (type === undefined)
    throw new TypeError(`${path}: expected a column ${JSON.stringify(text)}, got ${[...columns.keys()].join(", ")}`);
  if (type !== "VARCHAR") throw new TypeError(`${path}: ${text}: expected text, got ${type}`);
  for (const column of reserved) {
    if (columns.has(column))
      throw new TypeError(`${path}: expected no column ${JSON.stringify(column)}: the rejects get one of this name`);
  }
  const groups = await rows(
    connection,
    `SELECT row_group_id, any_value(row_group_num_rows) AS n FROM parquet_metadata(${literal(file)}) GROUP BY 1 ORDER BY 1`
  );
  const sizes = groups.map(({n}) => n as number);
  return {path, file, rows: sizes.reduce((sum, n) => sum + n, 0), groups: sizes, columns};
}

async function fromLines(connection: DuckDBConnection, path: string, file: string): Promise<string> {
  if ((await stat(file).catch(() => null)) !== null) return file;
  const longest = await expectObjects(path);
  const from = `read_json(${literal(path)}, format = 'newline_delimited', sample_size = -1, maximum_object_size = ${Math.max(longestLine, 2 * longest)})`;
  await described(connection, path, from);
  await atomic(file, async (temporary) => {
    await connection
      .run(`COPY (SELECT * FROM ${from}) TO ${literal(temporary)} (${parquetOptions})`)
      .catch((error: unknown) => {
        throw unreadable(path, error);
      });
  });
  return file;
}

async function described(connection: DuckDBConnection, path: string, from: string): Promise<Map<string, string>> {
  try {
    const columns = await rows(connection, `DESCRIBE SELECT * FROM ${from}`);
    return new Map(columns.map((row) => [row.column_name as string, row.column_type as string]));
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): TypeError {
  const [reason] = (error as Error).message.split("\n");
  return new TypeError(`${path}: expected a file that can be read, got: ${reason}`, {cause: error});
}

/** Bytes of the longest line, at least; DuckDB says of a broken line only that there is one. */
async function expectObjects(path: string): Promise<number> {
  let longest = 0;
  for await (const {line, value} of readJsonl(path)) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new TypeError(`${path}:${line}: expected an object, got ${JSON.stringify(value).slice(0, 60)}`);
    let units = 0;
    for (const item of Object.values(value)) if (typeof item === "string") units += item.length;
    longest = Math.max(longest, 6 * units + 65_536);
  }
  return longest;
}
