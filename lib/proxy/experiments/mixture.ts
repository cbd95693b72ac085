import {countNgrams, createModel, type NgramModel} from "../ngram.js";
import {bitsPerByte} from "../metrics/bitsPerByte.js";
import {takeTokens, tokensOf} from "../passages.js";
import type {Texts} from "../texts.js";
import {logProbOfViews, view, type View} from "../view.js";
import type {Counts} from "../countNgrams.js";

/** A stretch of text that was counted, and the held-out texts as it sees them. */
export interface Counted {
  counts: Counts;
  views: Readonly<Record<string, View>>;
}

/** One part of a mix: where its text comes from and the share of the budget that it fills. */
export interface Part {
  passages: readonly Uint16Array[];
  share: number;
}

/**
 * Trains on mixes under a budget B: of a part with share s and N tokens, n = min(N, B s) tokens are counted and each
 * weighs B s / n. Stretches that were counted before are not counted again, as long as the passages are the same array.
 */
export function createMixer(texts: Texts, order: number) {
  const made = new Map<readonly Uint16Array[], Map<number, Counted>>();

  function counted(passages: readonly Uint16Array[], tokens: number): Counted {
    const known = made.get(passages) ?? new Map<number, Counted>();
    made.set(passages, known);
    let entry = known.get(tokens);
    if (entry === undefined) {
      const counts = countNgrams(takeTokens(passages, tokens), {order, vocabSize: texts.vocabSize});
      const views = Object.fromEntries(
        Object.entries(texts.heldOut).map(([name, documents]) => [name, view(counts, documents)])
      );
      known.set(tokens, (entry = {counts, views}));
    }
    return entry;
  }

  function weigh(parts: readonly Part[], budget: number) {
    return parts
      .filter(({share}) => share > 0)
      .map(({passages, share}) => {
        // Products such as 300000 × (1 − 0.7) end a hair beside their integer.
        const wanted = Math.round(budget * share);
        const tokens = Math.min(tokensOf(passages), wanted);
        return {...counted(passages, tokens), weight: tokens === 0 ? 0 : (budget * share) / tokens};
      });
  }

  return {
    /** Bits per byte of each held-out text under a mix. */
    score(parts: readonly Part[], budget: number): Record<string, number> {
      const weighed = weigh(parts, budget);
      return Object.fromEntries(
        Object.entries(texts.heldOut).map(([name, documents]) => {
          const nats = logProbOfViews(weighed.map(({views, weight}) => ({view: views[name], weight})));
          return [name, bitsPerByte(nats, documents, texts.bytes)];
        })
      );
    },
    /** The model itself, for generating. */
    model(parts: readonly Part[], budget: number): NgramModel {
      return createModel(weigh(parts, budget));
    },
    /** Forgets the counts of passages that are done with. */
    forget(passages: readonly Uint16Array[]): void {
      made.delete(passages);
    }
  };
}
