import {createRandom} from "../../text/random.js";
import type {NgramModel} from "../ngram.js";
import {answers, fact, read, write} from "./facts.js";

// Nothing is drawn at temperature 0, whatever the source.
const random = createRandom("greedy");

/**
 * What a model knows of held-out sums.
 *
 * - exact_match: share of sums of which every digit is the most probable one
 * - answer_bits: mean bits of a sum's digits, given its question; less is better
 * - choice4: share where the true sum is the most probable of four, the others off by one or ten. An easy question,
 *   shown because it can say the opposite of the hard one
 */
export function measure(model: NgramModel, heldOut: readonly number[]): Record<string, number> {
  let exact = 0;
  let bits = 0;
  let choice = 0;
  for (const pair of heldOut) {
    const right = fact(pair);
    const greedy = answers.every((place) => {
      const prefix = right.subarray(0, place);
      return model.sample({random, length: 1, temperature: 0, prefix})[0] === right[place];
    });
    if (greedy) exact++;
    bits += answerBits(model, right);
    const value = model.logProb(right);
    const {sum} = read(right);
    const wrong = [sum === 0 ? 2 : sum - 1, sum + 1, sum >= 190 ? sum - 10 : sum + 10];
    if (wrong.every((other) => model.logProb(write(pair, other)) < value)) choice++;
  }
  return {exact_match: exact / heldOut.length, answer_bits: bits / heldOut.length, choice4: choice / heldOut.length};
}

function answerBits(model: NgramModel, text: Uint16Array): number {
  let nats = 0;
  for (const place of answers)
    nats += model.logProb(text.subarray(0, place + 1)) - model.logProb(text.subarray(0, place));
  return -nats / Math.LN2;
}
