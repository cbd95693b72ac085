import {DuckDBInstance, type DuckDBConnection} from "@duckdb/node-api";
import {preludes} from "./prelude.js";
import type {Dialect} from "./tokens.js";

/** Statements to run on fresh tables; all of it is undone afterwards. */
export interface SqlJob {
  dialect: Dialect;
  /** ours: makes and fills the tables */
  setup: readonly string[];
  /** not ours: whitelisted, or checked here where the dialect is DuckDB's own */
  statements: readonly string[];
  /** ours: read at the end */
  state: readonly string[];
}

/** Values of a row as text; numbers apart, since they compare otherwise. */
export type SqlValue = null | string | {number: string};

/** What came of a job. */
export interface SqlRun {
  outcome: "done" | "timeout" | "out-of-memory" | "too-many-rows" | "unsupported" | "error" | "setup-error";
  /** rows of the last statement */
  rows: SqlValue[][];
  /** names and order of its columns */
  width: number;
  /** rows of each state query */
  state: SqlValue[][][];
  detail: string;
}

/** A database that is open. */
export interface Engine {
  run(job: SqlJob): Promise<SqlRun>;
  close(): void;
}

const maxRows = 10_000;
const kinds = new Set([1, 2, 3, 5]);

/**
 * Opens DuckDB in memory for jobs: one thread, 256 MB, no files, no network, no extensions, its settings locked. Each job is
 * a transaction that is rolled back. It does not bound time: its process is ended for that.
 */
export async function openEngine(dialect: Dialect): Promise<Engine> {
  const instance = await DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: "256MB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false"
  });
  const connection = await instance.connect();
  for (const sql of preludes[dialect]) await connection.run(sql);
  await connection.run("SET temp_directory = ''");
  await connection.run("SET max_expression_depth = 400");
  await connection.run("SET enable_external_access = false");
  await connection.run("SET lock_configuration = true");
  return {
    run: (job) => run(connection, job),
    close() {
      connection.closeSync();
      instance.closeSync();
    }
  };
}

async function run(connection: DuckDBConnection, {setup, statements, state, dialect}: SqlJob): Promise<SqlRun> {
  const out: SqlRun = {outcome: "done", rows: [], width: 0, state: [], detail: ""};
  await connection.run("BEGIN");
  let ours = true;
  try {
    for (const sql of setup) await connection.run(sql);
    ours = false;
    for (const sql of statements) {
      const extracted = await connection.extractStatements(sql);
      for (let i = 0; i < extracted.count; i++) {
        const prepared = await extracted.prepare(i);
        if (!kinds.has(prepared.statementType))
          return {...out, outcome: "unsupported", detail: "expected SELECT, INSERT, UPDATE or DELETE"};
        const reader = await prepared.streamAndReadUntil(maxRows + 1);
        const rows = reader.getRowsJson();
        if (rows.length > maxRows) return {...out, outcome: "too-many-rows", detail: `more than ${maxRows} rows`};
        const numeric = reader.columnTypes().map(({typeId}) => numbers.has(typeId));
        out.width = numeric.length;
        out.rows = rows.map((row) => row.map((value, i) => plain(value, numeric[i])));
      }
      if (dialect !== "sql" && extracted.count !== 1)
        return {...out, outcome: "unsupported", detail: "expected one statement"};
    }
    ours = true;
    for (const sql of state) {
      const reader = await connection.runAndReadAll(sql);
      const numeric = reader.columnTypes().map(({typeId}) => numbers.has(typeId));
      out.state.push(reader.getRowsJson().map((row) => row.map((value, i) => plain(value, numeric[i]))));
    }
    return out;
  } catch (error) {
    const detail = (error as Error).message.split("\n\n")[0].slice(0, 300);
    if (/^Out of Memory/i.test(detail)) return {...out, outcome: "out-of-memory", detail: ""};
    return {...out, outcome: ours ? "setup-error" : "error", detail};
  } finally {
    await connection.run("ROLLBACK");
  }
}

// BOOLEAN to BIGINT, UTINYINT to UBIGINT, FLOAT, DOUBLE, HUGEINT, UHUGEINT, DECIMAL of DuckDB's type ids.
const numbers = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 19, 32]);

function plain(value: unknown, numeric: boolean): SqlValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "boolean") return {number: value ? "1" : "0"};
  if (numeric) return {number: String(value as string | number)};
  return typeof value === "string" ? value : JSON.stringify(value);
}
