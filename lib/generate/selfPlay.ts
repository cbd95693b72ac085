import {z} from "zod";
import type {NgramModel} from "../proxy/ngram.js";
import {countNgrams, createModel} from "../proxy/ngram.js";
import {createRandom} from "../text/random.js";
import type {Tokenizer} from "../text/tokenizer.js";
import {cleanEnd} from "./cleanEnd.js";
import {corpusSlice} from "./corpusSlice.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";
import {trainedModels} from "./trainedModels.js";

const Options = z.strictObject({
  order: z.int().min(2).max(5).default(3),
  /** times that a model is trained anew on nothing but the text of the one before */
  generations: z.int().min(0).max(12).default(4),
  /** tokens of human text for the first model, and of its own for each later one */
  train: z.int().min(1000).default(100_000),
  /** length aimed at, in tokens; texts are drawn from 80 % to 120 % of it */
  tokens: z.int().min(40).max(4000).default(360),
  temperature: z.number().min(0).max(2).default(0.8)
});

const models = trainedModels();

/**
 * Naive self-play: a model of human text writes a corpus, the next is trained on that alone, and so on; the last writes
 * the drafts. Nothing anchors it, so it loses the tail of the language with every generation. It is here to show collapse,
 * and is never better than T3. No word of a seed goes in or comes out but through the model.
 */
export const selfPlay: Generator = {
  id: "self-play",
  family: "ngram-self",
  version: "1",
  ceiling: "T3",
  kinds: ["prose"],
  async *generate(seed, {random, count, options: given, corpus, tokenizer}) {
    const options = optionsOf("self-play", given, Options);
    const {order, generations, train, tokens, temperature} = options;
    const model = models(corpus, `${tokenizer.sha256} ${order} ${generations} ${train} ${tokens} ${temperature}`, () =>
      lastGeneration(corpusSlice(corpus, tokenizer, {tokens: train}), tokenizer, options)
    );
    for (let i = 0; i < count; i++) {
      const length = Math.round(tokens * (0.8 + 0.4 * random()));
      const text = cleanEnd(tokenizer.decode(model.sample({random, length, temperature})), tokens);
      if (text === null) continue;
      yield {
        text,
        payload: {order, generations, temperature},
        domain: seed.domain,
        kind: "prose",
        ceiling: "T3",
        spans: []
      };
    }
  }
};

function lastGeneration(
  human: readonly Uint16Array[],
  {vocabSize}: Tokenizer,
  {order, generations, train, tokens, temperature}: z.infer<typeof Options>
): NgramModel {
  const learn = (documents: readonly Uint16Array[]) =>
    createModel([{counts: countNgrams(documents, {order, vocabSize}), weight: 1}]);
  let model = learn(human);
  for (let generation = 1; generation <= generations; generation++) {
    const random = createRandom("self-play", generation);
    const own = Array.from({length: Math.ceil(train / tokens)}, () =>
      model.sample({random, length: tokens, temperature})
    );
    model = learn(own);
  }
  return model;
}
