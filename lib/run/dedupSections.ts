import {mkdir, mkdtemp, rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {NormalisationName} from "../dedup/normalise.js";
import {sections, withoutSections, type SectionUnit} from "../dedup/sections.js";
import {atomic} from "../io/atomic.js";
import {identifier, literal, rows, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {openDedupInput, type DedupInput} from "./dedupInputs.js";

export interface DedupSectionsOptions {
  text?: string;
  unit: SectionUnit;
  normalisation?: NormalisationName;
  /** sections of fewer words stay: "Yes." repeats by nature */
  words?: number;
  /** largest share of all code units that may be cut before somebody has looked */
  share?: number;
}

/** What a purge of repeated sections cut. */
export interface DedupedSections {
  rows: number;
  sections: number;
  cut: number;
  /** rows of which nothing with words was left; they stay, with an empty text */
  emptied: number;
  /** code units in all, and those that were cut */
  units: number;
  cutUnits: number;
}

/**
 * Cuts lines or paragraphs that repeat, within a document or across documents, all but the first of each in the order of
 * the files' paths and of their rows. Writes kept.parquet (all rows, in their order, with what is left of the text) and
 * cuts.parquet (row, start, end in code units of the old text, first: the row that keeps it, words).
 *
 * What is compared is a hash of 53 bits of the words; a section is cut only where the first one's words, too, are as many.
 * Does not guard against a text that makes no sense without its boilerplate: what is cut is told, and `share` limits it.
 *
 * @throws Error where more than `share` of all text would be cut; cuts.parquet is there then, and no kept.parquet
 */
export async function dedupSections(
  paths: readonly string[],
  out: string,
  {text = "text", unit, normalisation = "precise", words = 5, share = 0.5}: DedupSectionsOptions
): Promise<DedupedSections> {
  await mkdir(out, {recursive: true});
  const folder = await mkdtemp(join(out, ".spill-"));
  try {
    return await withDuckDB(
      async (connection) => {
        const inputs: DedupInput[] = [];
        for (const [i, path] of [...paths].sort().entries())
          inputs.push(await openDedupInput(connection, path, {text, folder, name: `input-${i}`}));
        const tally = {rows: 0, sections: 0, cut: 0, emptied: 0, units: 0, cutUnits: 0};
        await connection.run(
          `CREATE TEMP TABLE sections (n BIGINT, file INTEGER, row BIGINT, start BIGINT, stop BIGINT, words INTEGER, hash DOUBLE);
           CREATE TEMP TABLE changed (file INTEGER, row BIGINT, text VARCHAR)`
        );
        await collect(connection, inputs, {text, unit, normalisation, words}, tally);
        await connection.run(
          `CREATE TEMP TABLE cuts AS
             SELECT file, row, start, stop, sections.words, first_file, first_row FROM sections JOIN (
               SELECT hash, words, min(n) AS first, arg_min(file, n) AS first_file, arg_min(row, n) AS first_row
               FROM sections GROUP BY hash, words HAVING count(*) > 1) AS firsts USING (hash, words)
             WHERE n > first ORDER BY n`
        );
        const [{n, cutUnits}] = await rows(
          connection,
          'SELECT count(*) AS n, coalesce(sum(stop - start), 0)::BIGINT AS "cutUnits" FROM cuts'
        );
        Object.assign(tally, {cut: n, cutUnits});
        await connection.run("SET threads = 1");
        await copy(
          connection,
          join(out, "cuts.parquet"),
          `SELECT (file + 1) || ':' || (row + 1) AS row, start, stop AS "end", (first_file + 1) || ':' || (first_row + 1) AS first, words
           FROM cuts ORDER BY file, cuts.row, start`
        );
        if (tally.cutUnits > share * tally.units)
          throw new Error(
            `${tally.cutUnits} of ${tally.units} code units would be cut, more than ${share}: nothing was; ${join(out, "cuts.parquet")} has every cut`
          );
        await cutTexts(connection, inputs, text, tally);
        const all = inputs.map(
          ({file}, i) =>
            `SELECT * REPLACE (coalesce("changed text", ${identifier(text)}) AS ${identifier(text)}) FROM (
              SELECT *, ${i} AS "row file" FROM read_parquet(${literal(file)}, file_row_number = true)) AS source
             LEFT JOIN (SELECT file AS "changed file", row AS "changed row", text AS "changed text" FROM changed) ON "changed file" = "row file" AND "changed row" = file_row_number`
        );
        await copy(
          connection,
          join(out, "kept.parquet"),
          `SELECT * EXCLUDE ("row file", file_row_number, "changed file", "changed row", "changed text")
           FROM (${all.join(" UNION ALL BY NAME ")}) ORDER BY "row file", file_row_number`
        );
        return tally;
      },
      {temporary: join(folder, "duckdb")}
    );
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function copy(connection: DuckDBConnection, path: string, sql: string): Promise<void> {
  await atomic(path, async (file) => {
    await connection.run(`COPY (${sql}) TO ${literal(file)} (${parquetOptions})`);
  });
}

// Rows that are read at a time: of one or two row groups, so that each is read once or twice.
const window = 8192;

function within(from: number): string {
  return `file_row_number >= ${from} AND file_row_number < ${from + window}`;
}

async function collect(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  {text, unit, normalisation, words}: Required<Omit<DedupSectionsOptions, "share">>,
  tally: DedupedSections
): Promise<void> {
  for (const [i, {file, path, rows: n}] of inputs.entries()) {
    for (let from = 0; from < n; from += window) {
      const read = await rows(
        connection,
        `SELECT ${identifier(text)} AS text FROM read_parquet(${literal(file)}, file_row_number = true)
         WHERE ${within(from)} ORDER BY file_row_number`
      );
      const appender = await connection.createAppender("sections", "main", "temp");
      for (const [at, {text: body}] of read.entries()) {
        const row = from + at;
        if (typeof body !== "string") throw new TypeError(`${path}, row ${row + 1}: ${text}: expected text, got null`);
        tally.units += body.length;
        for (const section of sections(body, unit, {normalisation})) {
          if (section.words < words) continue;
          appender.appendBigInt(BigInt(tally.sections++));
          appender.appendInteger(i);
          appender.appendBigInt(BigInt(row));
          appender.appendBigInt(BigInt(section.start));
          appender.appendBigInt(BigInt(section.end));
          appender.appendInteger(section.words);
          appender.appendDouble(section.hash);
          appender.endRow();
        }
      }
      appender.closeSync();
    }
    tally.rows += n;
  }
}

/** Fills `changed` with the texts that lose something. */
async function cutTexts(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  text: string,
  tally: DedupedSections
): Promise<void> {
  for (const [i, {file, rows: n}] of inputs.entries()) {
    for (let from = 0; from < n; from += window) {
      const read = await rows(
        connection,
        `SELECT picked.row AS row, starts, stops, ${identifier(text)} AS text FROM (
           SELECT row, list(start ORDER BY start) AS starts, list(stop ORDER BY start) AS stops
           FROM cuts WHERE file = ${i} AND row >= ${from} AND row < ${from + window} GROUP BY row) AS picked
         JOIN (SELECT * FROM read_parquet(${literal(file)}, file_row_number = true) WHERE ${within(from)}) AS source
           ON source.file_row_number = picked.row
         ORDER BY picked.row`
      );
      const appender = await connection.createAppender("changed", "main", "temp");
      for (const {row, starts, stops, text: body} of read) {
        const ends = stops as number[];
        const left = withoutSections(
          body as string,
          (starts as number[]).map((start, j) => ({start, end: ends[j]}))
        );
        if (left.trim() === "") tally.emptied++;
        appender.appendInteger(i);
        appender.appendBigInt(BigInt(row as number));
        appender.appendVarchar(left);
        appender.endRow();
      }
      appender.closeSync();
    }
  }
}
