import {mkdir, mkdtemp, rm} from "node:fs/promises";
import {extname, join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {DedupOptions} from "../dedup/stars.js";
import {atomic} from "../io/atomic.js";
import {identifier, literal, rows, withDuckDB} from "../io/duckdb.js";
import {readJsonl} from "../io/jsonl.js";
import {expectFile, longestLine, parquetOptions} from "../io/parquet.js";
import {purge, type Purged} from "./dedupTable.js";

/** What a purge of files kept and removed. */
interface DedupedFiles extends Purged {
  rows: number;
  kept: number;
}

/**
 * Purges Parquet and JSONL files of exact and near duplicates. Writes three Parquet files into `out`: kept.parquet (the
 * input's columns and rows, in their order), rejects.parquet (likewise, with duplicate_of, duplicate_kind and
 * duplicate_jaccard) and clusters.parquet (member, representative, jaccard, kind). Rows are named "<file>:<row>", counted
 * from 1, files by their number among the arguments. Memory is bounded; what does not fit is spilled under `out`.
 *
 * The keep rule is that of keepOrder: where there are columns ceiling (T0 to T3) and verified (boolean) they count.
 *
 * @param options.text column that holds the text
 * @throws TypeError naming file and line, row or column
 */
export async function dedupFiles(
  paths: readonly string[],
  out: string,
  {text = "text", ...options}: DedupOptions & {text?: string} = {}
): Promise<DedupedFiles> {
  for (const path of paths) await expectFile(path);
  await mkdir(out, {recursive: true});
  const temporary = await mkdtemp(join(out, ".spill-"));
  try {
    return await withDuckDB(
      async (connection) => {
        const columns = await load(connection, paths, text);
        const has = (name: string, type: string) => columns.get(name) === type;
        const ceiling = has("ceiling", "VARCHAR")
          ? "CASE WHEN ceiling IN ('T0', 'T1', 'T2', 'T3') THEN ceiling ELSE 'T3' END"
          : "'T3'";
        const purged = await purge(connection, {
          ...options,
          from: `(SELECT "row key" AS key, sha256(${identifier(text)}) AS id, ${identifier(text)} AS text, ${ceiling} AS ceiling,
            ${has("verified", "BOOLEAN") ? "coalesce(verified, false)" : "true"} AS verified FROM input)`
        });
        const [{n}] = await rows(connection, "SELECT count(*) AS n FROM input");
        await connection.run("SET threads = 1");
        const own = [...columns.keys()].map((name) => `input.${identifier(name)}`).join(", ");
        const write = (name: string, sql: string) =>
          atomic(join(out, name), async (file) => {
            await connection.run(`COPY (${sql}) TO ${literal(file)} (${parquetOptions})`);
          });
        await write(
          "kept.parquet",
          `SELECT ${own} FROM input ANTI JOIN duplicates ON member = "row key" ORDER BY "row key"`
        );
        await write(
          "rejects.parquet",
          `SELECT ${own}, ${shown("representative")} AS duplicate_of, kind AS duplicate_kind, jaccard AS duplicate_jaccard
           FROM input JOIN duplicates ON member = "row key" ORDER BY "row key"`
        );
        await write(
          "clusters.parquet",
          `SELECT ${shown("member")} AS member, ${shown("representative")} AS representative, jaccard, kind FROM duplicates ORDER BY duplicates.member`
        );
        return {rows: n as number, kept: (n as number) - purged.exact - purged.near, ...purged};
      },
      {temporary}
    );
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}

/** Row keys sort as the rows do, being padded with zeros; people read them without. */
function shown(key: string): string {
  return `regexp_replace(${key}, '(^|:)0+', '\\1', 'g')`;
}

async function load(
  connection: DuckDBConnection,
  paths: readonly string[],
  text: string
): Promise<Map<string, string>> {
  const parts: string[] = [];
  for (const [i, path] of paths.entries()) {
    const format = extname(path);
    if (![".parquet", ".jsonl", ".ndjson"].includes(format))
      throw new TypeError(`${path}: expected a .parquet or .jsonl file`);
    if (format !== ".parquet") await expectObjects(path);
    const from =
      format === ".parquet"
        ? `read_parquet(${literal(path)})`
        : `read_json(${literal(path)}, format = 'newline_delimited', sample_size = -1, maximum_object_size = ${longestLine})`;
    let columns;
    try {
      columns = await rows(connection, `DESCRIBE SELECT * FROM ${from}`);
    } catch (error) {
      throw new TypeError(
        `${path}: expected a file that can be read, got: ${(error as Error).message.split("\n")[0]}`,
        {
          cause: error
        }
      );
    }
    const found = columns.find((row) => row.column_name === text);
    if (found === undefined)
      throw new TypeError(
        `${path}: expected a column ${JSON.stringify(text)}, got ${columns.map((row) => row.column_name as string).join(", ")}`
      );
    if (found.column_type !== "VARCHAR")
      throw new TypeError(`${path}: ${text}: expected text, got ${found.column_type as string}`);
    for (const name of ["duplicate_of", "duplicate_kind", "duplicate_jaccard", "row key"]) {
      if (columns.some((row) => row.column_name === name))
        throw new TypeError(`${path}: expected no column ${JSON.stringify(name)}: the rejects get one of this name`);
    }
    const key = `lpad(${literal(String(i + 1))}, 6, '0') || ':' || lpad((row_number() OVER ())::VARCHAR, 15, '0')`;
    parts.push(`SELECT ${key} AS "row key", * FROM ${from}`);
  }
  try {
    await connection.run(`CREATE TEMP TABLE input AS ${parts.join(" UNION ALL BY NAME ")}`);
  } catch (error) {
    throw new TypeError(
      `${paths.join(", ")}: expected files that can be read together, got: ${(error as Error).message.split("\n")[0]}`,
      {cause: error}
    );
  }
  const [missing] = await rows(
    connection,
    `SELECT "row key" AS key FROM input WHERE ${identifier(text)} IS NULL ORDER BY key LIMIT 1`
  );
  if (missing !== undefined) {
    const [file, row] = (missing.key as string).split(":").map(Number);
    throw new TypeError(`${paths[file - 1]}, row ${row}: ${text}: expected text, got null`);
  }
  const described = await rows(connection, "DESCRIBE input");
  return new Map(
    described.slice(1).map((row): [string, string] => [row.column_name as string, row.column_type as string])
  );
}

/** DuckDB says of a broken line only that there is one. */
async function expectObjects(path: string): Promise<void> {
  for await (const {line, value} of readJsonl(path)) {
    if (value === null || typeof value !== "object" || Array.isArray(value))
      throw new TypeError(`${path}:${line}: expected an object, got ${JSON.stringify(value).slice(0, 60)}`);
  }
}
