import {createRandom} from "../../text/random.js";
import type {NgramModel} from "../ngram.js";
import {takeTokens, tokensOf} from "../passages.js";
import type {Texts} from "../texts.js";

/**
 * The human text of one seed: the same draw for every arm. Stretches of it serve student, teacher and critic, which
 * never share a token.
 */
export function drawHuman(texts: Texts, recipeSeed: number, seed: number): readonly Uint16Array[] {
  return createRandom(recipeSeed, "human", seed).shuffle(texts.human);
}

/** What share of the human text that is needed is there, at most 1. */
export function scaleOf(passages: readonly Uint16Array[], need: number): number {
  return Math.min(1, tokensOf(passages) / need);
}

/** Passages of generated text. */
export function generate(
  model: NgramModel,
  seed: readonly (string | number)[],
  {tokens, passage, temperature}: {tokens: number; passage: number; temperature: number}
): Uint16Array[] {
  const random = createRandom(...seed);
  const passages = Array.from({length: Math.ceil(tokens / passage)}, () =>
    model.sample({random, length: passage, temperature})
  );
  return takeTokens(passages, tokens);
}
