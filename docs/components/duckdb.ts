import * as duckdb from "npm:@duckdb/duckdb-wasm@1.32.0";
import {arrowStream, type Source} from "./parquet.js";

/** A result as Arrow gives it: rows by iteration, columns by name. */
export type Result = Awaited<ReturnType<duckdb.AsyncDuckDBConnection["query"]>>;

/** A database in the page, over the data that the site carries. */
export interface Database {
  /** A tag for ```sql blocks: holes become parameters. */
  sql(strings: readonly string[], ...parameters: readonly unknown[]): Promise<Result>;
  query(text: string, parameters?: readonly unknown[]): Promise<Result>;
}

// The extensions that DuckDB would fetch from a host are off: a page asks nothing of anybody but its own site.
const settings = [
  "SET autoinstall_known_extensions = false",
  "SET autoload_known_extensions = false",
  "SET enable_external_access = false",
  "SET lock_configuration = true"
];

/** DuckDB-WASM in a worker of its own, without a database yet; both are served by the site itself. */
export async function startDuckDB(): Promise<duckdb.AsyncDuckDB> {
  const worker = new Worker(import.meta.resolve("npm:@duckdb/duckdb-wasm@1.32.0/dist/duckdb-browser-eh.worker.js"));
  const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await database.instantiate(import.meta.resolve("npm:@duckdb/duckdb-wasm@1.32.0/dist/duckdb-eh.wasm"));
  return database;
}

/** A connection to a new, empty database; what was there before is dropped. */
export async function connectAnew(database: duckdb.AsyncDuckDB): Promise<duckdb.AsyncDuckDBConnection> {
  await database.open({query: {castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: true}});
  return database.connect();
}

/** Takes from a connection, for good, the way to files and hosts: what is asked from now on reaches tables alone. */
export async function lock(connection: duckdb.AsyncDuckDBConnection): Promise<void> {
  for (const setting of settings) await connection.query(setting);
}

/**
 * Opens DuckDB-WASM on Parquet files: each is decoded by parquet-wasm and inserted as an Arrow stream, since DuckDB's
 * own Parquet reader is an extension that it would download. Whole columns are held in memory: up to about a million
 * rows.
 *
 * @param tables by name; a table is there once `query` of it is asked for
 */
export async function openDatabase(tables: Readonly<Record<string, Source>> = {}): Promise<Database> {
  const streams = Object.entries(tables).map(async ([name, source]) => [name, await arrowStream(source)] as const);
  const connection = await connectAnew(await startDuckDB());
  for (const [name, stream] of await Promise.all(streams)) {
    await connection.insertArrowFromIPCStream(stream, {name, schema: "main", create: true});
  }
  await lock(connection);
  const query = async (text: string, parameters: readonly unknown[] = []): Promise<Result> => {
    if (parameters.length === 0) return connection.query(text);
    const statement = await connection.prepare(text);
    try {
      return await statement.query(...parameters);
    } finally {
      await statement.close();
    }
  };
  return {query, sql: (strings, ...parameters) => query(strings.join("?"), parameters)};
}
