import {open} from "node:fs/promises";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";

const delimiters = [",", ";", "\t", "|"] as const;

/**
 * Refuses what DuckDB reads from a CSV file in silence: a head of other length than the lines, which it passes over; a
 * name that stands over two columns, the second of which it renames; and lines of different lengths, which it takes for
 * a table of one column. A title above the head is passed over.
 *
 * @param columns names as DuckDB gave them
 * @throws TypeError naming the file with the column, or with the line
 */
export async function refuseBadCsv(
  connection: DuckDBConnection,
  path: string,
  columns: readonly string[]
): Promise<void> {
  const [sniffed] = await rows(
    connection,
    `SELECT SkipRows AS skipped, Delimiter AS d FROM sniff_csv(${literal(path)})`
  );
  const first = Number(sniffed.skipped) > 0 ? (await firstLine(path)).split(String(sniffed.d)) : [];
  if (first.length > 1)
    throw new TypeError(
      `${path}:1: expected a name for each of the ${columns.length} columns, got ${first.length}: ${first.join(", ")}`
    );
  const known = new Set(columns.map((name) => name.toLowerCase()));
  const renamed = columns.find((name) => known.has(name.toLowerCase().replace(/_\d+$/, "")) && /_\d+$/.test(name));
  if (renamed !== undefined) {
    const [line] = await rows(
      connection,
      `SELECT * FROM read_csv(${literal(path)}, header = false, all_varchar = true) LIMIT 1`
    );
    const heads = Object.values(line).map((name) => String(name ?? "").toLowerCase());
    const twice = heads.find((name, i) => heads.indexOf(name) !== i);
    if (twice !== undefined && !heads.includes(renamed.toLowerCase()))
      throw new TypeError(`${path}: expected a name for each column, got ${twice} for two of them`);
  }
  const [only, ...others] = columns;
  const delimiter = delimiters.find((one) => only.includes(one));
  if (others.length > 0 || delimiter === undefined) return;
  const names = only.split(delimiter).map((name, i) => `${literal(`${i} ${name}`)}: 'VARCHAR'`);
  await connection.run(
    `SELECT count(*) FROM read_csv(${literal(path)}, header = true, auto_detect = false, delim = ${literal(delimiter)}, columns = {${names.join(", ")}})`
  );
}

async function firstLine(path: string): Promise<string> {
  const file = await open(path);
  try {
    for await (const line of file.readLines()) return line;
    return "";
  } finally {
    await file.close();
  }
}

/** DuckDB's word on a line of a CSV file, with its place: the reason, and none of the settings that could hide it. */
export function csvReason(message: string, path: string): string | null {
  const [, line, rest] = /CSV Error on Line: (\d+)\n([^]*)/.exec(message) ?? [];
  if (line === undefined) return null;
  const lines = rest.split("\n");
  const end = lines.findIndex((text) => text === "" || text.startsWith("Possible"));
  return `${path}:${line}: ${lines.slice(0, end < 0 ? undefined : end).join("; ")}`;
}
