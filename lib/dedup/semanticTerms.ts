import type {SemanticIndex} from "./semanticStars.js";
import {TfidfIndex} from "./tfidf.js";

/**
 * Texts as sparse TF-IDF vectors, for semantic duplicates without a model: retold texts keep their rare words and their
 * numbers. Exact, by an inverted index. The weight of a term comes from all texts given, so that a cosine is one within
 * this set: the same two texts have another in other company.
 *
 * All in memory: about 20 bytes a distinct term of a text.
 */
export function semanticTerms(texts: readonly string[], {threshold}: {threshold: number}): SemanticIndex {
  if (!(threshold > 0 && threshold <= 1)) throw new RangeError(`expected a cosine in (0, 1], got ${threshold}`);
  const index = new TfidfIndex();
  for (const text of texts) index.add(text);
  return {
    near: (ordinal) => index.nearest(texts[ordinal], {k: Infinity, least: threshold, except: ordinal})
  };
}
