import {createRandom} from "../../text/random.js";
import type {ArithmeticOptions} from "../../schema/proxyRecipe.js";
import {keep, keepers, writeDrafts, type Keeper} from "../arithmetic/drafts.js";
import {alphabet, alphabetSha256, factLength, splitPairs} from "../arithmetic/facts.js";
import {measure} from "../arithmetic/measure.js";
import {countNgrams, createModel} from "../ngram.js";
import type {Experiment} from "./experiment.js";
import {row} from "./row.js";

/**
 * C, on facts, where truth can be checked: the same drafts, kept if true, if true or let slip, or all. Verified facts
 * are T2, and so are a leaky verifier's, which nobody can tell from them; unverified ones are T3.
 */
export const arithmetic: Experiment<ArithmeticOptions> = {
  name: "arithmetic",
  parts: () => keepers,
  scale: () => 1,
  run(cell, _texts, options, recipe) {
    const keeper = cell.part as Keeper;
    const vocabSize = alphabet.length;
    const source = [recipe.seed, "arithmetic", cell.seed];
    const {heldOut, supply} = splitPairs(createRandom(...source), options);
    const {order, temperature} = options.generator;
    const generator = createModel([{counts: countNgrams(supply, {order, vocabSize}), weight: 1}]);
    const drafts = writeDrafts(generator, {
      random: createRandom(...source, "drafts"),
      count: options.drafts,
      temperature,
      heldOut: new Set(heldOut)
    });
    const kept = keep(drafts, {keeper, leak: options.leak, random: createRandom(...source, "leak")});
    const count = (facts: readonly Uint16Array[], share: number) => {
      const n = Math.min(facts.length, Math.round(options.budget * share));
      const counts = countNgrams(facts.slice(0, n), {order: options.order, vocabSize});
      return {counts, weight: n === 0 ? 0 : (options.budget * share) / n};
    };
    return options.shares.map((s) =>
      row({
        experiment: "verification",
        arm: `arithmetic/${keeper}`,
        seed: cell.seed,
        generation: null,
        tokens: options.budget * factLength,
        supply: options.supply * factLength,
        shares: {T0: 1 - s, [keeper === "unverified" ? "T3" : "T2"]: s},
        synthetic_share: s,
        tokenizer: alphabetSha256,
        benchmarks: measure(createModel([count(supply, 1 - s), count(kept, s)]), heldOut)
      })
    );
  }
};
