import {basename} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal, openDuckDB, rows, stream, type Row} from "../io/duckdb.js";
import {expectFile} from "../io/parquet.js";
import {nearest} from "../text/nearest.js";
import {columnsOf, joinRuns, type Join, type Unmatched} from "./joinRuns.js";
import {csvReason, refuseBadCsv} from "./refuseBadCsv.js";

// Every line is read before a column's type is guessed: one word among a million numbers is then told by its row.
const csv = (path: string) => `read_csv(${path}, header = true, sample_size = -1)`;
const jsonl = (path: string) => `read_json(${path}, format = 'newline_delimited', sample_size = -1)`;

const readers: Readonly<Record<string, (path: string) => string>> = {
  ".csv": csv,
  ".tsv": csv,
  ".parquet": (path) => `read_parquet(${path})`,
  ".jsonl": jsonl,
  ".ndjson": jsonl,
  ".jsonl.gz": jsonl
};

/** Column that keeps a run's place in its file, from 1; shown to nobody. */
const place = "ballast row of the file";

/** A runs table that SQL expressions over its columns can be asked of. */
export interface RunsQuery {
  /** column names, in the file's order, then those of the joined files */
  readonly columns: readonly string[];
  /** SQL of a run's row in the first file, from 1, the head not counted */
  readonly row: string;
  /** what the joins left out */
  readonly unmatched: readonly Unmatched[];
  /**
   * The values of each expression in the runs that `where` keeps, as columns in the order of the file.
   *
   * @param expressions by name: a column or a DuckDB expression over the columns
   * @throws TypeError naming the expression that DuckDB refuses, and the column that may have been meant
   */
  select(expressions: Readonly<Record<string, string>>, where?: string | null): Promise<Record<string, unknown[]>>;
  /** How many of the runs that `where` keeps have a value of an expression, named as in `select`. */
  count(expressions: Readonly<Record<string, string>>, where?: string | null): Promise<number>;
}

/** A runs table with its rows one by one. */
export interface OpenRuns extends RunsQuery {
  /**
   * The runs one by one, each with its place in the file: every column, or the values of expressions.
   *
   * @throws TypeError as `select`
   */
  each(expressions: Readonly<Record<string, string>> | null): AsyncGenerator<{row: number; values: Row}>;
}

/**
 * Opens a runs table in CSV, TSV, Parquet or JSONL for the length of `use`. Once it and what it is joined with are
 * read, expressions can reach neither another file nor the network.
 *
 * @param options.joins further tables, each run's columns from its partner there
 * @throws TypeError for a file of another kind, one that cannot be read, or one without rows, and for a bad join
 */
export async function queryRuns<T>(
  path: string,
  use: (runs: RunsQuery) => Promise<T>,
  options: {joins?: readonly Join[]} = {}
): Promise<T> {
  const {runs, close} = await openRuns(path, options);
  try {
    return await use(runs);
  } finally {
    close();
  }
}

/** Opens a runs table as `queryRuns` does, for a generator, whose `finally` calls `close`. */
export async function openRuns(
  path: string,
  {joins = []}: {joins?: readonly Join[]} = {}
): Promise<{runs: OpenRuns; close(): void}> {
  const {connection, close} = await openDuckDB();
  try {
    return {runs: await queryOf(connection, path, joins), close};
  } catch (error) {
    close();
    throw error;
  }
}

async function queryOf(connection: DuckDBConnection, path: string, joins: readonly Join[]): Promise<OpenRuns> {
  await load(connection, path, "runs", `row_number() OVER () AS ${identifier(place)}, `);
  const unmatched: Unmatched[] = [];
  for (const join of joins) {
    await load(connection, join.path, "partner", "");
    unmatched.push(await joinRuns(connection, join, {of: path, place}));
  }
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
  const columns = [...(await columnsOf(connection, "runs")).keys()].filter((name) => name !== place);
  const check = (expressions: Readonly<Record<string, string>>, where: string | null) =>
    refuseBadSql(connection, expressions, where, (reason) => explained(reason, columns, path));
  return {
    columns,
    row: identifier(place),
    unmatched,
    async select(expressions, where = null) {
      await check(expressions, where);
      const list = Object.entries(expressions).map(([name, sql]) => `(${sql}\n) AS ${identifier(name)}`);
      const query = `SELECT ${list.join(", ")} FROM runs ${condition(where)} ORDER BY ${identifier(place)}`;
      return attempt(inWords(expressions, where), () => columnsFrom(connection, query, Object.keys(expressions)));
    },
    async *each(expressions) {
      if (expressions !== null) await check(expressions, null);
      const list = Object.entries(expressions ?? {}).map(([name, sql]) => `(${sql}\n) AS ${identifier(name)}`);
      const query = `SELECT ${[identifier(place), ...(expressions === null ? [`* EXCLUDE (${identifier(place)})`] : list)].join(", ")} FROM runs ORDER BY ${identifier(place)}`;
      for await (const batch of stream(connection, query))
        for (const {[place]: row, ...values} of batch) yield {row: Number(row), values};
    },
    async count(expressions, where = null) {
      await check(expressions, where);
      const all = Object.values(expressions).map((sql) => `(${sql}\n) IS NOT NULL`);
      const query = `SELECT count(*) FILTER (WHERE ${all.join(" AND ")}) AS n FROM runs ${condition(where)}`;
      return Number((await attempt(inWords(expressions, where), () => rows(connection, query)))[0].n);
    }
  };
}

/** A query's columns; its rows are let go batch by batch. */
async function columnsFrom(
  connection: DuckDBConnection,
  query: string,
  names: readonly string[]
): Promise<Record<string, unknown[]>> {
  const columns = names.map((): unknown[] => []);
  for await (const batch of stream(connection, query))
    for (const row of batch) for (const [j, name] of names.entries()) columns[j].push(row[name]);
  return Object.fromEntries(names.map((name, j) => [name, columns[j]]));
}

async function load(connection: DuckDBConnection, path: string, table: string, more: string): Promise<void> {
  const reader = Object.entries(readers).find(([ending]) => path.toLowerCase().endsWith(ending))?.[1];
  if (reader === undefined)
    throw new TypeError(`${path}: expected a file ending in ${Object.keys(readers).join(", ")}`);
  await expectFile(path);
  try {
    await connection.run(`CREATE OR REPLACE TABLE ${table} AS SELECT ${more}* FROM ${reader(literal(path))}`);
    const columns = [...(await columnsOf(connection, table)).keys()].filter((name) => name !== place);
    if (reader === csv) await refuseBadCsv(connection, path, columns);
  } catch (error) {
    if (error instanceof TypeError) throw error;
    const {message} = error as Error;
    throw new TypeError(csvReason(message, path) ?? `${path}: ${message.split("\n")[0]}`, {cause: error});
  }
  const [{n}] = await rows(connection, `SELECT count(*) AS n FROM ${table}`);
  if (n === 0) throw new TypeError(`${path}: expected at least one run, found none`);
}

/** One by one, so that an error names the expression it is in. */
async function refuseBadSql(
  connection: DuckDBConnection,
  expressions: Readonly<Record<string, string>>,
  where: string | null,
  explain: (reason: string) => string
): Promise<void> {
  if (where !== null)
    await attempt(`where ${where}`, () => connection.run(`SELECT 1 FROM runs ${condition(where)} LIMIT 0`), explain);
  for (const [name, sql] of Object.entries(expressions))
    await attempt(`${name}: ${sql}`, () => connection.run(`SELECT (${sql}\n) FROM runs LIMIT 0`), explain);
}

const inWords = (expressions: Readonly<Record<string, string>>, where: string | null) =>
  `${Object.values(expressions).join(", ")}${where === null ? "" : ` where ${where}`}`;

// The newline ends a comment.
const condition = (where: string | null) => (where === null ? "" : `WHERE (${where}\n)`);

/** DuckDB's word on a column that is not there, with the one that was probably meant. */
function explained(reason: string, columns: readonly string[], path: string): string {
  const [, missing] = /^Binder Error: Referenced column "(.*?)" (?:was )?not found/.exec(reason) ?? [];
  if (missing === undefined) return reason;
  const near = nearest(missing, columns);
  const known = columns.length > 20 ? [...columns.slice(0, 20), `${columns.length - 20} more`] : columns;
  return `expected a column of ${basename(path)}, got ${missing}; ${near === null ? `it has ${known.join(", ")}` : `did you mean ${near}?`}`;
}

async function attempt<T>(what: string, run: () => Promise<T>, explain = (reason: string) => reason): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new TypeError(`${what}: ${explain(reason)}`, {cause: error});
  }
}
