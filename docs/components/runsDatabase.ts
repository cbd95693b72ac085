import type {AsyncDuckDB, AsyncDuckDBConnection} from "npm:@duckdb/duckdb-wasm@1.32.0";
import type {RunsQuery} from "../lib/run/queryRuns.js";
import {identifier} from "../lib/text/identifier.js";
import {nearest} from "../lib/text/nearest.js";
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
  /** asks the table; a FieldError names the expression that DuckDB refuses */
  readonly query: RunsQuery;
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

/** Column that keeps a run's place in its file, from 1; shown to nobody. */
const place = "ballast row of the file";

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
  const columns = await columnsOf(connection);
  const [{n}] = rowsOf(await connection.query("SELECT count(*)::DOUBLE AS n FROM runs")) as {n: number}[];
  if (n === 0) throw refuse("expected at least one run, found none");
  return {columns, rows: n, query: ask(connection, columns)};
}

async function read(
  database: AsyncDuckDB,
  connection: AsyncDuckDBConnection,
  ending: string,
  bytes: Uint8Array
): Promise<void> {
  if (ending === "parquet") {
    const stream = await arrowStream({arrayBuffer: () => Promise.resolve(bytes.slice().buffer)});
    await connection.insertArrowFromIPCStream(stream, {name: "given", schema: "main", create: true});
    await connection.query(numbered("given"));
    return;
  }
  // A buffer that is registered moves to the worker: the caller keeps its own.
  await database.registerFileBuffer("runs", bytes.slice());
  if (/^(jsonl|ndjson|json)$/.test(ending)) {
    const text = new TextDecoder("utf-8", {fatal: true}).decode(bytes).trim();
    const list = ending === "json" ? JSON.parse(text) : text.split("\n").map(parseLine);
    if (!Array.isArray(list)) throw new TypeError("expected a list of runs");
    await database.registerFileText("runs.json", JSON.stringify(list));
    await connection.insertJSONFromPath("runs.json", {name: "given", schema: "main", create: true});
    await connection.query(numbered("given"));
    await database.dropFile("runs.json");
  } else await connection.query(numbered("read_csv('runs', header = true, sample_size = -1)"));
  await database.dropFile("runs");
}

function numbered(source: string): string {
  return `CREATE TABLE runs AS SELECT row_number() OVER () AS ${identifier(place)}, * FROM ${source}`;
}

function parseLine(line: string, i: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new TypeError(`line ${i + 1}: ${(error as Error).message}`, {cause: error});
  }
}

/** The columns of the table; one that a single word has turned into text still counts as numbers. */
async function columnsOf(connection: AsyncDuckDBConnection): Promise<RunsColumn[]> {
  const described = rowsOf(await connection.query("DESCRIBE runs")).filter(({column_name}) => column_name !== place);
  const counts = described.map(
    ({column_name}, i) => `avg((TRY_CAST(${identifier(String(column_name))} AS DOUBLE) IS NOT NULL)::INT) AS c${i}`
  );
  const [share] = rowsOf(await connection.query(`SELECT ${counts.join(", ")} FROM runs`));
  return described.map(({column_name, column_type}, i) => ({
    name: String(column_name),
    numeric:
      /INT|DOUBLE|FLOAT|DECIMAL|REAL/.test(String(column_type)) ||
      (String(column_type) === "VARCHAR" && Number(share[`c${i}`]) > 0.5)
  }));
}

function ask(connection: AsyncDuckDBConnection, columns: readonly RunsColumn[]): RunsQuery {
  const names = columns.map(({name}) => name);
  const attempt = async (field: string, sql: string) => {
    try {
      return await connection.query(sql);
    } catch (error) {
      throw new FieldError(field, explained(firstLine(error), names));
    }
  };
  // One by one first, so that an error is put beside its field; the newline ends a comment.
  const check = async (expressions: Readonly<Record<string, string>>, where: string | null) => {
    if (where !== null) await attempt("where", `SELECT 1 FROM runs ${condition(where)} LIMIT 0`);
    for (const [key, sql] of Object.entries(expressions)) await attempt(key, `SELECT (${sql}\n) FROM runs LIMIT 0`);
  };
  return {
    columns: names,
    row: identifier(place),
    unmatched: [],
    async select(expressions, where = null) {
      await check(expressions, where);
      const list = Object.entries(expressions).map(([name, sql]) => `(${sql}\n) AS ${identifier(name)}`);
      const order = `ORDER BY ${identifier(place)}`;
      const table = await attempt("target", `SELECT ${list.join(", ")} FROM runs ${condition(where)} ${order}`);
      return Object.fromEntries(
        Object.keys(expressions).map((name): [string, unknown[]] => [name, [...(table.getChild(name) ?? [])]])
      );
    },
    async count(expressions, where = null) {
      await check(expressions, where);
      const all = Object.values(expressions).map((sql) => `(${sql}\n) IS NOT NULL`);
      const counted = `SELECT count(*) FILTER (WHERE ${all.join(" AND ")})::DOUBLE AS n FROM runs ${condition(where)}`;
      return Number((await attempt("target", counted)).getChild("n")?.get(0));
    }
  };
}

const condition = (where: string | null) => (where === null ? "" : `WHERE (${where}\n)`);

function rowsOf(result: {toArray(): {toJSON(): Record<string, unknown>}[]}): Record<string, unknown>[] {
  return result.toArray().map((row) => row.toJSON());
}

/** What DuckDB says, without its kind of error and what follows the first line. */
function firstLine(error: unknown): string {
  return (error as Error).message.split("\n")[0].replace(/^\w+ Error: /, "");
}

/** DuckDB's word on a column that is not there, with the one that was probably meant. */
function explained(reason: string, columns: readonly string[]): string {
  const [, missing] = /^Referenced column "(.*?)" (?:was )?not found/.exec(reason) ?? [];
  if (missing === undefined) return reason;
  const near = nearest(missing, columns);
  return `expected a column of the table, got ${missing}${near === null ? "" : `; did you mean ${near}?`}`;
}
