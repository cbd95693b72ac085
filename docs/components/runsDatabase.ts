import type {AsyncDuckDB, AsyncDuckDBConnection} from "npm:@duckdb/duckdb-wasm@1.32.0";
import {connectAnew, lock, startDuckDB} from "./duckdb.js";
import {arrowStream} from "./parquet.js";

/** A table of runs as a file holds it. */
export interface RunsFile {
  /** its name; the ending says the format: .csv, .tsv, .jsonl, .ndjson, .json or .parquet */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A column of a table of runs. */
export interface RunsColumn {
  readonly name: string;
  /** whether its values are numbers */
  readonly numeric: boolean;
}

/** A table of runs that SQL expressions over its columns can be asked of, in the page. */
export interface PageRuns {
  readonly columns: readonly RunsColumn[];
  readonly rows: number;
  /**
   * The value of each expression in each run that `where` keeps.
   *
   * @throws FieldError naming the expression that DuckDB refuses
   */
  select(expressions: Readonly<Record<string, string>>, where?: string | null): Promise<Record<string, unknown>[]>;
}

/** What is wrong with one field of a form. */
export class FieldError extends Error {
  constructor(
    readonly field: string,
    message: string
  ) {
    super(message);
  }
}

/** Bytes of the largest file that a page reads. */
export const mostBytes = 50 * 2 ** 20;

const formats = ["csv", "tsv", "txt", "jsonl", "ndjson", "json", "parquet"];

let started: Promise<AsyncDuckDB> | undefined;

/**
 * Reads a file of runs into DuckDB-WASM, in the place of the table that was read before. Once it is read, expressions
 * reach neither a file nor the network.
 *
 * @throws FieldError with field "file" for a file that cannot be read, or one without rows
 */
export async function openRuns({name, bytes}: RunsFile): Promise<PageRuns> {
  const ending = name.split(".").pop()!.toLowerCase();
  const refuse = (message: string) => new FieldError("file", `${name}: ${message}`);
  if (!formats.includes(ending)) throw refuse(`expected a file ending in .${formats.join(", .")}`);
  if (bytes.length === 0) throw refuse("expected at least one run, found an empty file");
  if (bytes.length > mostBytes)
    throw refuse(`expected at most ${mostBytes / 2 ** 20} MB in a page, got ${(bytes.length / 2 ** 20).toFixed(1)} MB`);
  const database = await (started ??= startDuckDB());
  await database.reset();
  const connection = await connectAnew(database);
  try {
    await read(database, connection, ending, bytes);
  } catch (error) {
    throw refuse(firstLine(error));
  }
  await lock(connection);
  const described = await connection.query("DESCRIBE runs");
  const columns = described.toArray().map((row: {toJSON(): Record<string, unknown>}) => {
    const {column_name, column_type} = row.toJSON();
    return {name: String(column_name), numeric: /INT|DOUBLE|FLOAT|DECIMAL|REAL/.test(String(column_type))};
  });
  const [{n}] = (await connection.query("SELECT count(*)::DOUBLE AS n FROM runs")).toArray() as {n: number}[];
  if (n === 0) throw refuse("expected at least one run, found none");
  return {columns, rows: n, select: (expressions, where) => select(connection, expressions, where ?? null)};
}

async function read(
  database: AsyncDuckDB,
  connection: AsyncDuckDBConnection,
  ending: string,
  bytes: Uint8Array
): Promise<void> {
  if (ending === "parquet") {
    const stream = await arrowStream({arrayBuffer: () => Promise.resolve(bytes.slice().buffer)});
    await connection.insertArrowFromIPCStream(stream, {name: "runs", schema: "main", create: true});
    return;
  }
  // A buffer that is registered moves to the worker: the caller keeps its own.
  await database.registerFileBuffer("runs", bytes.slice());
  if (/^(jsonl|ndjson|json)$/.test(ending)) {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes).trim();
    const list = ending === "json" ? JSON.parse(text) : text.split("\n").map(parseLine);
    if (!Array.isArray(list)) throw new TypeError("expected a list of runs");
    await database.registerFileText("runs.json", JSON.stringify(list));
    await connection.insertJSONFromPath("runs.json", {name: "runs", schema: "main", create: true});
    await database.dropFile("runs.json");
  } else await connection.query("CREATE TABLE runs AS SELECT * FROM read_csv('runs')");
  await database.dropFile("runs");
}

function parseLine(line: string, i: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new TypeError(`line ${i + 1}: ${(error as Error).message}`, {cause: error});
  }
}

async function select(
  connection: AsyncDuckDBConnection,
  expressions: Readonly<Record<string, string>>,
  where: string | null
): Promise<Record<string, unknown>[]> {
  const attempt = async (field: string, sql: string) => {
    try {
      return await connection.query(sql);
    } catch (error) {
      throw new FieldError(field, firstLine(error));
    }
  };
  if (where !== null) await attempt("where", `SELECT 1 FROM runs WHERE (${where}\n) LIMIT 0`);
  // One by one first, so that an error is put beside its field; the newline ends a comment.
  for (const [name, sql] of Object.entries(expressions)) await attempt(name, `SELECT (${sql}\n) FROM runs LIMIT 0`);
  const list = Object.entries(expressions).map(([name, sql]) => `(${sql}\n) AS ${identifier(name)}`);
  const condition = where === null ? "" : `WHERE (${where}\n)`;
  const found = await attempt("target", `SELECT ${list.join(", ")} FROM runs ${condition}`);
  return found.toArray().map((row: {toJSON(): Record<string, unknown>}) => row.toJSON());
}

/** Quotes a name as a SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** What DuckDB says, without its stack and its candidates further down. */
function firstLine(error: unknown): string {
  return (error as Error).message.split("\n")[0].replace(/^\w+ Error: /, "");
}
