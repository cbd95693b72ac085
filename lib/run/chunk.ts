import {generatedTokens} from "../curate/generatedTokens.js";
import {checkSpans, type Refusal} from "../curate/spans.js";
import {assignTier} from "../curate/tier.js";
import type {ImageModel, LanguageModel} from "../endpoints/languageModel.js";
import type {GenerateContext, Generator} from "../generate/generator.js";
import {inOrder} from "../io/inOrder.js";
import {sha256} from "../io/sha256.js";
import type {GenerateStep, Recipe} from "../schema/recipe.js";
import {mediaPath} from "../schema/media.js";
import {Draft, type Sample} from "../schema/sample.js";
import type {Seed} from "../schema/seed.js";
import {tiers, type Tier} from "../schema/tier.js";
import type {Verdict} from "../schema/verdict.js";
import type {Vote} from "../schema/vote.js";
import {canonical, malformed, maxLength} from "../text/canonical.js";
import {createRandom} from "../text/random.js";
import type {Tokenizer} from "../text/tokenizer.js";
import type {Verifier, VerifyContext} from "../verify/verifier.js";
import {counting, countingDraws, sortedCounts, type RequestCount} from "./requestCounts.js";

/** A draft as the store keeps it: judged by itself, not yet beside the others. */
export interface Judged extends Omit<Sample, "tier"> {
  /** null where it was refused */
  tier: Tier | null;
  /** the words of each judge that critics asked */
  votes: Vote[];
  /** what models were asked on the way to it */
  requests: RequestCount[];
  /** where and why it was refused; empty where it was not */
  stage: string;
  reason: string;
  detail: string;
}

/** What a chunk is made with. */
export interface ChunkContext {
  recipe: Pick<Recipe, "seed" | "policy">;
  step: GenerateStep;
  /** first part of every origin: the generator's id, numbered where a recipe has two steps of it over the same seeds */
  label: string;
  generator: Generator;
  verifiers: readonly Verifier[];
  tokenizer: Tokenizer;
  /** the step's training seeds; read only when somebody asks */
  corpus(): readonly Seed[];
  /** one of them, by its hash */
  trainingSeed(sha256: string): Seed | undefined;
  verify: VerifyContext;
  /** what a text shares with held-out material, null where it shares nothing */
  heldOut(text: string): Refusal | null;
  /** models that the step's generator asks; each seed begins with another of them */
  models?: readonly LanguageModel[];
  /** the one that draws for it */
  image?: ImageModel;
  /** openings of texts that turned out as duplicates */
  avoid?: readonly string[];
  /** number of the first draft wanted of each seed, and how many; those of the step where it does not say */
  first?: number;
  count?: number;
  /** for generators that read files, prompts of the recipe's own, or redact */
  folder?: string;
  prompts?: string;
  redact?: GenerateContext["redact"];
  /** seeds under way at once; more than one holds all drafts of each in memory */
  lanes?: number;
}

/**
 * The drafts of some seeds, each one judged: whole, canonical, verified, with its tier, or with the reason why not. The
 * same seed gives the same drafts whatever came before it.
 *
 * @throws Error naming generator or verifier and seed, when one of them breaks its contract or throws: a bug of ours, or
 *   options that do not fit
 */
export async function* makeChunk(
  seeds: Iterable<Seed> | AsyncIterable<Seed>,
  context: ChunkContext
): AsyncGenerator<Judged> {
  const {lanes = 1} = context;
  if (lanes === 1) {
    for await (const seed of seeds) yield* judgedDrafts(seed, context);
    return;
  }
  const all = async (seed: Seed) => {
    const drafts: Judged[] = [];
    for await (const draft of judgedDrafts(seed, context)) drafts.push(draft);
    return drafts;
  };
  for await (const drafts of inOrder(asynchronous(seeds), lanes, all)) yield* drafts;
}

async function* asynchronous<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T> {
  yield* items;
}

async function* judgedDrafts(seed: Seed, context: ChunkContext): AsyncGenerator<Judged> {
  const {recipe, step, label, generator, tokenizer, models = [], avoid = [], first = 0, count = step.perSeed} = context;
  let number = first;
  const requests: RequestCount[] = [];
  try {
    const begin = models.length === 0 ? 0 : createRandom(recipe.seed, label, seed.sha256, "models").int(models.length);
    const drafts = generator.generate(seed, {
      random: createRandom(recipe.seed, label, seed.sha256, ...(first === 0 ? [] : [first])),
      ...{count, first, avoid, tokenizer, salt: `${recipe.seed} ${label}`},
      ...{folder: context.folder, prompts: context.prompts, redact: context.redact},
      options: step.options,
      get corpus() {
        return context.corpus();
      },
      image: context.image && countingDraws(context.image, requests),
      models: models.map((_, i) => counting(models[(begin + first + i) % models.length], "generate", requests))
    });
    for await (const draft of drafts) {
      if (number >= first + count) throw new RangeError(`expected at most ${count} drafts, got more`);
      const judged = await judge(checkContract(draft, generator), seed, number++, context);
      yield {...judged, requests: sortedCounts([...requests.splice(0), ...judged.requests])};
    }
  } catch (error) {
    const where = `generate: ${label} on seed ${seed.sha256.slice(0, 12)} (${seed.source}, ${seed.document})`;
    throw new Error(`${where}: ${(error as Error).message}`, {cause: error});
  }
}

function checkContract(value: Draft, {id, kinds, ceiling, asks}: Generator): Draft {
  const {data: draft, error} = Draft.safeParse(value);
  if (draft === undefined)
    throw new TypeError(`draft of ${id}: ${error.issues[0].path.join(".")}: ${error.issues[0].message}`);
  if (!kinds.includes(draft.kind))
    throw new RangeError(`draft of ${id}: expected a kind of ${kinds.join(", ")}, got ${draft.kind}`);
  if (tiers.indexOf(draft.ceiling) < tiers.indexOf(ceiling))
    throw new RangeError(`draft of ${id}: expected a ceiling of at most ${ceiling}, got ${draft.ceiling}`);
  if (asks !== undefined && !(draft.writers?.length ?? 0))
    throw new RangeError(`draft of ${id}: expected the models that wrote it, got none`);
  return draft;
}

async function judge(draft: Draft, seed: Seed, number: number, context: ChunkContext): Promise<Judged> {
  const {generator, label, recipe, tokenizer} = context;
  const payload = JSON.stringify(draft.payload);
  const made: Judged = {
    id: "",
    origin: `${label}/${seed.sha256.slice(0, 16)}/${number}`,
    text: draft.text,
    payload,
    domain: draft.domain,
    kind: draft.kind,
    tokens: 0,
    generated: 0,
    seed: seed.sha256,
    generator: draft.writers === undefined ? generator.id : `${generator.id}@${draft.writers.join("+")}`,
    family: familyOf(draft, context),
    version: generator.version,
    ceiling: draft.ceiling,
    tier: null,
    spans: draft.spans,
    verdicts: [],
    votes: [],
    requests: [],
    stage: "",
    reason: "",
    detail: "",
    // No field where there is none: chunks without pictures keep their bytes.
    ...(draft.media === undefined ? {} : {media: draft.media.map((one) => ({path: mediaPath(one), ...one}))})
  };
  const refuse = (stage: string, {reason, detail}: Refusal): Judged => ({...made, stage, reason, detail, tier: null});

  if (draft.failed !== undefined) {
    Object.assign(made, {text: "", payload: "{}", spans: [], id: sha256("")});
    return refuse("generate", draft.failed);
  }
  const fault = formOf(draft.text, payload);
  if (fault !== null) {
    // What no file can hold is replaced, and its spans with it: offsets into another text would be false.
    made.text = storable(draft.text);
    made.payload = payload.length > maxLength ? "{}" : payload;
    made.spans = [];
    made.id = sha256(made.text);
    made.tokens = made.generated = tokenizer.count(made.text);
    return refuse("form", fault);
  }
  made.id = sha256(draft.text);
  const copied = checkSpans(draft, (id) => (id === seed.sha256 ? seed : context.trainingSeed(id)));
  if (copied !== null) {
    made.spans = [];
    made.tokens = made.generated = tokenizer.count(draft.text);
    return refuse("form", copied);
  }
  Object.assign(made, generatedTokens(draft.text, draft.spans, tokenizer));

  const heldOut = context.heldOut(draft.text);
  if (heldOut !== null) return refuse("contamination", heldOut);

  made.verdicts = await verdictsOf(made, draft.source ?? seed.text, context);
  const assigned = assignTier(made, recipe.policy);
  if (!("tier" in assigned)) return refuse("verify", assigned);
  return {...made, tier: assigned.tier};
}

/** The words of the verifiers: those required until one says no, then those that promote, unless nothing can be won. */
async function verdictsOf(made: Judged, source: string, {recipe, verifiers, verify}: ChunkContext): Promise<Verdict[]> {
  const {require, promote} = recipe.policy[made.kind];
  const {text, kind, domain, generator, family, media} = made;
  const verdicts: Verdict[] = [];
  const ask = async (id: string): Promise<Verdict> => {
    const verifier = verifiers.find((candidate) => candidate.id === id);
    if (verifier === undefined) throw new RangeError(`expected a verifier ${JSON.stringify(id)}, got none`);
    if (verifier.family === family)
      throw new RangeError(`verifier ${id}: expected another family than the generator's, got ${family}`);
    try {
      const verdict = await verifier.verify(
        {text, kind, domain, generator, family, source, media: media?.map(({path: _, ...one}) => one)},
        {
          ...verify,
          judges: verify.judges?.map((judge) => counting(judge, "judge", made.requests)),
          vote: (votes) => void made.votes.push(...votes)
        }
      );
      verdicts.push(verdict);
      return verdict;
    } catch (error) {
      throw new Error(`verifier ${id} on ${made.origin}: ${(error as Error).message}`, {cause: error});
    }
  };
  for (const id of require) if (!(await ask(id)).ok) return verdicts;
  if (made.ceiling === "T0" || made.ceiling === "T3") return verdicts;
  for (const id of promote) if (!require.includes(id) && !(await ask(id)).ok) return verdicts;
  return verdicts;
}

/** The families of all models that wrote it, each once, joined by "+". */
function familyOf({writers}: Draft, {generator, models = [], image}: ChunkContext): string {
  if (writers === undefined) return generator.family;
  const families = writers.map((id) => {
    const model = models.find((one) => one.id === id) ?? (image?.id === id ? image : undefined);
    if (model === undefined) throw new RangeError(`expected a model of the step, got ${JSON.stringify(id)}`);
    return model.family.split("+");
  });
  return [...new Set(families.flat())].sort().join("+");
}

function formOf(text: string, payload: string): Refusal | null {
  const reason = malformed(text);
  if (reason !== null) return {reason, detail: `text of ${text.length} code units`};
  if (canonical(text) !== text)
    return {reason: "not-canonical", detail: "expected NFC, newlines as \\n, no white space at ends of lines"};
  if (payload.length > maxLength)
    return {reason: "payload-too-long", detail: `expected at most ${maxLength} code units, got ${payload.length}`};
  return null;
}

function storable(text: string): string {
  return text.slice(0, maxLength).toWellFormed().replaceAll("\0", "\u2400");
}
