import type {Generator} from "../generate/generator.js";
import {sha256} from "../io/sha256.js";
import type {RunCalibrations} from "../schema/calibration.js";
import type {Recipe} from "../schema/recipe.js";
import {canonicalJson} from "../text/json.js";
import type {CriticOptions} from "../verify/critics/options.js";
import type {Verifier} from "../verify/verifier.js";
import {keyId} from "./privacyKey.js";
import {verifiersOf} from "./recipeChecks.js";
import {blockSize, type Seeds, type SeedSet} from "./seedStage.js";

/** A piece of work for one worker: some successive seeds of one step. */
export interface ChunkTask {
  /** hash of everything that shapes what comes out */
  key: string;
  /** index of the step in the recipe */
  step: number;
  label: string;
  /** bytes of the source's JSONL, seeds in them that are passed over, and how many then count */
  start: number;
  end: number;
  skip: number;
  seeds: number;
  /** number of the first draft of each seed, and how many are wanted */
  first: number;
  perSeed: number;
  /** openings of texts that turned out as duplicates */
  avoid: readonly string[];
  /** whether a model is asked, by the generator or by a critic */
  asking: boolean;
  /** of judges by critic, where votes are weighed by them */
  rates?: CriticOptions["rates"];
  /** most drafts that can come out */
  drafts: number;
}

/** Drafts asked for at once of a step that wants exactly so many kept ones. */
export interface Round {
  step: number;
  /** drafts are numbered seed by seed, the first of all seeds before the second of any */
  from: number;
  to: number;
  avoid: readonly string[];
}

/** What models and prompts are, as far as they shape answers. */
export interface Asked {
  models: Readonly<Record<string, {model: string; family: string; weights: string}>>;
  /** sha256 by id */
  prompts: Readonly<Record<string, string>>;
  /** sha256 of each file that critics read */
  files: readonly string[];
  /** by step: sha256 of the files that its options name */
  optionFiles: readonly (readonly string[])[];
  /** what gold sets say of judges */
  calibrations: RunCalibrations;
  /** by critic, where votes are weighed by them */
  rates?: CriticOptions["rates"];
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

/** Seeds that a step has. */
export function seedsOfStep(recipe: Pick<Recipe, "generate">, step: number, sets: readonly SeedSet[]): number {
  const {from, limit = Infinity} = recipe.generate[step];
  return Math.min(limit, sets.find(({id}) => id === from)!.train);
}

/**
 * The chunks of a recipe, in the order of its steps. A step that wants exactly so many kept samples has those of its
 * rounds.
 *
 * @param parts generators and verifiers by id, as the recipe's check found them
 * @param options.versions what else shapes every chunk: tokenizer, package
 * @param options.piiKey counts where the recipe names it: one that was made stays with the store
 * @throws RangeError where a step's source has no training seed
 */
export function planChunks(
  recipe: Recipe,
  seeds: Seeds,
  {generators, verifiers}: {generators: readonly Generator[]; verifiers: readonly Verifier[]},
  {
    versions,
    piiKey,
    asked,
    rounds = []
  }: {versions: Readonly<Record<string, string>>; piiKey: Uint8Array; asked: Asked; rounds?: readonly Round[]}
): ChunkTask[] {
  const human = seeds.sets.filter(({kind}) => kind === "human").map((set) => set.sha256);
  return recipe.generate.flatMap((step, i) => {
    const set = seeds.sets.find(({id}) => id === step.from)!;
    const {id, family, version, kinds, prompts = []} = generators.find((one) => one.id === step.generator)!;
    if (set.train === 0) throw new RangeError(`generate[${i}].from: expected training seeds in ${step.from}, got none`);
    const policy = Object.fromEntries(kinds.map((kind) => [kind, recipe.policy[kind]]));
    const names = new Set(Object.values(policy).flatMap(verifiersOf));
    const used = verifiers.filter((one) => names.has(one.id));
    const critics = used.filter(({asks}) => asks !== undefined);
    const asking = step.teachers.length > 0 || critics.length > 0;
    const label = labelOf(recipe, i);
    const rates = asked.rates && Object.fromEntries(critics.map((one) => [one.id, asked.rates![one.id]]));
    // What gold sets say shapes a sample by these rates alone.
    const {calibration: _, prior: _prior, ...judging} = recipe.critics;
    const shared = sha256(
      canonicalJson({
        versions,
        seed: recipe.seed,
        label,
        generator: {id, family, version},
        step: {perSeed: step.accept === undefined ? step.perSeed : null, options: step.options},
        policy,
        verifiers: used.map((one) => [one.id, one.family, one.version]),
        pii: {also: recipe.pii.also, key: recipe.pii.key === undefined ? null : keyId(piiKey)},
        corpus: set.sha256,
        human,
        heldOut: seeds.heldOutSha256,
        ...(used.some(({prompts: own, id: name}) => own !== undefined || name === "terminology") && {
          critics: {...judging, judges: null, constitution: null, terminology: null},
          files: asked.files
        }),
        ...(asked.optionFiles[i].length > 0 && {optionFiles: asked.optionFiles[i]}),
        ...(asking && {
          ...{rates, teachers: step.teachers.map((one) => asked.models[one])},
          ...(step.image !== undefined && {image: asked.models[step.image]}),
          judges: critics.length === 0 ? [] : recipe.critics.judges.map((one) => asked.models[one]),
          prompts: ["repair", ...prompts, ...critics.flatMap((one) => one.prompts ?? [])].map((one) => [
            one,
            asked.prompts[one]
          ])
        })
      })
    );
    const task = (cut: SeedCut, first: number, perSeed: number, avoid: readonly string[]): ChunkTask => ({
      key: sha256(canonicalJson({shared, ...cut, start: null, end: null, ...(first > 0 && {first}), avoid})),
      ...{step: i, label, asking, first, perSeed, avoid, rates},
      ...{start: cut.start, end: cut.end, skip: cut.skip, seeds: cut.count},
      drafts: cut.count * perSeed
    });
    const all = seedsOfStep(recipe, i, seeds.sets);
    if (step.accept === undefined) {
      const perChunk = blockSize * Math.max(1, Math.floor(chunkDrafts / (blockSize * step.perSeed)));
      return cuts(set, 0, all, perChunk).map((cut) => task(cut, 0, step.perSeed, []));
    }
    return rounds
      .filter((round) => round.step === i)
      .flatMap(({from, to, avoid}) => {
        const tasks: ChunkTask[] = [];
        for (let at = from; at < to;) {
          const first = Math.floor(at / all);
          const end = Math.min(to, all * (first + 1));
          for (const cut of cuts(set, at - all * first, end - all * first, chunkDrafts))
            tasks.push(task(cut, first, 1, avoid));
          at = end;
        }
        return tasks;
      });
  });
}

/** Successive seeds of a source: where they are in its file, and hashes of the blocks that hold them. */
interface SeedCut {
  start: number;
  end: number;
  skip: number;
  count: number;
  blocks: string[];
}

/** Seeds `from` to `to`, in pieces of at most `size`. */
function cuts({blocks}: SeedSet, from: number, to: number, size: number): SeedCut[] {
  const pieces: SeedCut[] = [];
  for (let at = from; at < to; at += size) {
    const last = Math.min(to, at + size);
    // All blocks but the last of a source have one size.
    const begin = Math.floor(at / blockSize);
    const end = Math.ceil(last / blockSize);
    pieces.push({
      start: begin === 0 ? 0 : blocks[begin - 1].end,
      end: blocks[end - 1].end,
      skip: at - begin * blockSize,
      count: last - at,
      blocks: blocks.slice(begin, end).map((block) => block.sha256)
    });
  }
  return pieces;
}
