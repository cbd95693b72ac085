import {existsSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {LanguageModel} from "../endpoints/languageModel.js";
import {progress} from "../io/progress.js";
import {createWorkers} from "../io/workers.js";
import type {Recipe} from "../schema/recipe.js";
import type {ChunkTask} from "./chunkPlan.js";
import {createChunkMaker, type ChunkDone, type ChunkMaterial} from "./chunkMaker.js";
import type {Seeds} from "./seedStage.js";
import {addUsages, type VerifierUsage} from "./verifierUsage.js";

/** Chunks for which models are asked at once: each holds its drafts until its slowest seed is done. */
const askedAtOnce = 16;

/** The stored file of a chunk. */
export function chunkPath(chunks: string, {key}: Pick<ChunkTask, "key">): string {
  return join(chunks, `${key}.jsonl`);
}

/**
 * Makes the chunks that the store does not hold yet, over worker threads; those for which models are asked in
 * this one, where all share the models' admission.
 *
 * @param options.chunks folder of the finished ones
 * @param options.model the model of an endpoint, where any is asked
 * @returns how many were made, the drafts in them, and what their verifiers took
 */
export async function makeChunks(
  tasks: readonly ChunkTask[],
  {
    recipe,
    folder,
    seeds,
    piiKey,
    chunks,
    workers,
    model
  }: {
    recipe: Recipe;
    folder: string;
    seeds: Seeds;
    piiKey: Uint8Array;
    chunks: string;
    workers: number;
    model: (id: string) => LanguageModel;
  }
): Promise<{made: number; drafts: number; usage: VerifierUsage}> {
  await mkdir(chunks, {recursive: true});
  const missing = tasks.filter((task) => !existsSync(chunkPath(chunks, task)));
  if (missing.length === 0) return {made: 0, drafts: 0, usage: {}};
  const data: ChunkMaterial = {
    recipe,
    sets: seeds.sets.map(({id, kind, domain, path}) => ({id, kind, domain, path})),
    heldOutPath: seeds.heldOutPath,
    piiKey,
    chunks,
    folder
  };
  const here = missing.filter(({asking}) => asking);
  const there = missing.filter(({asking}) => !asking);
  const pool =
    there.length === 0
      ? null
      : createWorkers(import.meta.url, "./chunkWorker.js", {workers: Math.min(workers, there.length), data});
  const shown = progress(
    "drafts",
    missing.reduce((sum, task) => sum + task.drafts, 0)
  );
  const usage: VerifierUsage = {};
  let drafts = 0;
  let wanted = 0;
  const failures: unknown[] = [];
  // One task at a time each: a failure stops the run after the tasks at work.
  const loop = async (tasks: Iterator<ChunkTask>, make: (task: ChunkTask) => Promise<ChunkDone>) => {
    while (failures.length === 0) {
      const {value: task, done: last} = tasks.next();
      if (last === true) return;
      try {
        const done = await make(task);
        drafts += done.drafts;
        addUsages(usage, done.usage);
        shown.update((wanted += task.drafts), task.label);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  const loops = (count: number, tasks: readonly ChunkTask[], make: (task: ChunkTask) => Promise<ChunkDone>) => {
    const rest = tasks.values();
    return Array.from({length: Math.min(count, tasks.length)}, () => loop(rest, make));
  };
  try {
    const asked = here.length === 0 ? [] : loops(askedAtOnce, here, createChunkMaker(data, model));
    const worked = loops(workers, there, (task) => pool!.run(task) as Promise<ChunkDone>);
    await Promise.all([...asked, ...worked]);
  } finally {
    shown.end();
    await pool?.destroy();
  }
  if (failures.length > 0) throw failures[0];
  return {made: missing.length, drafts, usage};
}
