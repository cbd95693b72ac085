import {lawOf} from "../../lib/scaling/laws.js";
import type {Observations} from "../../lib/scaling/observations.js";
import type {Random} from "../../lib/text/random.js";

/** Runs that follow a law, with normal noise, every mix run with each seed. */
export function simulate(
  law: string,
  truth: readonly number[],
  xs: readonly (readonly number[])[],
  {sd, seeds, random, names}: {sd: number; seeds: number; random: Random; names: readonly string[]}
): Observations {
  const rows = xs.flatMap((x) => Array.from({length: seeds}, (_, seed) => ({x, seed})));
  return {
    inputs: Object.fromEntries(names.map((name, j) => [name, rows.map(({x}) => x[j])])),
    target: rows.map(({x}) => lawOf(law).predict(truth, x) + sd * random.normal()),
    seed: rows.map(({seed}) => seed)
  };
}

/** Shares as in a proxy's sweep. */
export const shares = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.93, 0.97].map((x) => [x]);

/** Mixes of four tiers. */
export const mixes = [
  [1, 0, 0, 0],
  [0.5, 0.5, 0, 0],
  [0.5, 0, 0.5, 0],
  [0.5, 0, 0, 0.5],
  [0.3, 0.2, 0.4, 0.1],
  [0.2, 0.2, 0.5, 0.1],
  [0.1, 0.2, 0.5, 0.2],
  [0.15, 0.25, 0.4, 0.2],
  [0.3, 0, 0.7, 0],
  [0.3, 0, 0, 0.7],
  [0.1, 0.2, 0, 0.7],
  [0.05, 0.05, 0.8, 0.1],
  [0.4, 0.2, 0.2, 0.2],
  [0, 0.3, 0.6, 0.1]
];

/** Inputs of the four tiers. */
export const tierNames = ["share_T0", "share_T1", "share_T2", "share_T3"];
