import type {Run} from "../../schema/run.js";
import type {ShareOptions} from "../../schema/proxyRecipe.js";
import {countNgrams, createModel} from "../ngram.js";
import {takeTokens} from "../passages.js";
import {drawHuman, generate, scaleOf} from "./draw.js";
import type {Experiment} from "./experiment.js";
import {createMixer} from "./mixture.js";
import {row} from "./row.js";

/**
 * A: a fixed budget, a share of it generated, the rest human text that is repeated where its supply ends. The teacher
 * has read human text that the student has not; "self" has read the student's own supply. Nothing verifies what they
 * write: it is T3.
 */
export const share: Experiment<ShareOptions> = {
  name: "share",
  parts: ({generators, supplies}) =>
    generators.flatMap((generator) => (generator === "teacher" ? ["teacher"] : supplies.map((n) => `self/${n}`))),
  scale: (texts, {supplies, teacher}) => scaleOf(texts.human, Math.max(...supplies) + teacher.tokens),
  run(cell, texts, options, recipe) {
    const factor = share.scale(texts, options);
    const scale = (tokens: number) => Math.floor(tokens * factor);
    const budget = scale(options.budget);
    const human = drawHuman(texts, recipe.seed, cell.seed);
    const [generator, only] = cell.part.split("/");
    const supplies = only === undefined ? options.supplies : [Number(only)];
    const largest = scale(Math.max(...options.supplies));
    const read = generator === "teacher" ? scale(options.teacher.tokens) : scale(supplies[0]);
    const order = generator === "teacher" ? options.teacher.order : options.order;
    const source = takeTokens(human, read, generator === "teacher" ? largest : 0);
    const model = createModel([{counts: countNgrams(source, {order, vocabSize: texts.vocabSize}), weight: 1}]);
    const generated = generate(model, [recipe.seed, "share", cell.part, cell.seed], {
      tokens: Math.round(budget * Math.max(...options.shares)),
      passage: recipe.passage,
      temperature: options.temperature
    });
    const mixer = createMixer(texts, options.order);
    const runs: Run[] = [];
    // Supplies that a share does not exhaust read the same human tokens: one stretch, counted once.
    const student = takeTokens(human, largest);
    for (const s of options.shares) {
      const known = new Map<number, Record<string, number>>();
      for (const supply of supplies.map(scale)) {
        const tokens = Math.min(supply, Math.round(budget * (1 - s)));
        let benchmarks = known.get(tokens);
        if (benchmarks === undefined) {
          const parts = [
            {passages: takeTokens(student, tokens), share: 1 - s},
            {passages: generated, share: s}
          ];
          benchmarks = mixer.score(parts, budget);
          mixer.forget(parts[0].passages);
          known.set(tokens, benchmarks);
        }
        runs.push(
          row({
            experiment: "share",
            arm: `${generator}/supply=${supply}`,
            seed: cell.seed,
            generation: null,
            tokens: budget,
            supply,
            shares: {T0: 1 - s, T3: s},
            synthetic_share: s,
            tokenizer: texts.tokenizer,
            benchmarks
          })
        );
      }
      mixer.forget(generated);
    }
    return runs;
  }
};
