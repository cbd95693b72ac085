import {createRandom} from "../text/random.js";
import type {Mix} from "./mixes.js";
import type {Setting} from "./setting.js";

/** Mixes that are fitted and mixes that are then predicted, by number. */
export interface Split {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/**
 * Folds of cross-validation. All replicates of a mix are in one fold: a law is asked for mixes that it has not seen.
 *
 * @param options.folds at most; as many as there are mixes leaves one out
 */
export function foldSplits(mixes: number, {folds, seed}: {folds: number; seed: number}): Split[] {
  const count = Math.min(folds, mixes);
  if (count < 2) return [];
  const numbers = Array.from({length: mixes}, (_, g) => g);
  const fold = new Int32Array(mixes);
  for (const [i, g] of createRandom("folds", seed).shuffle(numbers).entries()) fold[g] = i % count;
  return Array.from({length: count}, (_, f) => ({
    train: numbers.filter((g) => fold[g] !== f),
    test: numbers.filter((g) => fold[g] === f)
  }));
}

/** The cuts of a rollout, and what the runs were ordered by. */
export interface RolloutSplits {
  readonly over: string;
  readonly splits: readonly Split[];
  /** by mix: its place on the scale */
  readonly scale: Float64Array;
}

/** Shares of the mixes that a rollout is fitted to, the smallest of them. */
const fractions = [0.6, 0.7, 0.8, 0.9];

/**
 * Cuts for a rollout: fitted to the mixes below a scale, tested on all above it. The scale is the compute n · d where
 * both vary, else the scalar that varies; the next one where the smaller part would not vary enough to tell anything
 * of a scalar (three values, or two where there are no more).
 *
 * @returns null where no scale varies enough
 */
export function rolloutSplits(
  {inputs}: Pick<Setting, "inputs">,
  mixes: readonly Pick<Mix, "x">[]
): RolloutSplits | null {
  const places = inputs.flatMap(({role}, j) =>
    role === "share" || role === "shares" || role === "supplies" || !mixes.some(({x}) => x[j] !== mixes[0].x[j])
      ? []
      : [j]
  );
  if (places.length === 0) return null;
  const levels = places.map((j) => new Set(mixes.map(({x}) => x[j])).size);
  const [n, d] = ["n", "d"].map((role) => places.find((j) => inputs[j].role === role));
  const orders: {over: string; at: (x: readonly number[]) => number}[] = [
    ...(n === undefined || d === undefined
      ? []
      : [{over: `${inputs[n].name} · ${inputs[d].name}`, at: (x: readonly number[]) => x[n] * x[d]}]),
    // A smaller loss is a larger run.
    ...places.map((j) => ({
      over: inputs[j].name,
      at: (x: readonly number[]) => (inputs[j].role === "loss" ? -x[j] : x[j])
    }))
  ];
  for (const {over, at} of orders) {
    const scale = Float64Array.from(mixes, ({x}) => at(x));
    const sorted = Float64Array.from(scale).sort();
    const cuts = [...new Set(fractions.map((f) => sorted[Math.ceil(f * sorted.length) - 1]))];
    const splits = cuts.flatMap((cut): Split[] => {
      const train = [...mixes.keys()].filter((g) => scale[g] <= cut);
      const test = [...mixes.keys()].filter((g) => scale[g] > cut);
      const told = places.every((j, i) => new Set(train.map((g) => mixes[g].x[j])).size >= Math.min(3, levels[i]));
      return test.length > 0 && told ? [{train, test}] : [];
    });
    if (splits.length > 0) return {over, splits, scale};
  }
  return null;
}
