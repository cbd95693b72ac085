import {existsSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {progress} from "../io/progress.js";
import {createWorkers} from "../io/workers.js";
import type {Recipe} from "../schema/recipe.js";
import type {ChunkTask} from "./chunkPlan.js";
import type {WorkerData} from "./chunkWorker.js";
import type {Seeds} from "./seedStage.js";

/** The stored file of a chunk. */
export function chunkPath(chunks: string, {key}: Pick<ChunkTask, "key">): string {
  return join(chunks, `${key}.jsonl`);
}

/**
 * Makes the chunks that the store does not hold yet, over worker threads.
 *
 * @param chunks folder of the finished ones
 * @returns how many were made, and the drafts in them
 */
export async function makeChunks(
  tasks: readonly ChunkTask[],
  {recipe, seeds, chunks, workers}: {recipe: Recipe; seeds: Seeds; chunks: string; workers: number}
): Promise<{made: number; drafts: number}> {
  await mkdir(chunks, {recursive: true});
  const missing = tasks.filter((task) => !existsSync(chunkPath(chunks, task)));
  if (missing.length === 0) return {made: 0, drafts: 0};
  const data: WorkerData = {
    recipe,
    sets: seeds.sets.map(({id, kind, domain, path}) => ({id, kind, domain, path})),
    heldOutPath: seeds.heldOutPath,
    chunks
  };
  const pool = createWorkers(import.meta.url, "./chunkWorker.js", {
    workers: Math.min(workers, missing.length),
    data
  });
  const shown = progress(
    "drafts",
    missing.reduce((sum, task) => sum + task.drafts, 0)
  );
  let drafts = 0;
  let wanted = 0;
  let next = 0;
  const failures: unknown[] = [];
  // As many loops as workers, one task at a time each: a failure stops the run after the tasks at work.
  const loop = async () => {
    while (next < missing.length && failures.length === 0) {
      const task = missing[next++];
      try {
        const done = (await pool.run(task)) as {drafts: number};
        drafts += done.drafts;
        shown.update((wanted += task.drafts), task.label);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  try {
    await Promise.all(Array.from({length: workers}, loop));
  } finally {
    shown.end();
    await pool.destroy();
  }
  if (failures.length > 0) throw failures[0];
  return {made: missing.length, drafts};
}
