import {existsSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import {progress} from "../io/progress.js";
import {createWorkers} from "../io/workers.js";
import type {Recipe} from "../schema/recipe.js";
import type {ChunkTask} from "./chunkPlan.js";
import type {ChunkDone, ChunkMaterial} from "./chunkMaker.js";
import type {Seeds} from "./seedStage.js";
import {addUsages, type VerifierUsage} from "./verifierUsage.js";

/** The stored file of a chunk. */
export function chunkPath(chunks: string, {key}: Pick<ChunkTask, "key">): string {
  return join(chunks, `${key}.jsonl`);
}

/**
 * Makes the chunks that the store does not hold yet, over worker threads.
 *
 * @param chunks folder of the finished ones
 * @returns how many were made, the drafts in them, and what their verifiers took
 */
export async function makeChunks(
  tasks: readonly ChunkTask[],
  {
    recipe,
    seeds,
    piiKey,
    chunks,
    workers
  }: {recipe: Recipe; seeds: Seeds; piiKey: Uint8Array; chunks: string; workers: number}
): Promise<{made: number; drafts: number; usage: VerifierUsage}> {
  await mkdir(chunks, {recursive: true});
  const missing = tasks.filter((task) => !existsSync(chunkPath(chunks, task)));
  if (missing.length === 0) return {made: 0, drafts: 0, usage: {}};
  const data: ChunkMaterial = {
    recipe,
    sets: seeds.sets.map(({id, kind, domain, path}) => ({id, kind, domain, path})),
    heldOutPath: seeds.heldOutPath,
    piiKey,
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
  const usage: VerifierUsage = {};
  let drafts = 0;
  let wanted = 0;
  let next = 0;
  const failures: unknown[] = [];
  // As many loops as workers, one task at a time each: a failure stops the run after the tasks at work.
  const loop = async () => {
    while (next < missing.length && failures.length === 0) {
      const task = missing[next++];
      try {
        const done = (await pool.run(task)) as ChunkDone;
        drafts += done.drafts;
        addUsages(usage, done.usage);
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
  return {made: missing.length, drafts, usage};
}
