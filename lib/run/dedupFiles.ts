import {createHash} from "node:crypto";
import {mkdir, readdir, rm, stat} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {presetOptions, type PresetName} from "../dedup/presets.js";
import type {DedupOptions} from "../dedup/stars.js";
import {identifier, literal, withDuckDB} from "../io/duckdb.js";
import {withLock} from "../io/lock.js";
import type {Progress} from "../io/progress.js";
import {makeOutFolder, noRoom} from "./dedupFolder.js";
import {defaultGuard, overGuard, type DedupGuard} from "./dedupGuard.js";
import {addSegment, openIndex, type ToIndex} from "./dedupIndex.js";
import {added, openDedupInputs, type DedupInput} from "./dedupInputs.js";
import {classSql, rankRows} from "./dedupKeep.js";
import {clusterLosses, sourceLosses} from "./dedupLosses.js";
import {refuseReplaced, writeOutputs} from "./dedupOutputs.js";
import {findDuplicateRows, type DedupPlan, type DuplicateRows} from "./dedupRows.js";
import {unreadableColumn} from "./unreadableColumn.js";

export interface DedupFilesOptions extends Omit<DedupOptions, "tokenize"> {
  /** column that holds the text */
  text?: string;
  /** a setting that the other options change */
  preset?: PresetName;
  /** only texts that the normalisation reads alike are duplicates; no bands, and no index */
  whole?: boolean;
  /** files that rows are compared with, and that nothing is removed from */
  against?: readonly string[];
  /** folder of an index that rows are matched against, and that what is kept goes into */
  index?: string;
  /** which of several duplicates stays: terms of an SQL ORDER BY over the columns, the best row first */
  keep?: readonly string[];
  guard?: DedupGuard;
  /** column that names a row's source for the guard; the file by default */
  source?: string;
  /** keep every row, and say of each what it duplicates */
  annotate?: boolean;
  workers?: number;
  progress?: (label: string, total: number) => Progress;
}

/** What a purge of files kept and removed. */
export interface DedupedFiles {
  rows: number;
  kept: number;
  /** removed as equal to a kept text */
  exact: number;
  /** removed as near duplicates of a kept text, their own copies included */
  near: number;
  /** removed as read alike by the normalisation, where that is all that counts */
  normalised: number;
  /** kept texts that stand for at least one removed */
  clusters: number;
  /** texts of the largest cluster, the kept one included */
  largestCluster: number;
  /** removed rows that came before the better one that stays, and texts of the index that a better row stands for */
  superseded: number;
  /** pairs whose exact similarity was taken */
  compared: number;
  /** times a kept text found one of its bands full: pairs that share no other band with it may be missed */
  left: number;
  /** the files, by their numbers in row names */
  files: string[];
  against: string[];
  settings: {unit: string; size: number; normalisation: string; threshold: number; bands: number; rows: number};
}

/**
 * Purges Parquet and JSONL files of exact and near duplicates, on worker threads. Writes three Parquet files into `out`:
 * kept.parquet (the input's columns and rows, in their order), rejects.parquet (likewise, with duplicate_of,
 * duplicate_kind and duplicate_jaccard) and clusters.parquet (member, representative, jaccard, kind, superseded); with
 * `annotate`, annotated.parquet holds all rows with the three columns, and nothing is removed.
 *
 * Files count in the order of their paths, however they are given. Rows are named "<file>:<row>", both from 1; rows of
 * `against` "against <file>:<row>", texts of the index "index <batch>/<file>:<row>". The result is the same for any number
 * of workers. Memory grows by about 150 bytes a row, never with the texts; what does not fit lies under `out` meanwhile,
 * and a run that was killed takes up there.
 *
 * The keep rule is that of keepOrder: where there are columns ceiling (T0 to T3) and verified (boolean) they count.
 * `superseded` says that a removed row came before the kept one and that its ceiling is lower; a text of the index that a
 * row of a higher ceiling duplicates stays in the index, and has a line in the cluster map that says so.
 *
 * Does not guard against keys of bands that agree by chance: they are 32 bits wide, which costs comparisons and removes
 * nothing.
 *
 * @throws TypeError naming file and line, row or column; Error where the guard stops the run: clusters.parquet is there
 *   then, and nothing else
 */
export async function dedupFiles(
  paths: readonly string[],
  out: string,
  {
    text = "text",
    preset = "ballast",
    whole = false,
    against = [],
    index: indexFolder,
    keep,
    guard = defaultGuard,
    source,
    annotate = false,
    workers = availableParallelism(),
    progress = () => ({update() {}, end() {}}),
    ...options
  }: DedupFilesOptions = {}
): Promise<DedupedFiles> {
  if (keep !== undefined && indexFolder !== undefined)
    throw new RangeError("expected no keep rule with an index: ranks of one batch say nothing of another's");
  if (whole && indexFolder !== undefined) throw new RangeError("expected no index with whole texts: it holds bands");
  const settings = {
    ...{...presetOptions(preset, options), ...defined(options)},
    ...(whole ? {threshold: 1, bands: 4, rows: 1} : {})
  };
  const sorted = [...paths].sort();
  const held = [...against].sort();
  await makeOutFolder(out);
  await refuseReplaced([...sorted, ...held], out);
  const spill = join(out, ".ballast-dedup");
  const lock = join(indexFolder ?? out, ".ballast-dedup.lock");
  return withLock(lock, async () => {
    const folder = join(spill, await fingerprint([...sorted, ...held], {text, ...settings, whole, keep: keep ?? null}));
    // What another run left is of no use.
    for (const name of await readdir(spill).catch(() => []))
      if (join(spill, name) !== folder) await rm(join(spill, name), {recursive: true, force: true});
    await mkdir(folder, {recursive: true});
    let inputs: DedupInput[] = [];
    try {
      return await withDuckDB(
        async (connection, connect) => {
          inputs = await openDedupInputs(connection, sorted, {text, folder, against: held});
          const index =
            indexFolder === undefined
              ? null
              : await openIndex(indexFolder, {
                  ...{unit: settings.unit, size: settings.size, normalisation: settings.normalisation},
                  ...{bands: settings.bands, rows: settings.rows}
                });
          const plan: DedupPlan = {
            ...{...settings, whole, text, inputs, purged: sorted.length, index, folder, workers},
            classes: inputs.map((input, i) => (i < sorted.length ? classSql(input) : "0")),
            ...(keep === undefined ? {} : {ranked: await rankRows(connection, inputs, sorted.length, keep)})
          };
          const found = await findDuplicateRows(plan, progress);
          const result = await writeDuplicates(connection, plan, found, out, {
            ...{guard, source, annotate, names: sorted},
            connect: workers > 1 ? connect : null
          });
          if (index !== null) {
            await addSegment(index, keptTexts(plan, found), sorted);
          }
          return {
            ...{...result, compared: found.compared, left: found.left, files: sorted, against: held},
            settings: {
              ...{unit: settings.unit, size: settings.size, normalisation: settings.normalisation},
              ...{threshold: settings.threshold, bands: settings.bands, rows: settings.rows},
              ...(whole ? {unit: "text", size: 1, bands: 0, rows: 0} : {})
            }
          };
        },
        {temporary: join(folder, "duckdb"), threads: Math.min(workers, 4)}
      );
    } catch (error) {
      throw noRoom(error, out) ?? (await unreadableColumn(inputs, error)) ?? error;
    } finally {
      await rm(spill, {recursive: true, force: true});
    }
  });
}

function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** What a run's leftovers hang on: the files, as far as size and time tell, and the settings. */
async function fingerprint(paths: readonly string[], settings: unknown): Promise<string> {
  const files = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    files.push([path, found?.size, found?.mtimeMs]);
  }
  return createHash("sha256")
    .update(JSON.stringify([1, files, settings]))
    .digest("hex")
    .slice(0, 16);
}

function keptTexts(plan: DedupPlan, {representatives, classes, id, records, band}: DuplicateRows): ToIndex {
  const bases = basesOf(plan.inputs);
  const purged = plan.inputs.slice(0, plan.purged).reduce((sum, {rows}) => sum + rows, 0);
  const rows = Uint32Array.from(representatives.subarray(0, purged).keys()).filter(
    (row) => representatives[row] === -1
  );
  return {
    ...{count: rows.length, rows, id, classes, band},
    place(row) {
      const file = fileOf(bases, row);
      return {file, at: row - bases[file]};
    },
    records: records.paths,
    recordFile: records.file,
    recordPlace: records.place
  };
}

/** The numbers of each input's first row among all. */
function basesOf(inputs: readonly DedupInput[]): number[] {
  let base = 0;
  return inputs.map(({rows}) => (base += rows) - rows);
}

function fileOf(bases: readonly number[], row: number): number {
  let low = 0;
  let high = bases.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (bases[middle] <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

interface WriteOptions {
  guard: DedupGuard;
  source: string | undefined;
  annotate: boolean;
  names: readonly string[];
  /** another connection, to write on two cores; null for one */
  connect: (() => Promise<DuckDBConnection>) | null;
}

/** Writes the cluster map, asks the guard, then writes the rows. */
async function writeDuplicates(
  connection: DuckDBConnection,
  plan: DedupPlan,
  found: DuplicateRows,
  out: string,
  {guard, source, annotate, names, connect}: WriteOptions
) {
  const inputs = plan.inputs.slice(0, plan.purged);
  const {representatives, jaccard, exact, classes, indexed, superseded} = found;
  const bases = basesOf(plan.inputs);
  const total = inputs.reduce((sum, {rows}) => sum + rows, 0);
  const nameOf = (row: number): string => {
    if (row >= found.rows) return indexed.name(row - found.rows);
    const file = fileOf(bases, row);
    const place = `${file < inputs.length ? file + 1 : `against ${file - inputs.length + 1}`}:${row - bases[file] + 1}`;
    return place;
  };
  await connection.run(
    "CREATE TEMP TABLE duplicates (file INTEGER, row BIGINT, member VARCHAR, representative VARCHAR, jaccard DOUBLE, kind VARCHAR, superseded BOOLEAN)"
  );
  const other = plan.whole ? "normalised" : "near";
  const tally = {
    rows: total,
    kept: total,
    exact: 0,
    near: 0,
    normalised: 0,
    clusters: 0,
    largestCluster: 0,
    superseded: 0
  };
  const sizes = new Map<number, number>();
  const removed = inputs.map(({rows}) => new Uint8Array(rows).fill(0x30));
  const appender = await connection.createAppender("duplicates", "main", "temp");
  const append = (
    file: number,
    row: number,
    member: string,
    to: number,
    likeness: number,
    same: boolean,
    over: boolean
  ) => {
    appender.appendInteger(file);
    appender.appendBigInt(BigInt(row));
    appender.appendVarchar(member);
    appender.appendVarchar(nameOf(to));
    appender.appendDouble(likeness);
    appender.appendVarchar(same ? "exact" : other);
    appender.appendBoolean(over);
    appender.endRow();
    tally.superseded += Number(over);
  };
  for (const [file, {rows}] of inputs.entries()) {
    for (let row = 0; row < rows; row++) {
      const at = bases[file] + row;
      const to = representatives[at];
      if (to === -1) continue;
      removed[file][row] = 0x31;
      tally[exact[at] === 1 ? "exact" : other]++;
      sizes.set(to, (sizes.get(to) ?? 1) + 1);
      append(
        file,
        row,
        nameOf(at),
        to,
        jaccard[at],
        exact[at] === 1,
        to > at && to < total && classes[to] >> 1 < classes[at] >> 1
      );
    }
  }
  for (const {indexed: number, row, jaccard: likeness} of superseded)
    append(
      inputs.length,
      number,
      indexed.name(number),
      row,
      likeness,
      likeness === 1 && indexed.equals(number, found.id, row),
      true
    );
  appender.closeSync();
  tally.kept = total - tally.exact - tally.near - tally.normalised;
  tally.clusters = sizes.size;
  for (const size of sizes.values()) tally.largestCluster = Math.max(tally.largestCluster, size);

  const mark = async (by: DuckDBConnection) => {
    for (const [file, bits] of removed.entries()) {
      const text = Buffer.from(bits.buffer).toString("latin1");
      await by.run(`SET VARIABLE removed_${file} = ${text === "" ? "NULL::BIT" : `'${text}'::BIT`}`);
    }
  };
  await mark(connection);
  // Beside another input's columns one that a file does not have is null.
  const rowsOf = (bit: 0 | 1 | null) =>
    inputs
      .map(({file, columns}, i) => {
        const own = [...columns.keys()].map(identifier).join(", ");
        const where =
          bit === null ? "" : `WHERE get_bit(getvariable('removed_${i}'), file_row_number::INTEGER) = ${bit}`;
        const where_ = bit === 0 ? "" : `, ${i} AS "row file", file_row_number AS "row number"`;
        return `SELECT ${own}${where_} FROM read_parquet(${literal(file)}, file_row_number = true) ${where}`;
      })
      .join(" UNION ALL BY NAME ");
  // One thread: several cut row groups elsewhere.
  await connection.run("SET threads = 1");
  const columns = [...new Set(inputs.flatMap((input) => [...input.columns.keys()]))].map(identifier).join(", ");
  const clusters = "SELECT member, representative, jaccard, kind, superseded FROM duplicates ORDER BY file, row";
  const to = {out, folder: plan.folder};
  if (!annotate) {
    const reasons = overGuard(guard, {
      clusters: clusterLosses(sizes, nameOf, total),
      sources: await sourceLosses(connection, {source, rows: rowsOf(null), names, inputs, removed})
    });
    if (reasons.length > 0) {
      const words = await stopped(connection, reasons, rowsOf(1), plan.text, out);
      await writeOutputs(connection, {clusters}, to);
      throw new Error(words);
    }
  }
  const facts = `representative AS ${added[0]}, kind AS ${added[1]}, jaccard AS ${added[2]}`;
  const joined = `duplicates ON duplicates.file = "row file" AND duplicates.row = "row number"`;
  const inOrder = `ORDER BY "row file", "row number"`;
  const tables = annotate
    ? {annotated: `SELECT ${columns}, ${facts} FROM (${rowsOf(null)}) LEFT JOIN ${joined} ${inOrder}`}
    : {
        kept: `SELECT ${columns} FROM (${rowsOf(0)})`,
        rejects: `SELECT ${columns}, ${facts} FROM (${rowsOf(1)}) JOIN ${joined} ${inOrder}`
      };
  const second = annotate ? null : ((await connect?.()) ?? null);
  try {
    if (second !== null) await mark(second);
    const beside = second === null ? null : {connection: second, name: "kept" as const};
    await writeOutputs(connection, {clusters, ...tables}, {...to, beside});
  } finally {
    second?.closeSync();
  }
  return tally;
}

/** Why the guard stopped the run, with examples for a person to look at. */
async function stopped(
  connection: DuckDBConnection,
  reasons: readonly string[],
  removed: string,
  text: string,
  out: string
): Promise<string> {
  const reader = await connection.runAndReadAll(
    `SELECT member, representative, jaccard, left(${identifier(text)}, 160) FROM duplicates
     JOIN (${removed}) ON duplicates.file = "row file" AND duplicates.row = "row number"
     ORDER BY count(*) OVER (PARTITION BY representative) DESC, jaccard, file, row LIMIT 5`
  );
  const examples = reader
    .getRowsJS()
    .map(
      ([member, kept, likeness, start]) =>
        `  ${String(member)} of ${String(kept)}, J = ${(likeness as number).toFixed(3)}: ${JSON.stringify(start)}`
    );
  return [
    ...reasons,
    "examples:",
    ...examples,
    `nothing was removed; ${join(out, "clusters.parquet")} has every pair. raise --cluster-share or --source-share if this is right, or use --annotate`
  ].join("\n");
}
