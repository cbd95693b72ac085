import type {NgramModel} from "../proxy/ngram.js";
import type {Seed} from "../schema/seed.js";

/**
 * Remembers models by the corpus they were trained on and a key for everything else, for as long as the corpus is alive:
 * every seed of a step asks for the same one.
 */
export function trainedModels(): (corpus: readonly Seed[], key: string, train: () => NgramModel) => NgramModel {
  const byCorpus = new WeakMap<readonly Seed[], Map<string, NgramModel>>();
  return (corpus, key, train) => {
    const models = byCorpus.get(corpus) ?? new Map<string, NgramModel>();
    byCorpus.set(corpus, models);
    const model = models.get(key) ?? train();
    models.set(key, model);
    return model;
  };
}
