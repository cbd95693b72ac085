import {z} from "zod";
import type {Generator} from "./generator.js";
import {optionsOf} from "./options.js";

/**
 * Passes a seed on unchanged: the anchor. Code becomes a kind of its own, since tests can judge it.
 *
 * @throws RangeError for a simulator's state, which no human wrote
 */
export const human: Generator = {
  id: "human",
  family: "human",
  version: "1",
  ceiling: "T0",
  kinds: ["example", "prose"],
  async *generate(seed, {count, options}) {
    optionsOf("human", options, z.strictObject({}));
    if (seed.kind === "simulator")
      throw new RangeError(`human: expected a human or textbook seed, got a ${seed.kind}'s`);
    if (count < 1) return;
    yield {
      text: seed.text,
      payload: {document: seed.document},
      domain: seed.domain,
      kind: seed.domain === "code" ? "example" : "prose",
      ceiling: "T0",
      spans: [{start: 0, end: seed.text.length, seed: seed.sha256, from: 0}]
    };
  }
};
