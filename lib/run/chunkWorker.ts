import {workerData} from "piscina";
import {openAnswersRead} from "../endpoints/answerCache.js";
import {createKeptModels, NotKept} from "../endpoints/keptModels.js";
import type {PromptUsage} from "../endpoints/modelUsage.js";
import {createChunkMaker, type ChunkDone, type ChunkMaterial} from "./chunkMaker.js";
import type {ChunkTask} from "./chunkPlan.js";
import {promptFolder} from "./promptFolder.js";
import {withheld} from "./withheld.js";

const material = workerData as ChunkMaterial;
const make = createChunkMaker(material);
const {kept, recipe, folder} = material;
const cache = kept === null ? null : openAnswersRead(kept.answers);
const heldOut = kept === null ? () => null : withheld(recipe, {...material, benchmarks: kept.benchmarks});

/**
 * Makes one chunk in a worker thread, where it asks no models or all that it asks is answered already.
 *
 * @returns null where an answer is missing: then the thread that may send requests has to make it
 */
export default async function chunk(task: ChunkTask): Promise<(ChunkDone & {asked: PromptUsage[]}) | null> {
  if (!task.asking || cache === null) return {...(await make(task)), asked: []};
  const models = createKeptModels(recipe.endpoints, {
    ...{cache, heldOut: await heldOut, prompts: promptFolder(recipe, folder)}
  });
  try {
    return {...(await make(task, {get: models.get, lanes: 1})), asked: models.usage()};
  } catch (error) {
    for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof NotKept) return null;
    throw error;
  }
}
