import type {ProxyRecipe} from "../../schema/proxyRecipe.js";
import type {Run} from "../../schema/run.js";
import type {Texts} from "../texts.js";
import {arithmetic} from "./arithmetic.js";
import type {Cell, Experiment, ExperimentName, OptionsOf} from "./experiment.js";
import {generations} from "./generations.js";
import {prose} from "./prose.js";
import {rounds} from "./rounds.js";
import {share} from "./share.js";
import {tiers} from "./tiers.js";

const experiments: {[N in ExperimentName]: Experiment<OptionsOf<N>>} = {
  share,
  generations,
  prose,
  arithmetic,
  rounds,
  tiers
};

/** All experiments that a recipe may name, in the order in which they run. */
export const experimentNames = Object.keys(experiments) as ExperimentName[];

/** The cells of a recipe, seed by seed: the first seed of every experiment, then the second ones, and so on. */
export function cellsOf(recipe: ProxyRecipe): Cell[] {
  return experimentNames.flatMap((name) => cells(name, recipe)).sort((a, b) => a.seed - b.seed);
}

function cells<N extends ExperimentName>(name: N, recipe: ProxyRecipe): Cell[] {
  const options = recipe[name] as OptionsOf<N> | undefined;
  if (options === undefined) return [];
  const parts = experiments[name].parts(options);
  return Array.from({length: options.seeds}, (_, i) =>
    parts.map((part) => ({experiment: name, seed: i + 1, part}))
  ).flat();
}

/** By how much an experiment's token counts shrink for want of human text: 1 where they do not. */
export function scaleOfExperiment<N extends ExperimentName>(name: N, texts: Texts, recipe: ProxyRecipe): number {
  const options = recipe[name] as OptionsOf<N> | undefined;
  return options === undefined ? 1 : experiments[name].scale(texts, options);
}

/** Runs one cell. */
export function runCell<N extends ExperimentName>(
  cell: Cell & {experiment: N},
  texts: Texts,
  recipe: ProxyRecipe
): Run[] {
  const options = recipe[cell.experiment] as OptionsOf<N> | undefined;
  if (options === undefined) throw new RangeError(`expected options of ${cell.experiment} in the recipe, got none`);
  return experiments[cell.experiment].run(cell, texts, options, recipe);
}

/** Runs in the order of a table: by experiment, arm, seed, generation and shares, whatever order they were made in. */
export function sortRuns(runs: readonly Run[]): Run[] {
  const order = (run: Run) => [
    run.experiment,
    run.arm,
    run.seed,
    run.generation ?? -1,
    run.synthetic_share,
    run.supply,
    run.share_T0
  ];
  return runs
    .map((run) => ({run, key: order(run)}))
    .sort((a, b) => {
      for (let i = 0; i < a.key.length; i++) if (a.key[i] !== b.key[i]) return a.key[i] < b.key[i] ? -1 : 1;
      return 0;
    })
    .map(({run}) => run);
}
