import {createRandom} from "../../text/random.js";
import type {Run} from "../../schema/run.js";
import type {GenerationsOptions} from "../../schema/proxyRecipe.js";
import {distinct} from "../metrics/distinct.js";
import {tail} from "../metrics/tail.js";
import {takeTokens, tokensOf} from "../passages.js";
import {drawHuman, generate, scaleOf} from "./draw.js";
import type {Experiment} from "./experiment.js";
import {createMixer, type Part} from "./mixture.js";
import {row} from "./row.js";

/**
 * B: generation 0 is trained on human text, each one after on what came before it.
 *
 * - replace: the newest generated text alone
 * - replace+anchor: the same budget, a share of it human, the same human passages each time
 * - accumulate: human text and all generated text so far, each token once; the budget grows
 * - accumulate+anchor: the same, the human text repeated to no less than the share of the anchor
 * - anchor-only: the control: the human passages of replace+anchor alone, repeated to the same budget
 */
export const generations: Experiment<GenerationsOptions> = {
  name: "generations",
  parts: ({arms}) => arms,
  scale: (texts, {budget}) => scaleOf(texts.human, budget),
  run(cell, texts, options, recipe) {
    const budget = Math.floor(options.budget * generations.scale(texts, options));
    const human = takeTokens(drawHuman(texts, recipe.seed, cell.seed), budget);
    const anchored = takeTokens(human, Math.round(budget * options.anchor));
    const test = texts.heldOut.bpb_test;
    const size = Math.max(budget, tokensOf(test));
    const mixer = createMixer(texts, options.order);
    const runs: Run[] = [];
    let newest: readonly Uint16Array[] = [];
    let pool: readonly Uint16Array[] = [];
    for (let generation = 0; generation <= options.generations; generation++) {
      const {parts, tokens} = mix(generation);
      const model = mixer.model(parts, tokens);
      const seed = [recipe.seed, "generations", cell.part, cell.seed, generation];
      const sample = generate(model, seed, {
        // Nobody is trained on the last generation's text, nor on the control's.
        tokens: generation === options.generations || cell.part === "anchor-only" ? tokensOf(test) : size,
        passage: recipe.passage,
        temperature: options.temperature
      });
      const generated = parts.reduce((sum, {share}, i) => (i === 0 ? 0 : sum + share), 0);
      const measured = takeTokens(sample, tokensOf(test));
      runs.push(
        row({
          experiment: "generations",
          arm: cell.part,
          seed: cell.seed,
          generation,
          tokens,
          supply: budget,
          shares: {T0: 1 - generated, T3: generated},
          synthetic_share: generated,
          tokenizer: texts.tokenizer,
          benchmarks: {
            ...mixer.score(parts, tokens),
            tail: tail(measured, test, texts.vocabSize),
            distinct3: distinct(measured, 3)
          }
        })
      );
      for (const {passages} of parts) if (passages !== human && passages !== anchored) mixer.forget(passages);
      newest = takeTokens(sample, budget);
      pool = createRandom(...seed, "pool").shuffle([...pool, ...newest]);
    }
    return runs;

    /** What a generation is trained on: human text first, then generated text. */
    function mix(generation: number): {parts: Part[]; tokens: number} {
      if (cell.part === "anchor-only") return {parts: [{passages: anchored, share: 1}], tokens: budget};
      if (generation === 0) return {parts: [{passages: human, share: 1}], tokens: budget};
      const [kind, anchor] = cell.part.split("+");
      const natural = kind === "accumulate" ? 1 / (generation + 1) : 0;
      const share = anchor === undefined ? natural : Math.max(natural, options.anchor);
      return {
        parts: [
          {passages: kind === "accumulate" ? human : anchored, share},
          {passages: kind === "accumulate" ? pool : newest, share: 1 - share}
        ],
        tokens: kind === "accumulate" ? budget * (generation + 1) : budget
      };
    }
  }
};
