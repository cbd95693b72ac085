import {z} from "zod";
import {countNgrams, createModel} from "../proxy/ngram.js";
import {cleanEnd} from "./cleanEnd.js";
import {corpusSlice} from "./corpusSlice.js";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";
import {trainedModels} from "./trainedModels.js";

const Options = z.strictObject({
  /** tokens of human text that the teacher learns from */
  train: z.int().min(1000).default(300_000),
  /** length aimed at, in tokens; texts are drawn from 80 % to 120 % of it */
  tokens: z.int().min(40).max(4000).default(360),
  temperature: z.number().min(0).max(2).default(0.9)
});

const promptWords = 6;

/** A small teacher with two tokens of memory, taught on the half of the corpus whose hashes are even. */
export const teacher3 = teacher(3, 0);

/** A small teacher with three tokens of memory, taught on the half of the corpus whose hashes are odd. */
export const teacher4 = teacher(4, 1);

/**
 * An n-gram language model that continues the first words of a seed. The words of the prompt are part of the text and
 * recorded as copied; the text ends with a sentence. It knows how the corpus sounds and nothing of what it says.
 */
function teacher(order: 3 | 4, half: 0 | 1): Generator {
  const id = `teacher-${order}`;
  const models = trainedModels();
  return {
    id,
    family: "ngram-kneser-ney",
    version: "1",
    ceiling: "T2",
    kinds: ["prose"],
    async *generate(seed, {random, count, options, corpus, tokenizer}) {
      const {train, tokens, temperature} = optionsOf(id, options, Options);
      const model = models(corpus, `${tokenizer.sha256} ${train}`, () => {
        const documents = corpusSlice(corpus, tokenizer, {half, tokens: train});
        return createModel([{counts: countNgrams(documents, {order, vocabSize: tokenizer.vocabSize}), weight: 1}]);
      });
      const prompt = new RegExp(`^(?:\\S+\\s+){${promptWords - 1}}\\S+`).exec(seed.text)?.[0] ?? "";
      const prefix = tokenizer.encode(prompt);
      for (let i = 0; i < count; i++) {
        const length = Math.round(tokens * (0.8 + 0.4 * random()));
        const written = tokenizer.decode(model.sample({random, length, temperature, prefix}));
        const text = cleanEnd(prompt + written, prompt.length + tokens);
        if (text === null || !text.startsWith(prompt)) continue;
        yield {
          text,
          payload: {prompt, temperature, order},
          domain: seed.domain,
          kind: "prose",
          ceiling: "T2",
          spans: prompt === "" ? [] : [{start: 0, end: prompt.length, seed: seed.sha256, from: 0}]
        };
      }
    }
  };
}
