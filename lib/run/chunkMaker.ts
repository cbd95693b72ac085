import {readFileSync} from "node:fs";
import {open} from "node:fs/promises";
import {resolve} from "node:path";
import {findPii} from "../curate/pii/findPii.js";
import {redactPii} from "../curate/pii/redactPii.js";
import type {AnswersRead} from "../endpoints/answersFile.js";
import type {EndpointModel} from "../endpoints/endpointModel.js";
import {generators} from "../generate/generators.js";
import {atomic} from "../io/atomic.js";
import {builtinTokenizer} from "../io/assets.js";
import {readJsonl} from "../io/jsonl.js";
import type {Recipe} from "../schema/recipe.js";
import type {Seed} from "../schema/seed.js";
import type {Usage} from "../verify/sandbox/program.js";
import {criticOptions} from "../verify/critics/options.js";
import {verifiers} from "../verify/verifiers.js";
import {makeChunk} from "./chunk.js";
import type {ChunkTask} from "./chunkPlan.js";
import {readHeldOut} from "./heldOut.js";
import {createPiiGuard} from "./piiGuard.js";
import {promptFolder} from "./promptFolder.js";
import type {SeedSet} from "./seedStage.js";
import {addUsage, metered, type VerifierUsage} from "./verifierUsage.js";

/** What chunks are made from. */
export interface ChunkMaterial {
  recipe: Recipe;
  sets: readonly Pick<SeedSet, "id" | "kind" | "domain" | "path">[];
  heldOutPath: string;
  /** of the hashes of personal data */
  piiKey: Uint8Array;
  /** folder of the finished chunks */
  chunks: string;
  /** where the recipe's relative paths start */
  folder: string;
  /** for threads beside the one that asks models: what models have answered, and files that they may not be shown */
  kept: {answers: AnswersRead; benchmarks: readonly string[]} | null;
}

/** What came of one chunk. */
export interface ChunkDone {
  drafts: number;
  refused: number;
  usage: VerifierUsage;
}

/** Asks models, where generators or critics do. */
interface ChunkModels {
  get(id: string): EndpointModel;
  /** seeds of a chunk for which models are asked at once: more than one only where answers take their time */
  lanes: number;
}

/**
 * A function that makes one chunk and leaves it in the store. What it reads of the seeds is read once, and only when a
 * generator or a critic asks for it.
 *
 * @param models for tasks that ask some
 */
export function createChunkMaker({
  recipe,
  sets,
  heldOutPath,
  piiKey,
  chunks,
  folder
}: Omit<ChunkMaterial, "kept">): (task: ChunkTask, models?: ChunkModels) => Promise<ChunkDone> {
  const tokenizer = builtinTokenizer();
  const guard = createPiiGuard(recipe, {key: piiKey, tokenizer});
  const corpora = new Map<string, readonly Seed[]>();
  const bySha = new Map<string, ReadonlyMap<string, Seed>>();
  const byDomain = new Map<string, readonly Seed[]>();
  const prompts = promptFolder(recipe, folder);
  const critics = criticOptions(recipe.critics, {folder, prompts, cache: resolve(folder, ".ballast/terminology")});
  const heldOut = readHeldOut(heldOutPath, recipe);
  heldOut.catch(() => {});

  // The same array at every call: generators cache models by it.
  function corpus(set: ChunkMaterial["sets"][number]): readonly Seed[] {
    let seeds = corpora.get(set.id);
    if (seeds === undefined) {
      seeds = readFileSync(set.path, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => Object.freeze(JSON.parse(line) as Seed));
      corpora.set(set.id, seeds);
    }
    return seeds;
  }

  function redact(text: string): {text: string; values: string[]} {
    const spans = findPii(text);
    return {
      text: redactPii(text, {key: piiKey, style: "type", spans}).text,
      values: spans.map(({start, end}) => text.slice(start, end))
    };
  }

  function seedBySha(set: ChunkMaterial["sets"][number], sha256: string): Seed | undefined {
    let map = bySha.get(set.id);
    if (map === undefined) {
      map = new Map(corpus(set).map((seed) => [seed.sha256, seed]));
      bySha.set(set.id, map);
    }
    return map.get(sha256);
  }

  function humanSeeds(domain: string): readonly Seed[] {
    let seeds = byDomain.get(domain);
    if (seeds === undefined) {
      seeds = sets.filter((set) => set.kind === "human" && set.domain === domain).flatMap(corpus);
      byDomain.set(domain, seeds);
    }
    return seeds;
  }

  return async (task, {get: model, lanes} = {get: noModel, lanes: 1}) => {
    const step = recipe.generate[task.step];
    const set = sets.find(({id}) => id === step.from)!;
    const overlap = await heldOut;
    let drafts = 0;
    let refused = 0;
    const usage: VerifierUsage = {};
    const add = (id: string, more: Usage) => void (usage[id] = addUsage(usage[id], more));
    await atomic(`${chunks}/${task.key}.jsonl`, async (temporary) => {
      const file = await open(temporary, "wx");
      try {
        const judged = makeChunk(seedsOf(set.path, task), {
          recipe,
          step,
          label: task.label,
          generator: generators.find(({id}) => id === step.generator)!,
          verifiers: verifiers.map((verifier) => metered(verifier, () => performance.now(), add)),
          tokenizer,
          corpus: () => corpus(set),
          trainingSeed: (sha256) => seedBySha(set, sha256),
          verify: {
            corpus: humanSeeds,
            critics: {...critics, rates: task.rates},
            ...(task.asking ? {judges: recipe.critics.judges.map(model)} : {})
          },
          heldOut: overlap,
          models: step.teachers.map(model),
          image: step.image === undefined ? undefined : model(step.image),
          ...{avoid: task.avoid, first: task.first, count: task.perSeed, folder, prompts, redact},
          lanes
        });
        let lines: string[] = [];
        for await (const draft of judged) {
          const one = guard.draft(draft);
          drafts++;
          if (one.tier === null) refused++;
          lines.push(JSON.stringify(one) + "\n");
          if (lines.length < 64) continue;
          await file.appendFile(lines.join(""));
          lines = [];
        }
        await file.appendFile(lines.join(""));
        await file.sync();
      } finally {
        await file.close();
      }
    });
    return {drafts, refused, usage};
  };
}

function noModel(id: string): never {
  throw new RangeError(`expected no model here, got ${JSON.stringify(id)}`);
}

async function* seedsOf(path: string, {start, end, skip, seeds}: ChunkTask): AsyncGenerator<Seed> {
  let row = 0;
  for await (const {value} of readJsonl(path, {start, end})) {
    if (row++ < skip) continue;
    if (row > skip + seeds) return;
    yield value as Seed;
  }
}
