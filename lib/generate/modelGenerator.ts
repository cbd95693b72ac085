import {z} from "zod";
import type {Answered, ImageModel, LanguageModel, Question} from "../endpoints/languageModel.js";
import {readPrompt, type PromptValue} from "../io/prompts.js";
import type {Picture} from "../schema/media.js";
import type {Draft} from "../schema/sample.js";
import type {Seed} from "../schema/seed.js";
import {canonical} from "../text/canonical.js";
import {createRandom, type Random} from "../text/random.js";
import {copiedRuns} from "./document/copiedRuns.js";
import type {GenerateContext, Generator} from "./generator.js";
import {optionsOf} from "./options.js";

/** Why there is no draft: a slug and words for a person. */
export interface Failed {
  reason: string;
  detail: string;
}

/** What came of a draft. */
export type Made = {text: string; payload: Record<string, unknown>; media?: Picture[]; source?: string} | Failed;

/** How a model is asked. */
export interface Asking {
  /** the prompt file's id and what stands in it */
  prompt: string;
  values: Record<string, PromptValue>;
  /** the step's own where it does not say */
  temperature?: number;
  /** tells draws apart; the draft's number where it does not say */
  sample?: number;
}

/** One draft at work. */
export interface Task<O> {
  seed: Seed;
  options: O;
  /** from 0, of this seed, over all rounds of a run */
  number: number;
  /** the same for this number of this seed, whatever was asked for before it */
  random: Random;
  /** the same for all drafts of this seed */
  seeded(name: string): Random;
  /** the one that writes this draft first */
  models: readonly LanguageModel[];
  /** openings of texts that turned out as duplicates, as a prompt takes them */
  avoid: readonly string[];
  context: GenerateContext;
  write(model: LanguageModel, asking: Asking): Promise<Answered<string>>;
  ask<T>(model: LanguageModel, asking: Asking, reply: z.ZodType<T>): Promise<Answered<T>>;
  /** A picture of the step's model that draws. @param prompt what it is to show, which the prompt file `by` led to */
  draw(prompt: string, options: {size: string; by: string}): Promise<Answered<Picture>>;
}

/** What every generator that asks models lets a recipe set. */
export const askingOptions = {
  /** of what is invented; what is read out of a text is asked for at 0 */
  temperature: z.number().min(0).max(2).default(0.7),
  /** of an answer at most, its thinking included */
  maxTokens: z.int().min(16).max(131_072).default(2048)
};

/** The same as a type. */
export interface AskingOptions {
  temperature: number;
  maxTokens: number;
}

const mostAvoided = 50;
const longestAvoided = 160;
const longestDetail = 300;

/**
 * A generator that asks models: draft by draft, each by the next of the step's models, with prompts from files. What a
 * model does wrong is a draft that counts and is refused; `writers` are the models that it asked, in the order in which it
 * asked them. What a draft asks follows from seed, options and its number alone (and from `avoid`), so that the rounds of
 * a run do not repeat each other, nor pay twice.
 *
 * @param make its text, which is made canonical, or why there is none; runs copied from the seed become spans
 */
export function modelGenerator<O extends AskingOptions>(
  {
    id,
    version,
    kind,
    asks,
    prompts,
    files
  }: Pick<Generator, "id" | "version" | "prompts" | "asks" | "files"> & {
    kind: string;
  },
  schema: z.ZodType<O>,
  make: (task: Task<O>) => Promise<Made>
): Generator {
  const {models: least = 1} = asks ?? {};
  return {
    id,
    family: "language-model",
    version,
    ceiling: "T2",
    kinds: [kind],
    asks: asks ?? {models: 1},
    ...{prompts, files},
    async *generate(seed, context) {
      const options = optionsOf(id, context.options, schema);
      const {models, first, count} = context;
      if (models.length < least)
        throw new RangeError(`generator ${id}: expected at least ${least} models, got ${models.length}`);
      for (let i = 0; i < count; i++) {
        const turned = models.map((_, j) => models[(i + j) % models.length]);
        yield await draft(seed, first + i, {models: turned, context, options});
      }
    }
  };

  function drawing(image: ImageModel | undefined): ImageModel {
    if (image === undefined) throw new RangeError(`generator ${id}: expected a model that draws, got none`);
    return image;
  }

  async function draft(
    seed: Seed,
    number: number,
    {models, context, options}: Pick<Task<O>, "models" | "context" | "options">
  ): Promise<Draft> {
    const {salt = "", prompts: folder} = context;
    const asked = new Set<string>();
    const question = (model: LanguageModel, asking: Asking): Question => {
      asked.add(model.id);
      const prompt = readPrompt(asking.prompt, {folder});
      return {
        messages: prompt.render(asking.values),
        temperature: asking.temperature ?? options.temperature,
        maxTokens: options.maxTokens,
        sample: asking.sample ?? number,
        prompt: {id: prompt.id, version: prompt.version}
      };
    };
    const made = await make({
      seed,
      options,
      number,
      random: createRandom(id, salt, seed.sha256, number),
      seeded: (name) => createRandom(id, salt, seed.sha256, name),
      models,
      avoid: context.avoid.slice(-mostAvoided).map((opening) => opening.slice(0, longestAvoided).toWellFormed()),
      context,
      write: (model, asking) => model.write(question(model, asking)),
      ask: (model, asking, reply) => model.ask(question(model, asking), reply),
      draw(prompt, {size, by}) {
        const image = drawing(context.image);
        asked.add(image.id);
        const {version} = readPrompt(by, {folder});
        return image.draw({prompt, size, sample: number, by: {id: by, version}});
      }
    });
    const writers = asked.size > 0 ? [...asked] : [models[0].id];
    const fixed = {domain: seed.domain, kind, ceiling: "T2" as const, writers};
    if ("reason" in made)
      return {
        ...fixed,
        text: "",
        payload: {},
        spans: [],
        failed: {reason: made.reason, detail: made.detail.slice(0, longestDetail).toWellFormed()}
      };
    const text = canonical(made.text);
    const {payload, media, source} = made;
    return {
      ...{...fixed, text, payload, spans: copiedRuns(text, seed)},
      ...(media === undefined ? {} : {media}),
      ...(source === undefined ? {} : {source})
    };
  }
}
