import {extname} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {identifier, literal, rows, withDuckDB, type Row} from "../io/duckdb.js";

const readers: Readonly<Record<string, (path: string) => string>> = {
  ".csv": (path) => `read_csv(${path})`,
  ".tsv": (path) => `read_csv(${path})`,
  ".parquet": (path) => `read_parquet(${path})`,
  ".jsonl": (path) => `read_json(${path}, format = 'newline_delimited')`,
  ".ndjson": (path) => `read_json(${path}, format = 'newline_delimited')`
};

/** A runs table that SQL expressions over its columns can be asked of. */
export interface RunsQuery {
  /** column names, in the file's order */
  readonly columns: readonly string[];
  /**
   * The value of each expression in each run that `where` keeps.
   *
   * @param expressions by name: a column or a DuckDB expression over the columns
   * @throws TypeError naming the expression that DuckDB refuses
   */
  select(expressions: Readonly<Record<string, string>>, where?: string | null): Promise<Row[]>;
}

/**
 * Opens a runs table in CSV, Parquet or JSONL for the length of `use`. Once it is read, expressions can reach neither
 * another file nor the network.
 *
 * @throws TypeError for a file of another kind, one that cannot be read, or one without rows
 */
export async function queryRuns<T>(path: string, use: (runs: RunsQuery) => Promise<T>): Promise<T> {
  const reader = readers[extname(path).toLowerCase()];
  if (reader === undefined)
    throw new TypeError(`${path}: expected a file ending in ${Object.keys(readers).join(", ")}`);
  return withDuckDB(async (connection) => {
    await attempt(path, () => connection.run(`CREATE TABLE runs AS SELECT * FROM ${reader(literal(path))}`));
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
    const described = await rows(connection, "DESCRIBE runs");
    const columns = described.map((row) => String(row.column_name));
    const [{n}] = await rows(connection, "SELECT count(*) AS n FROM runs");
    if (n === 0) throw new TypeError(`${path}: expected at least one run, found none`);
    return use({columns, select: (expressions, where) => select(connection, expressions, where ?? null)});
  });
}

async function select(
  connection: DuckDBConnection,
  expressions: Readonly<Record<string, string>>,
  where: string | null
): Promise<Row[]> {
  if (where !== null)
    await attempt(`where ${where}`, () => connection.run(`SELECT 1 FROM runs WHERE (${where}\n) LIMIT 0`));
  // One by one first, so that an error names the expression it is in; the newline ends a comment.
  for (const [name, sql] of Object.entries(expressions))
    await attempt(`${name}: ${sql}`, () => connection.run(`SELECT (${sql}\n) FROM runs LIMIT 0`));
  const list = Object.entries(expressions).map(([name, sql]) => `(${sql}\n) AS ${identifier(name)}`);
  const condition = where === null ? "" : `WHERE (${where}\n)`;
  const what = Object.values(expressions).join(", ");
  return attempt(what, () => rows(connection, `SELECT ${list.join(", ")} FROM runs ${condition}`));
}

async function attempt<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const [reason] = (error as Error).message.split("\n");
    throw new TypeError(`${what}: ${reason}`, {cause: error});
  }
}
