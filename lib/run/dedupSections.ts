import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {NormalisationName} from "../dedup/normalise.js";
import {sections, withoutSections, type SectionUnit} from "../dedup/sections.js";
import {identifier, literal, rows} from "../io/duckdb.js";
import type {Progress} from "../io/progress.js";
import type {DedupInput} from "./dedupInputs.js";
import {writeOutputs} from "./dedupOutputs.js";
import {textBatches} from "./textBatches.js";
import {withDedupInputs} from "./withDedupInputs.js";
import {withRoom} from "./withRoom.js";

export interface DedupSectionsOptions {
  text?: string;
  unit: SectionUnit;
  normalisation?: NormalisationName;
  /** sections of fewer words stay: "Yes." repeats by nature */
  words?: number;
  /** largest share of all code units that may be cut before somebody has looked */
  share?: number;
  /** only tell: nothing is cut */
  annotate?: boolean;
  progress?: (label: string, total: number) => Progress;
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
  /** the files, by their numbers in row names */
  files: string[];
}

/**
 * Cuts lines or paragraphs that repeat, within a document or across documents, all but the first of each in the order of
 * the files' paths and of their rows. Writes kept.parquet (all rows, in their order, with what is left of the text) and
 * cuts.parquet (row, start, end in code units of the old text, first: the row that keeps it, words). With `annotate`,
 * annotated.parquet holds all rows as they came, with repeated_units, in place of kept.parquet; then nothing is cut.
 *
 * What is compared is a hash of 53 bits of the words; a section is cut only where the first one's words, too, are as many.
 * Does not guard against a text that makes no sense without its boilerplate: what is cut is told, and `share` limits it.
 *
 * @throws Error where more than `share` of all text would be cut; cuts.parquet is there then, and no kept.parquet
 */
export async function dedupSections(
  paths: readonly string[],
  out: string,
  {
    text = "text",
    unit,
    normalisation = "precise",
    words = 5,
    share = 0.5,
    annotate = false,
    progress = () => ({update() {}, end() {}})
  }: DedupSectionsOptions
): Promise<DedupedSections> {
  return withDedupInputs(paths, out, {text, reserved: ["repeated_units"]}, async ({connection, inputs, folder}) => {
    const files = inputs.map(({path}) => path);
    const tally = {rows: 0, sections: 0, cut: 0, emptied: 0, units: 0, cutUnits: 0, files};
    await connection.run(
      `CREATE TEMP TABLE sections (n BIGINT, file INTEGER, row BIGINT, start BIGINT, stop BIGINT, words INTEGER, hash DOUBLE);
       CREATE TEMP TABLE changed (file INTEGER, row BIGINT, text VARCHAR)`
    );
    const bar = progress(
      `reading ${unit}s: rows`,
      inputs.reduce((sum, input) => sum + input.rows, 0)
    );
    await collect(connection, inputs, {text, unit, normalisation, words, bar}, tally);
    bar.end();
    await connection.run(
      `CREATE TEMP TABLE cuts AS
         SELECT n, hash, file, row, start, stop, sections.words, first_file, first_row FROM sections JOIN (
           SELECT hash, words, min(n) AS first, arg_min(file, n) AS first_file, arg_min(row, n) AS first_row
           FROM sections GROUP BY hash, words HAVING count(*) > 1) AS firsts USING (hash, words)
         WHERE n > first ORDER BY n`
    );
    const [{n, cutUnits}] = await rows(
      connection,
      'SELECT count(*) AS n, coalesce(sum(stop - start), 0)::BIGINT AS "cutUnits" FROM cuts'
    );
    Object.assign(tally, {cut: n, cutUnits});
    const cuts = `SELECT (file + 1) || ':' || (row + 1) AS row, start, stop AS "end", (first_file + 1) || ':' || (first_row + 1) AS first, words
       FROM cuts ORDER BY file, cuts.row, start`;
    if (!annotate && tally.cutUnits > share * tally.units) {
      const words = await stopped(connection, inputs, {text, unit, share, tally, out});
      await writeOutputs(connection, {cuts}, {out, folder});
      throw new Error(words);
    }
    if (!annotate) await cutTexts(connection, inputs, text, tally);
    const own = identifier(text);
    const all = inputs.map(
      ({file}, i) => `SELECT *, ${i} AS "row file" FROM read_parquet(${literal(file)}, file_row_number = true)`
    );
    const added = annotate
      ? `SELECT file, row, sum(stop - start)::BIGINT AS units FROM cuts GROUP BY file, row`
      : `SELECT file, row, text AS "changed text" FROM changed`;
    const shown = annotate ? "coalesce(told.units, 0) AS repeated_units" : "";
    const replaced = annotate ? "" : `REPLACE (coalesce(told."changed text", source.${own}) AS ${own})`;
    await writeOutputs(
      connection,
      {
        cuts,
        [annotate ? "annotated" : "kept"]:
          `SELECT source.* EXCLUDE ("row file", file_row_number) ${replaced} ${shown && `, ${shown}`}
          FROM (${all.join(" UNION ALL BY NAME ")}) AS source LEFT JOIN (${added}) AS told
            ON told.file = "row file" AND told.row = file_row_number ORDER BY "row file", file_row_number`
      },
      {out, folder}
    );
    return tally;
  });
}

/** Why so much is not cut, with examples for a person to look at. */
async function stopped(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  {text, unit, share, tally, out}: {text: string; unit: string; share: number; tally: DedupedSections; out: string}
): Promise<string> {
  const examples = await rows(
    connection,
    `SELECT first_file AS "firstFile", first_row AS "firstRow", count(*) AS times,
       arg_min(file, n) AS file, arg_min(row, n) AS row, arg_min(start, n) AS start
     FROM cuts GROUP BY hash, words, first_file, first_row ORDER BY sum(stop - start) DESC, min(n) LIMIT 5`
  );
  const shown: string[] = [];
  for (const {firstFile, firstRow, times, file, row, start} of examples as Record<string, number>[]) {
    const [{body}] = await rows(
      connection,
      `SELECT ${identifier(text)} AS body FROM read_parquet(${literal(inputs[file].file)}, file_row_number = true) WHERE file_row_number = ${row}`
    );
    const words = JSON.stringify((body as string).slice(start, start + 160));
    shown.push(`  ${times} more of ${firstFile + 1}:${firstRow + 1}: ${words}`);
  }
  return [
    `${tally.cutUnits} of ${tally.units} code units would be cut in ${tally.cut} ${unit}s, more than ${share}`,
    "examples:",
    ...shown,
    `nothing was cut; ${join(out, "cuts.parquet")} has every cut. raise --cut-share if this is right, or use --annotate`
  ].join("\n");
}

// Rows that are read at a time: of one or two row groups, so that each is read once or twice.
const window = 8192;

/** Texts of a file's rows in order, few at a time where they are long. */
async function* textsOf(
  connection: DuckDBConnection,
  {file, rows: n}: DedupInput,
  text: string
): AsyncGenerator<{from: number; texts: unknown[]}> {
  const source = `read_parquet(${literal(file)}, file_row_number = true)`;
  for (let start = 0; start < n; start += window) {
    const sized = `SELECT coalesce(strlen(${identifier(text)}), 0) AS bytes FROM ${source}
      WHERE file_row_number >= ${start} AND file_row_number < ${start + window} ORDER BY file_row_number`;
    const sizes = await withRoom(connection, () => rows(connection, sized));
    for (const [from, to] of textBatches(sizes.map(({bytes}) => bytes as number))) {
      const sql = `SELECT ${identifier(text)} AS text FROM ${source}
        WHERE file_row_number >= ${start + from} AND file_row_number < ${start + to} ORDER BY file_row_number`;
      const read = await withRoom(connection, () => rows(connection, sql));
      yield {from: start + from, texts: read.map((row) => row.text)};
    }
  }
}

async function collect(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  {
    text,
    unit,
    normalisation,
    words,
    bar
  }: {text: string; unit: SectionUnit; normalisation: NormalisationName; words: number; bar: Progress},
  tally: DedupedSections
): Promise<void> {
  for (const [i, input] of inputs.entries()) {
    for await (const {from, texts} of textsOf(connection, input, text)) {
      const appender = await connection.createAppender("sections", "main", "temp");
      for (const [at, body] of texts.entries()) {
        const row = from + at;
        if (typeof body !== "string")
          throw new TypeError(`${input.path}, row ${row + 1}: ${text}: expected text, got null`);
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
      tally.rows += texts.length;
      bar.update(tally.rows);
    }
  }
}

/** Fills `changed` with the texts that lose something. */
async function cutTexts(
  connection: DuckDBConnection,
  inputs: readonly DedupInput[],
  text: string,
  tally: DedupedSections
): Promise<void> {
  for (const [i, input] of inputs.entries()) {
    for await (const {from, texts} of textsOf(connection, input, text)) {
      const cuts = await rows(
        connection,
        `SELECT row, list(start ORDER BY start) AS starts, list(stop ORDER BY start) AS stops FROM cuts
         WHERE file = ${i} AND row >= ${from} AND row < ${from + texts.length} GROUP BY row ORDER BY row`
      );
      if (cuts.length === 0) continue;
      const appender = await connection.createAppender("changed", "main", "temp");
      for (const {row, starts, stops} of cuts) {
        const ends = stops as number[];
        const left = withoutSections(
          texts[(row as number) - from] as string,
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
