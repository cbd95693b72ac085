import type {Fit} from "../schema/fit.js";
import {mixesOf, type Mix} from "./mixes.js";
import {noiseWeights} from "./noiseWeights.js";
import type {Observation, Observations} from "./observations.js";

/** The mixes of runs, weighted by their replicates' noise where that differs. */
export function weighted(
  runs: readonly Observation[],
  {sd}: Observations,
  {logs, notes}: {logs: boolean; notes: string[]}
): {mixes: Mix[]; weighting: Fit["weighting"]} {
  const mixes = mixesOf(runs);
  if (sd !== undefined) return {mixes, weighting: "sd"};
  const found = noiseWeights(mixes, {logs});
  if (found === null) return {mixes, weighting: "equal"};
  notes.push(
    "replicates differ in their noise from mix to mix by more than chance: runs are weighted by it, shrunk towards the pooled noise"
  );
  const reweighted = mixes.flatMap((mix, g) => mix.runs.map((r) => ({...r, weight: found.factors[g]})));
  return {mixes: mixesOf(reweighted), weighting: "replicates"};
}
