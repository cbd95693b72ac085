import type {ImageModel, LanguageModel} from "../endpoints/languageModel.js";
import type {Draft} from "../schema/sample.js";
import type {Seed} from "../schema/seed.js";
import type {Tier} from "../schema/tier.js";
import type {Random} from "../text/random.js";
import type {Tokenizer} from "../text/tokenizer.js";

/** What a generator gets beside its seed. */
export interface GenerateContext {
  /** seeded by the recipe's seed, the generator's id and the seed's hash: the same drafts in any order of work */
  random: Random;
  /** drafts wanted from this seed; fewer is allowed, more is not */
  count: number;
  /** the generator's own options from the recipe, as it came; each generator validates it */
  options: Readonly<Record<string, unknown>>;
  /** training seeds of the step's source, never held-out ones; the same array for every call */
  corpus: readonly Seed[];
  tokenizer: Tokenizer;
  /** models of the step, the one that writes first; none for a generator that asks none */
  models: readonly LanguageModel[];
  /** the step's model that draws, where its generator asks for one */
  image?: ImageModel;
  /** openings of texts that turned out as duplicates: something else is wanted */
  avoid: readonly string[];
  /** number of the first draft wanted from this seed: those before it were made by an earlier call */
  first: number;
  /** tells steps and runs apart, the same in every round; nothing where it does not say */
  salt?: string;
  /** folder of prompt files that take the place of ours */
  prompts?: string;
  /** where the recipe's relative paths start */
  folder?: string;
  /** a text with tags in place of personal data, and the values that they stand for; for generators that redact */
  redact?(text: string): {text: string; values: readonly string[]};
}

/** Turns seeds into drafts. A generator never verifies, and never sees held-out text. */
export interface Generator {
  id: string;
  /** model or method family; never one of its verifiers' */
  family: string;
  version: string;
  /** the best tier its origin allows */
  ceiling: Tier;
  /** kinds of the drafts it yields, as the recipe's policy names them */
  kinds: readonly string[];
  /** how many models it asks at least, where it asks any; of as many families where `families` says so; and one that draws */
  asks?: {models: number; families?: number; image?: boolean};
  /** ids of its prompt files */
  prompts?: readonly string[];
  /** names of options that name files, relative to the recipe: their bytes shape the drafts */
  files?: readonly string[];
  generate(seed: Seed, context: GenerateContext): AsyncIterable<Draft>;
}
