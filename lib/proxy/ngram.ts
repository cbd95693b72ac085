import type {Random} from "../text/random.js";
import {Context, type WeightedTier} from "./context.js";
import {createDraw} from "./draw.js";

export {countNgrams, type Counts} from "./countNgrams.js";

/** An n-gram language model over the weighted counts of its tiers. */
export interface NgramModel {
  order: number;
  vocabSize: number;
  /** Log-probability of a whole document from its start, in nats. */
  logProb(document: Uint16Array): number;
  /**
   * Draws `length` tokens that follow `prefix` in a document that starts with it; the prefix is not returned.
   *
   * @param options.temperature 0 takes the most probable token each time; 1 draws from the model itself
   */
  sample(options: {random: Random; length: number; temperature?: number; prefix?: ArrayLike<number>}): Uint16Array;
}

/**
 * Interpolated modified Kneser–Ney with discounts estimated in each tier by itself and weights applied afterwards, so
 * that repeating or down-weighting a tier does not disturb its counts of counts. A new weighting needs no recount.
 *
 * @param tiers weights are those of one token, B s / n for a budget B, a share s and n distinct tokens counted; only
 *   their ratios matter, and a tier of weight 0 is as if it were not there
 * @throws RangeError for no tier at all, a weight that is negative or not finite, or tiers of different order or vocabulary
 * Source: Chen and Goodman (1998), TR-10-98, section 3, for one tier; docs/proxy for several.
 */
export function createModel(tiers: readonly WeightedTier[]): NgramModel {
  if (tiers.length === 0) throw new RangeError("expected at least one tier, got none");
  const {order, vocabSize} = tiers[0].counts;
  for (const {counts, weight} of tiers) {
    if (!(weight >= 0 && weight < Infinity)) throw new RangeError(`expected weights of at least 0, got ${weight}`);
    if (counts.order !== order || counts.vocabSize !== vocabSize)
      throw new RangeError(
        `expected tiers of order ${order} over ${vocabSize} tokens, got ${counts.order} over ${counts.vocabSize}`
      );
  }
  const present = tiers.filter(({weight}) => weight > 0);
  if (present.length === 0) throw new RangeError("expected at least one tier with a weight above 0, got none");
  const context = new Context(present);
  return {
    order,
    vocabSize,
    logProb(document) {
      context.reset();
      let sum = 0;
      for (let i = 0; i < document.length; i++) {
        if (document[i] >= vocabSize) throw new RangeError(`expected tokens below ${vocabSize}, got ${document[i]}`);
        sum += Math.log(context.step(document[i], true));
      }
      return sum;
    },
    sample({random, length, temperature = 1, prefix = []}) {
      const draw = createDraw(context, temperature);
      context.reset();
      for (let i = 0; i < prefix.length; i++) context.advance(prefix[i]);
      const out = new Uint16Array(length);
      for (let i = 0; i < length; i++) {
        out[i] = draw(random);
        context.advance(out[i]);
      }
      return out;
    }
  };
}
