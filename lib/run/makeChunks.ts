import {existsSync} from "node:fs";
import {mkdir} from "node:fs/promises";
import {join} from "node:path";
import type {Models} from "../endpoints/models.js";
import {progress} from "../io/progress.js";
import {createWorkers} from "../io/workers.js";
import type {Recipe} from "../schema/recipe.js";
import type {ChunkTask} from "./chunkPlan.js";
import {createChunkMaker, type ChunkDone, type ChunkMaterial} from "./chunkMaker.js";
import type chunk from "./chunkWorker.js";
import type {BenchmarkFile} from "./refuseContaminated.js";
import type {Seeds} from "./seedStage.js";
import {spentInWords} from "./spentInWords.js";
import {addUsages, type VerifierUsage} from "./verifierUsage.js";

/** Chunks for which models are asked at once, and seeds of each: a chunk holds its drafts until its slowest seed is done. */
const askedAtOnce = 16;
const lanes = 64;
/** Kept answers from which on worker threads look among them: a chunk's worth, as fewer do not repay a thread's start. */
const worthThreads = 256;

/** The stored file of a chunk. */
export function chunkPath(chunks: string, {key}: Pick<ChunkTask, "key">): string {
  return join(chunks, `${key}.jsonl`);
}

/**
 * Makes the chunks that the store does not hold yet, over worker threads; those for which models have to be asked in
 * this one, where all share the models' admission. Where answers are kept, as of a run that was killed, worker threads try
 * a chunk with these first, and only one that lacks an answer is asked for.
 *
 * @param options.chunks folder of the finished ones
 * @param options.models null where none is asked
 * @param options.benchmarks files that no model may be shown
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
    models,
    benchmarks
  }: {
    recipe: Recipe;
    folder: string;
    seeds: Seeds;
    piiKey: Uint8Array;
    chunks: string;
    workers: number;
    models: Models | null;
    benchmarks: readonly BenchmarkFile[];
  }
): Promise<{made: number; drafts: number; usage: VerifierUsage}> {
  await mkdir(chunks, {recursive: true});
  const missing = tasks.filter((task) => !existsSync(chunkPath(chunks, task)));
  if (missing.length === 0) return {made: 0, drafts: 0, usage: {}};
  const kept = models !== null && missing.some(({asking}) => asking) ? models.kept : null;
  const known = kept !== null && kept.index.count >= worthThreads;
  const data: ChunkMaterial = {
    recipe,
    sets: seeds.sets.map(({id, kind, domain, path}) => ({id, kind, domain, path})),
    heldOutPath: seeds.heldOutPath,
    piiKey,
    chunks,
    folder,
    kept: known ? {answers: kept, benchmarks: benchmarks.map(({file}) => file)} : null
  };
  const here = missing.filter(({asking}) => asking);
  const there = missing.filter(({asking}) => !asking);
  const threads = Math.min(workers, known ? missing.length : there.length);
  const pool = threads === 0 ? null : createWorkers(import.meta.url, "./chunkWorker.js", {workers: threads, data});
  const work = (task: ChunkTask) => pool!.run(task) as ReturnType<typeof chunk>;
  const shown = progress(
    "drafts",
    missing.reduce((sum, task) => sum + task.drafts, 0)
  );
  const usage: VerifierUsage = {};
  let drafts = 0;
  let wanted = 0;
  let label = "";
  const show = () => {
    shown.update(wanted, models === null ? label : spentInWords(models.usage().budget));
  };
  // A chunk for which models are asked takes minutes, and money meanwhile.
  const clock = here.length === 0 || !process.stderr.isTTY ? undefined : setInterval(show, 1000);
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
        wanted += task.drafts;
        ({label} = task);
        show();
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
    const maker = here.length === 0 ? null : createChunkMaker(data);
    const ask = async (task: ChunkTask) => {
      const done = known ? await work(task) : null;
      if (done === null) return maker!(task, {get: (id) => models!.get(id), lanes});
      models!.count(done.asked);
      return done;
    };
    const asked = loops(askedAtOnce, here, ask);
    const worked = loops(workers, there, async (task) => (await work(task))!);
    await Promise.all([...asked, ...worked]);
  } finally {
    clearInterval(clock);
    shown.end();
    await pool?.destroy();
  }
  if (failures.length > 0) throw failures[0];
  return {made: missing.length, drafts, usage};
}
