import {rm, stat} from "node:fs/promises";
import {atomic} from "./atomic.js";
import {identifier, literal, openDuckDB, stream, withDuckDB, type DuckDBOptions, type Row} from "./duckdb.js";
import {writeTexts} from "./writeTexts.js";

/** Columns by name, each with its SQL type, e.g. {id: "VARCHAR", spans: "STRUCT(start INTEGER)[]"}. */
export type Columns = Readonly<Record<string, string>>;

/**
 * Bytes of the longest JSON line that DuckDB is asked to read. It reserves twice as much a thread, so it stays small: a
 * sample's text is at most a million code units, six bytes each when all are escaped.
 */
export const longestLine = 24_000_000;

/** How every Parquet file of ours is written: the same rows give the same bytes. */
export const parquetOptions = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440";

/** SQL for a table function over JSONL files whose lines hold these columns. */
export function fromJsonl(paths: readonly string[], columns: Columns): string {
  const fields = Object.entries(columns).map(([name, type]) => `${identifier(name)}: ${literal(type)}`);
  return `read_json([${paths.map(literal).join(", ")}], format = 'newline_delimited', columns = {${fields.join(", ")}}, maximum_object_size = ${longestLine})`;
}

/** Writes rows to a Parquet file atomically, in their order; memory does not grow with them. */
export async function writeParquet(
  path: string,
  columns: Columns,
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: DuckDBOptions = {}
): Promise<void> {
  await atomic(path, async (temporary) => {
    const lines = `${temporary}.jsonl`;
    try {
      await writeTexts(
        lines,
        (async function* () {
          for await (const row of rows) yield JSON.stringify(row) + "\n";
        })()
      );
      await withDuckDB(
        async (connection) => {
          await connection.run(
            `COPY (SELECT * FROM ${fromJsonl([lines], columns)}) TO ${literal(temporary)} (${parquetOptions})`
          );
        },
        {threads: 1, ...options}
      );
    } finally {
      await rm(lines, {force: true});
    }
  });
}

/**
 * The rows of a Parquet file in their order, in batches.
 *
 * @param select what to take, in SQL; every column by default
 * @throws TypeError naming the file when it is missing or no Parquet
 */
export async function* readParquet(path: string, {select = "*"}: {select?: string} = {}): AsyncGenerator<Row[]> {
  await expectFile(path);
  const {connection, close} = await openDuckDB();
  try {
    const batches = stream(connection, `SELECT ${select} FROM read_parquet(${literal(path)})`);
    for (;;) {
      const next = await batches.next().catch((error: unknown) => {
        const [reason] = (error as Error).message.split("\n");
        throw new TypeError(`${path}: expected a Parquet file, got one that cannot be read: ${reason}`);
      });
      if (next.done) break;
      yield next.value;
    }
  } finally {
    close();
  }
}

/** Throws a TypeError naming the path unless it is a file. */
export async function expectFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null) throw new TypeError(`${path}: expected a file, got nothing there`);
  if (!found.isFile()) throw new TypeError(`${path}: expected a file, got a folder`);
}
