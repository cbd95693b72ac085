import type {ProxyRecipe} from "../../schema/proxyRecipe.js";
import type {Run} from "../../schema/run.js";
import type {Texts} from "../texts.js";

/** A part of an experiment that depends on nothing but its inputs: cells may run in any order, anywhere. */
export interface Cell {
  /** name of the experiment in the recipe */
  experiment: ExperimentName;
  /** from 1 on */
  seed: number;
  /** the part of the experiment, e.g. an arm */
  part: string;
}

export type ExperimentName = "share" | "generations" | "prose" | "arithmetic" | "rounds" | "tiers";

/** An experiment on texts: pure, so that equal inputs give equal runs. */
export interface Experiment<O> {
  name: ExperimentName;
  /** Its parts; every seed has all of them. */
  parts(options: O): readonly string[];
  /** Where the texts hold less human text than the options ask for, all token counts shrink by this factor below 1. */
  scale(texts: Texts, options: O): number;
  run(cell: Cell, texts: Texts, options: O, recipe: {seed: number; passage: number}): Run[];
}

/** The options of an experiment, as the recipe names them. */
export type OptionsOf<N extends ExperimentName> = NonNullable<ProxyRecipe[N]>;
