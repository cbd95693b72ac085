import {createHash} from "node:crypto";
import {mkdir, readdir, rm, stat} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {presetOptions, type PresetName} from "../dedup/presets.js";
import type {DedupOptions} from "../dedup/stars.js";
import {withDuckDB} from "../io/duckdb.js";
import {withLock} from "../io/lock.js";
import type {Progress} from "../io/progress.js";
import {makeOutFolder, noRoom} from "./dedupFolder.js";
import {defaultGuard, type DedupGuard} from "./dedupGuard.js";
import {addSegment, openIndex, type ToIndex} from "./dedupIndex.js";
import {openDedupInputs, type DedupInput} from "./dedupInputs.js";
import {classSql, rankRows} from "./dedupKeep.js";
import {refuseReplaced} from "./dedupOutputs.js";
import {findDuplicateRows, type DedupPlan, type DuplicateRows} from "./dedupRows.js";
import {rowPlaces} from "./rowPlaces.js";
import {unreadableColumn} from "./unreadableColumn.js";
import {writeDuplicates, type DuplicateTally} from "./writeDuplicates.js";

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
export interface DedupedFiles extends DuplicateTally {
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
  const purged = plan.inputs.slice(0, plan.purged).reduce((sum, {rows}) => sum + rows, 0);
  const rows = Uint32Array.from(representatives.subarray(0, purged).keys()).filter(
    (row) => representatives[row] === -1
  );
  return {
    ...{count: rows.length, rows, id, classes, band},
    place: rowPlaces(plan.inputs),
    records: records.paths,
    recordFile: records.file,
    recordPlace: records.place
  };
}
