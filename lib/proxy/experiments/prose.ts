import {createRandom} from "../../text/random.js";
import type {ProseOptions} from "../../schema/proxyRecipe.js";
import {createCritic} from "../critic.js";
import {countNgrams, createModel} from "../ngram.js";
import {takeTokens} from "../passages.js";
import {drawHuman, generate, scaleOf} from "./draw.js";
import type {Experiment} from "./experiment.js";
import {createMixer} from "./mixture.js";
import {row} from "./row.js";

/**
 * C, on prose, where there is no truth to check: as many generated tokens in each arm, taken as they come, by a random
 * choice from more drafts, or the most human of the same drafts in a critic's eyes. What a critic kept is T2, the rest T3.
 */
export const prose: Experiment<ProseOptions> = {
  name: "prose",
  parts: () => ["all"],
  scale: (texts, {supply, teacher, critic}) => scaleOf(texts.human, supply + teacher.tokens + critic.tokens),
  run(cell, texts, options, recipe) {
    const factor = prose.scale(texts, options);
    const scale = (tokens: number) => Math.floor(tokens * factor);
    const {vocabSize} = texts;
    const [budget, supply] = [scale(options.budget), scale(options.supply)];
    const human = drawHuman(texts, recipe.seed, cell.seed);
    const read = scale(options.teacher.tokens);
    const source = takeTokens(human, read, supply);
    const order = options.teacher.order;
    const teacher = createModel([{counts: countNgrams(source, {order, vocabSize}), weight: 1}]);
    const largest = Math.round(budget * Math.max(...options.shares));
    const {passage} = recipe;
    const write = (name: string, tokens: number) =>
      generate(teacher, [recipe.seed, "prose", name, cell.seed], {tokens, passage, temperature: options.temperature});
    const drafts = write("drafts", Math.ceil(largest / options.keep));
    const shown = write("shown", scale(options.critic.tokens));
    const judge = createCritic(takeTokens(human, scale(options.critic.tokens), supply + read), shown, vocabSize);
    const scores = drafts.map((draft, i) => ({i, score: judge(draft)}));
    const arms = {
      none: drafts,
      random: createRandom(recipe.seed, "prose", "random", cell.seed).shuffle(drafts),
      critic: scores.sort((a, b) => b.score - a.score || a.i - b.i).map(({i}) => drafts[i])
    };
    const own = takeTokens(human, supply);
    const mixer = createMixer(texts, options.order);
    return options.shares.flatMap((s) =>
      Object.entries(arms).map(([arm, passages]) =>
        row({
          experiment: "verification",
          arm: `prose/${arm}`,
          seed: cell.seed,
          generation: null,
          tokens: budget,
          supply,
          shares: {T0: 1 - s, [arm === "critic" ? "T2" : "T3"]: s},
          synthetic_share: s,
          tokenizer: texts.tokenizer,
          benchmarks: mixer.score(
            [
              {passages: own, share: 1 - s},
              {passages, share: s}
            ],
            budget
          )
        })
      )
    );
  }
};
