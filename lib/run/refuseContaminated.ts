import {open, readFile, rename, rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {stream} from "../io/duckdb.js";
import {expectFile, fromJsonl} from "../io/parquet.js";
import {sha256File} from "../io/sha256.js";
import type {Recipe} from "../schema/recipe.js";
import {contamination} from "./contamination.js";

/** A file of held-out items of others that a recipe names. */
export interface BenchmarkFile {
  /** as the recipe has it */
  path: string;
  sha256: string;
  /** where it is here */
  file: string;
}

/** The benchmark files of a recipe. @throws TypeError naming one that is not there */
export async function benchmarkFiles(
  {contamination}: Pick<Recipe, "contamination">,
  folder: string
): Promise<BenchmarkFile[]> {
  const files: BenchmarkFile[] = [];
  for (const path of contamination.benchmarks) {
    const file = resolve(folder, path);
    await expectFile(file);
    files.push({path, file, sha256: await sha256File(file)});
  }
  return files;
}

/**
 * Looks for benchmark items in the rows of the table `drafts` that are not refused yet. Writes every trace to
 * meta/contamination.parquet, by origin, and the counts by benchmark and method to meta/contamination.json; refuses the rows
 * that hold a trace of a method that the recipe blocks. Without benchmarks it does and writes nothing.
 *
 * @param folder where the recipe's relative paths start
 * @param staging folder of the data set
 */
export async function refuseContaminated(
  connection: DuckDBConnection,
  {contamination: {block, columns, key}}: Pick<Recipe, "contamination">,
  {files, folder, staging, workers}: {files: readonly BenchmarkFile[]; folder: string; staging: string; workers: number}
): Promise<void> {
  if (files.length === 0) return;
  const spill = join(staging, "contaminated.jsonl");
  const refused = await open(spill, "w");
  let n = 0;
  async function* texts() {
    // In an order of its own, so that the report is the same bytes whatever order the chunks were read in.
    const drafts = stream(connection, "SELECT origin, text FROM drafts WHERE stage = '' ORDER BY origin");
    for await (const batch of drafts)
      for (const {origin, text} of batch) yield {at: origin as string, text: text as string};
  }
  try {
    await contamination(
      texts(),
      files.map(({file}) => file),
      {
        ...{block, columns, workers, out: staging},
        key: key === undefined ? "" : await contaminationKey(resolve(folder, key)),
        async refuse(origin, detail) {
          await refused.write(`${JSON.stringify({origin, detail})}\n`);
          n++;
        }
      }
    );
  } finally {
    await refused.close();
  }
  await rename(join(staging, "contamination.json"), join(staging, "meta", "contamination.json"));
  if (n > 0)
    await connection.run(`
      UPDATE drafts SET stage = 'contamination', reason = 'benchmark-overlap', detail = found.detail
      FROM ${fromJsonl([spill], {origin: "VARCHAR", detail: "VARCHAR"})} AS found WHERE drafts.origin = found.origin`);
  await rm(spill);
}

/** The key of benchmarks that are known by their hashes alone, from its file. @throws TypeError where it holds none */
export async function contaminationKey(path: string): Promise<string> {
  await expectFile(path);
  const key = (await readFile(path, "utf8")).trim();
  if (key === "") throw new TypeError(`${path}: expected a file with a key, got an empty one`);
  return key;
}
