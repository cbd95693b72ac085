import {Context} from "../../proxy/context.js";
import {countNgrams} from "../../proxy/ngram.js";
import type {Tokenizer} from "../../text/tokenizer.js";
import type {TokenScores} from "./scorer.js";
import {vocabularyMoments} from "./vocabularyMoments.js";

/** A scorer that answers at once, and the total alone where no more is wanted. */
export interface ProxyScorer {
  (text: string): TokenScores;
  /** log-probability of the whole text, in nats */
  total(text: string): number;
}

/**
 * Trains the built-in n-gram model on texts and gives it as a scorer.
 *
 * It remembers runs of up to `order` tokens and nothing else: it shows what copies give away. A neural model trained on
 * the same texts may give away more.
 *
 * @param texts each a document; memory is about 90 bytes a token at order 5
 */
export function createProxyScorer(
  texts: Iterable<string>,
  tokenizer: Tokenizer,
  {order = 5}: {order?: number} = {}
): ProxyScorer {
  const documents = Array.from(texts, (text) => tokenizer.encode(text));
  const context = new Context([{counts: countNgrams(documents, {order, vocabSize: tokenizer.vocabSize}), weight: 1}]);
  const moments = vocabularyMoments(context);
  const scorer = (text: string) => {
    const tokens = tokenizer.encode(text);
    const logProbs = new Float64Array(tokens.length);
    const mean = new Float64Array(tokens.length);
    const deviation = new Float64Array(tokens.length);
    context.reset();
    for (let i = 0; i < tokens.length; i++) {
      const [first, second] = moments();
      mean[i] = first;
      deviation[i] = Math.sqrt(Math.max(0, second - first * first));
      logProbs[i] = Math.log(context.step(tokens[i], true));
    }
    return {logProbs, mean, deviation};
  };
  return Object.assign(scorer, {
    total(text: string) {
      context.reset();
      let sum = 0;
      for (const token of tokenizer.encode(text)) sum += Math.log(context.step(token, true));
      return sum;
    }
  });
}
