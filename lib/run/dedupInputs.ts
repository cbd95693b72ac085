import {realpath, stat} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {atomic} from "../io/atomic.js";
import {identifier, literal, rows} from "../io/duckdb.js";
import {readJsonl} from "../io/jsonl.js";
import {expectFile, longestLine} from "../io/parquet.js";
import {noRoom} from "./dedupFolder.js";
import {writeRows} from "./dedupOutputs.js";
import {allRows} from "./purgedRows.js";

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
const reserved = [...added, "row key", "row file", "row number", "file_row_number"];

export interface DedupInputsOptions {
  /** column that holds the text */
  text: string;
  /** where JSON lines become Parquet */
  folder: string;
  /** files that rows are compared with, and that nothing is removed from: they come last */
  against?: readonly string[];
  /** further columns that the outputs get */
  reserved?: readonly string[];
}

/**
 * Opens all files of a purge, in the order of their paths.
 *
 * @throws TypeError naming the file, where one comes twice, or where files cannot be read as one table
 */
export async function openDedupInputs(
  connection: DuckDBConnection,
  paths: readonly string[],
  {against = [], ...options}: DedupInputsOptions
): Promise<DedupInput[]> {
  const sorted = [...paths].sort();
  if (sorted.length === 0) throw new RangeError("expected one file or more, got none");
  const all = [...sorted, ...[...against].sort()];
  const seen = new Map<string, string>();
  for (const path of all) {
    await expectFile(path);
    const real = await realpath(path);
    const other = seen.get(real);
    if (other !== undefined)
      throw new TypeError(
        `${path}: expected every file once, got it twice${other === path ? "" : `, also as ${other}`}`
      );
    seen.set(real, path);
  }
  const inputs: DedupInput[] = [];
  for (const [i, path] of all.entries())
    inputs.push(await openDedupInput(connection, path, {...options, name: `input-${i}`}));
  const types = new Map<string, {type: string; path: string}>();
  for (const {path, columns} of inputs.slice(0, sorted.length)) {
    for (const [column, type] of columns) {
      const first = types.get(column);
      if (first === undefined) types.set(column, {type, path});
      else if (nesting(first.type) !== nesting(type))
        throw new TypeError(`${path}: ${column}: expected ${first.type} as in ${first.path}, got ${type}`);
    }
  }
  await connection.run(`DESCRIBE SELECT * FROM ${allRows(inputs.slice(0, sorted.length))}`).catch((error: unknown) => {
    throw new TypeError(
      `${sorted.join(", ")}: expected files that can be read together, got: ${(error as Error).message.split("\n")[0]}`,
      {cause: error}
    );
  });
  return inputs;
}

/** What a type is outside: DuckDB promises to put a scalar beside a struct, and fails when a row comes. */
function nesting(type: string): string {
  return type.endsWith("]") ? "list" : (/^(?:STRUCT|MAP|UNION)\(/.exec(type)?.[0] ?? "");
}

/**
 * Opens a file for a purge; JSON lines, gzipped or not, become Parquet in `folder`, once. A file without rows has none to
 * purge, and is no error.
 *
 * @param options.name how JSON lines' Parquet is called there
 * @throws TypeError naming file and line or column
 */
export async function openDedupInput(
  connection: DuckDBConnection,
  path: string,
  {text, folder, name, reserved: more = []}: Omit<DedupInputsOptions, "against"> & {name: string}
): Promise<DedupInput> {
  await expectFile(path);
  const [format] = /\.parquet$|\.(jsonl|ndjson)(\.gz)?$/.exec(path) ?? [];
  if (format === undefined) throw new TypeError(`${path}: expected a .parquet or .jsonl file`);
  const file = format === ".parquet" ? path : await fromLines(connection, path, {text, folder, name});
  const columns = await described(connection, path, `read_parquet(${literal(file)})`);
  const type = columns.get(text);
  if (type === undefined)
    throw new TypeError(`${path}: expected a column ${JSON.stringify(text)}, got ${[...columns.keys()].join(", ")}`);
  if (type !== "VARCHAR") throw new TypeError(`${path}: ${text}: expected text, got ${type}`);
  for (const column of [...reserved, ...more]) {
    if (columns.has(column))
      throw new TypeError(`${path}: expected no column ${JSON.stringify(column)}: the outputs get one of this name`);
  }
  const groups = await rows(
    connection,
    `SELECT row_group_id, any_value(row_group_num_rows) AS n FROM parquet_metadata(${literal(file)}) GROUP BY 1 ORDER BY 1`
  );
  const sizes = groups.map(({n}) => n as number);
  return {path, file, rows: sizes.reduce((sum, n) => sum + n, 0), groups: sizes, columns};
}

async function fromLines(
  connection: DuckDBConnection,
  path: string,
  {text, folder, name}: {text: string; folder: string; name: string}
): Promise<string> {
  const file = join(folder, `${name}.parquet`);
  if ((await stat(file).catch(() => null)) !== null) return file;
  const {lines, longest} = await expectTexts(path, text);
  // DuckDB holds two of the longest lines a thread.
  const from = `read_json(${literal(path)}, format = 'newline_delimited', sample_size = -1, maximum_object_size = ${Math.max(longestLine, longest + 65_536)}`;
  const columns = lines === 0 ? new Map() : await described(connection, path, `${from})`);
  // JSON has no dates: what only looks like one stays the text it is.
  const types = Array.from(
    columns,
    ([name, type]) => `${identifier(name)}: ${literal(type.replace(looksLike, "VARCHAR"))}`
  );
  const sql =
    lines === 0
      ? `SELECT NULL::VARCHAR AS ${identifier(text)} WHERE false`
      : `SELECT * FROM ${from}, columns = {${types.join(", ")}})`;
  await atomic(file, async (temporary) => {
    const [{threads}] = await rows(connection, "SELECT current_setting('threads') AS threads");
    await writeRows(connection, sql, temporary).catch((error: unknown) => {
      throw noRoom(error, folder) === null ? unreadable(path, error) : error;
    });
    await connection.run(`SET threads = ${threads as number}; SET preserve_insertion_order = true`);
  });
  return file;
}

const looksLike = /\b(?:DATE|TIME|TIMESTAMP|UUID)(?=[,)[]|$)/g;

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

/** How many lines hold an object with a text, all of them, and bytes of the longest; DuckDB does not say which is broken. */
async function expectTexts(path: string, text: string): Promise<{lines: number; longest: number}> {
  let longest = 0;
  let lines = 0;
  for await (const {line, value, bytes} of readJsonl(path)) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new TypeError(`${path}:${line}: expected an object, got ${JSON.stringify(value).slice(0, 60)}`);
    if (!Object.hasOwn(value, text))
      throw new TypeError(
        `${path}:${line}: expected a field ${JSON.stringify(text)}, got ${Object.keys(value).join(", ").slice(0, 200)}`
      );
    const got = (value as Record<string, unknown>)[text];
    if (typeof got !== "string")
      throw new TypeError(`${path}:${line}: ${text}: expected text, got ${JSON.stringify(got).slice(0, 60)}`);
    if (!got.isWellFormed())
      throw new TypeError(`${path}:${line}: ${text}: expected text, got half of a character (a lone surrogate)`);
    longest = Math.max(longest, bytes);
    lines++;
  }
  return {lines, longest};
}
