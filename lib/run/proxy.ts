import {availableParallelism} from "node:os";
import {writeParquet, type Columns} from "../io/parquet.js";
import {progress} from "../io/progress.js";
import {createWorkers} from "../io/workers.js";
import {cellsOf, experimentNames, scaleOfExperiment, sortRuns} from "../proxy/experiments/experiments.js";
import type {ProxyRecipe} from "../schema/proxyRecipe.js";
import type {Run} from "../schema/run.js";
import {runCells} from "./proxyCells.js";
import {builtinProxyRecipe} from "./proxyRecipe.js";
import {readTexts} from "./proxyTexts.js";
import {shareTexts} from "./sharedTexts.js";

// Under this share of what was asked for, a model is too small to tell anything.
const leastScale = 0.02;

/** What a proxy run brought. */
export interface ProxyResult {
  runs: Run[];
  /** seeds that a time limit left out of every experiment, ascending */
  dropped: number[];
  /** in words: token counts that shrank for want of human text, seeds that were dropped */
  notes: string[];
}

/**
 * Trains the proxy on a data set by a recipe and writes the runs table. The same data set and recipe give the same
 * bytes, whatever the number of workers.
 *
 * @param options.dir a data set as `ballast run` writes it
 * @param options.out path of the Parquet file; written at the end, whole
 * @param options.recipe the built-in one by default
 * @param options.timeLimit seconds for training; whole seeds are dropped beyond it
 * @throws TypeError where the domain lacks human, held-out or generated text
 */
export async function runProxy({
  dir,
  out,
  recipe,
  workers = availableParallelism(),
  timeLimit,
  log = () => {}
}: {
  dir: string;
  out: string;
  recipe?: ProxyRecipe;
  workers?: number;
  timeLimit?: number;
  log?: (line: string) => void;
}): Promise<ProxyResult> {
  recipe ??= await builtinProxyRecipe();
  const cells = cellsOf(recipe);
  if (cells.length === 0) throw new TypeError(`${recipe.name}: expected at least one experiment, got none`);
  const texts = await readTexts(dir, recipe);
  const notes: string[] = [];
  for (const name of experimentNames) {
    const scale = scaleOfExperiment(name, texts, recipe);
    if (scale < leastScale)
      throw new RangeError(
        `${dir}: ${name}: expected more human text of the domain ${recipe.domain}: it has ${(100 * scale).toFixed(1)} % of what the recipe asks for`
      );
    if (scale < 1)
      notes.push(`${name}: token counts shrunk to ${(100 * scale).toFixed(1)} %, as much human text as there is`);
  }
  const bar = progress("proxy", cells.length);
  const pool = createWorkers(import.meta.url, "./proxyWorker.js", {
    workers: Math.min(workers, cells.length),
    data: {recipe, shared: shareTexts(texts)}
  });
  try {
    const {results, dropped} = await runCells(cells, (cell) => pool.run(cell) as Promise<Run[]>, {
      workers: Math.min(workers, cells.length),
      timeLimit,
      done: (n) => bar.update(n)
    });
    if (dropped.length > 0) notes.push(`seeds ${dropped.join(", ")} dropped: over the limit of ${timeLimit} s`);
    for (const note of notes) log(note);
    const runs = sortRuns(results.flat());
    await writeRuns(out, runs, recipe);
    return {runs, dropped, notes};
  } finally {
    bar.end();
    await pool.destroy();
  }
}

/** Writes runs as the Parquet table that `ballast fit` reads; benchmarks become columns, null where not measured. */
export async function writeRuns(path: string, runs: readonly Run[], recipe: ProxyRecipe): Promise<void> {
  const outside = recipe.heldOut.outside === undefined ? [] : [recipe.heldOut.outside.benchmark];
  const benchmarks = ["bpb_test", "bpb_dev", ...outside, "tail", "distinct3", "exact_match", "answer_bits", "choice4"];
  const columns: Columns = {
    experiment: "VARCHAR",
    arm: "VARCHAR",
    seed: "INTEGER",
    generation: "INTEGER",
    tokens: "DOUBLE",
    supply: "DOUBLE",
    share_T0: "DOUBLE",
    share_T1: "DOUBLE",
    share_T2: "DOUBLE",
    share_T3: "DOUBLE",
    synthetic_share: "DOUBLE",
    tokenizer: "VARCHAR",
    ...Object.fromEntries(benchmarks.map((name) => [name, "DOUBLE"]))
  };
  await writeParquet(
    path,
    columns,
    runs.map(({benchmarks: values, ...run}) => ({
      ...run,
      ...Object.fromEntries(benchmarks.map((name) => [name, values[name] ?? null]))
    }))
  );
}
