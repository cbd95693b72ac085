import type {Generator} from "../generate/generator.js";
import {sha256} from "../io/sha256.js";
import type {Recipe} from "../schema/recipe.js";
import {canonicalJson} from "../text/json.js";
import type {Verifier} from "../verify/verifier.js";
import {keyId} from "./privacyKey.js";
import {verifiersOf} from "./recipeChecks.js";
import {blockSize, type Seeds} from "./seedStage.js";

/** A piece of work for one worker: some successive seeds of one step. */
export interface ChunkTask {
  /** hash of everything that shapes what comes out */
  key: string;
  /** index of the step in the recipe */
  step: number;
  label: string;
  /** bytes of the source's JSONL, and how many seeds of them */
  start: number;
  end: number;
  seeds: number;
  /** most drafts that can come out */
  drafts: number;
}

/** Drafts that a chunk should hold: small enough to lose little when killed, large enough to be worth a file. */
const chunkDrafts = 256;

/** Where a step's origins begin: the generator's id, numbered from its second step over the same seeds on. */
function labelOf(recipe: Pick<Recipe, "generate">, step: number): string {
  const {generator, from} = recipe.generate[step];
  const before = recipe.generate
    .slice(0, step)
    .filter((one) => one.generator === generator && one.from === from).length;
  return before === 0 ? generator : `${generator}.${before + 1}`;
}

/**
 * The chunks of a recipe, in the order of its steps.
 *
 * @param parts generators and verifiers by id, as the recipe's check found them
 * @param versions what else shapes every chunk: tokenizer, package
 * @param piiKey counts where the recipe names it: one that was made stays with the store
 * @throws RangeError where a step's source has no training seed
 */
export function planChunks(
  recipe: Recipe,
  seeds: Seeds,
  {generators, verifiers}: {generators: readonly Generator[]; verifiers: readonly Verifier[]},
  versions: Readonly<Record<string, string>>,
  piiKey: Uint8Array
): ChunkTask[] {
  const tasks: ChunkTask[] = [];
  const human = seeds.sets.filter(({kind}) => kind === "human").map((set) => set.sha256);
  for (const [i, step] of recipe.generate.entries()) {
    const set = seeds.sets.find(({id}) => id === step.from)!;
    const {id, family, version, kinds} = generators.find((one) => one.id === step.generator)!;
    if (set.train === 0) throw new RangeError(`generate[${i}].from: expected training seeds in ${step.from}, got none`);
    const policy = Object.fromEntries(kinds.map((kind) => [kind, recipe.policy[kind]]));
    const used = new Set(Object.values(policy).flatMap(verifiersOf));
    const shared = sha256(
      canonicalJson({
        versions,
        seed: recipe.seed,
        label: labelOf(recipe, i),
        generator: {id, family, version},
        step: {perSeed: step.perSeed, options: step.options},
        policy,
        verifiers: verifiers.filter((one) => used.has(one.id)).map((one) => [one.id, one.family, one.version]),
        pii: {also: recipe.pii.also, key: recipe.pii.key === undefined ? null : keyId(piiKey)},
        corpus: set.sha256,
        human,
        heldOut: seeds.heldOutSha256
      })
    );
    const perChunk = Math.max(1, Math.floor(chunkDrafts / (blockSize * step.perSeed)));
    let left = step.limit ?? Infinity;
    for (let b = 0; b < set.blocks.length && left > 0; b += perChunk) {
      const blocks = set.blocks.slice(b, b + perChunk);
      const count = Math.min(
        left,
        blocks.reduce((sum, block) => sum + block.seeds, 0)
      );
      left -= count;
      tasks.push({
        key: sha256(canonicalJson({shared, blocks: blocks.map((block) => block.sha256), count})),
        step: i,
        label: labelOf(recipe, i),
        start: b === 0 ? 0 : set.blocks[b - 1].end,
        end: blocks.at(-1)!.end,
        seeds: count,
        drafts: count * step.perSeed
      });
    }
  }
  return tasks;
}
