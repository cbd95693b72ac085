import {createRequire} from "node:module";
import type * as NodeApi from "@duckdb/node-api";
import type {DuckDBConnection, DuckDBValue} from "@duckdb/node-api";

export {identifier} from "../text/identifier.js";

// Required, not imported: Node reads a CommonJS package's 200 files twice to import it, 0.2 s of each start. And only when
// it is opened: most worker threads never do.
const nodeApi = () => createRequire(import.meta.url)("@duckdb/node-api") as typeof NodeApi;

/** A row as DuckDB returns it in JavaScript values; BIGINTs come as numbers, or throw where they do not fit. */
export type Row = Record<string, unknown>;

/** Quotes a text as a SQL literal. */
export function literal(text: string): string {
  if (text.includes("\0")) throw new RangeError("expected text without NUL in a SQL literal");
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Opens DuckDB for the length of `use`; `path` ":memory:" by default. Results never depend on `threads`.
 *
 * @param use `connect` gives it another connection to the same tables, for what runs beside; temporary tables and variables
 *   are each connection's own
 */
export async function withDuckDB<T>(
  use: (connection: DuckDBConnection, connect: () => Promise<DuckDBConnection>) => Promise<T>,
  options: DuckDBOptions = {}
): Promise<T> {
  const {connection, connect, close} = await openDuckDB(options);
  try {
    return await use(connection, connect);
  } finally {
    close();
  }
}

/** Opens DuckDB for a generator, whose `finally` calls `close`. */
export async function openDuckDB({
  path = ":memory:",
  threads = 2,
  memory = "1GB",
  temporary
}: DuckDBOptions = {}): Promise<{
  connection: DuckDBConnection;
  connect(): Promise<DuckDBConnection>;
  close(): void;
}> {
  const instance = await nodeApi().DuckDBInstance.create(path, {
    threads: String(threads),
    memory_limit: memory,
    preserve_insertion_order: "true",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    ...(temporary === undefined ? {} : {temp_directory: temporary})
  });
  try {
    const connection = await instance.connect();
    return {
      connection,
      connect: () => instance.connect(),
      close() {
        connection.closeSync();
        instance.closeSync();
      }
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

export interface DuckDBOptions {
  path?: string;
  threads?: number;
  /** e.g. "1GB" */
  memory?: string;
  /** folder that large operations spill into */
  temporary?: string;
}

/** All rows of a query, as plain objects. */
export async function rows(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBValue[] = []
): Promise<Row[]> {
  const reader = await connection.runAndReadAll(sql, [...parameters]);
  return reader.getRowObjectsJS().map(plain);
}

/** The rows of a query, in batches as DuckDB makes them: memory does not grow with the result. */
export async function* stream(
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBValue[] = []
): AsyncGenerator<Row[]> {
  const result = await connection.stream(sql, [...parameters]);
  for await (const batch of result.yieldRowObjectJs()) yield batch.map((row) => plain(row as Row));
}

function plain(row: Row): Row {
  for (const key of Object.keys(row)) row[key] = convert(row[key]);
  return row;
}

function convert(value: unknown): unknown {
  if (typeof value === "bigint") {
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`expected a safe integer, got ${value}`);
    return number;
  }
  if (Array.isArray(value)) return value.map(convert);
  if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype)
    return plain(value as Row);
  return value;
}
