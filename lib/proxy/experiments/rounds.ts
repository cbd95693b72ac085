import {createRandom} from "../../text/random.js";
import type {Run} from "../../schema/run.js";
import type {RoundsOptions} from "../../schema/proxyRecipe.js";
import {keep, writeDrafts, type Keeper} from "../arithmetic/drafts.js";
import {alphabet, alphabetSha256, factLength, splitPairs} from "../arithmetic/facts.js";
import {measure} from "../arithmetic/measure.js";
import {countNgrams, createModel} from "../ngram.js";
import type {Experiment} from "./experiment.js";
import {row} from "./row.js";

/**
 * C, in rounds: a model writes facts, and is trained anew on the human facts and on all that were kept so far, each
 * token once; in the arm that replaces, on the last unverified ones alone.
 */
export const rounds: Experiment<RoundsOptions> = {
  name: "rounds",
  parts: () => ["verified", "leaky", "unverified", "unverified/replace"],
  scale: () => 1,
  run(cell, _texts, options, recipe) {
    const [keeper, replace] = cell.part.split("/") as [Keeper, string?];
    const vocabSize = alphabet.length;
    const source = [recipe.seed, "rounds", cell.seed];
    const {heldOut, supply} = splitPairs(createRandom(...source), options);
    const held = new Set(heldOut);
    const human = countNgrams(supply, {order: options.order, vocabSize});
    let model = createModel([{counts: human, weight: 1}]);
    let kept: Uint16Array[] = [];
    const runs: Run[] = [];
    for (let round = 0; ; round++) {
      const share = round === 0 ? 0 : replace === undefined ? kept.length / (kept.length + supply.length) : 1;
      runs.push(
        row({
          experiment: "rounds",
          arm: cell.part,
          seed: cell.seed,
          generation: round,
          tokens: (kept.length + (share < 1 ? supply.length : 0)) * factLength,
          supply: options.supply * factLength,
          shares: {T0: 1 - share, [keeper === "unverified" ? "T3" : "T2"]: share},
          synthetic_share: share,
          tokenizer: alphabetSha256,
          benchmarks: measure(model, heldOut)
        })
      );
      if (round === options.rounds) return runs;
      const drafts = writeDrafts(model, {
        random: createRandom(...source, cell.part, round),
        count: options.drafts,
        temperature: options.temperature,
        heldOut: held
      });
      const leak = createRandom(...source, cell.part, round, "leak");
      const before = replace === undefined ? kept : [];
      kept = [...before, ...keep(drafts, {keeper, leak: options.leak, random: leak, before})];
      const own = {counts: countNgrams(kept, {order: options.order, vocabSize}), weight: 1};
      model = createModel(replace === undefined ? [{counts: human, weight: 1}, own] : [own]);
    }
  }
};
