import {fit, type FitOptions} from "../scaling/fit.js";
import {grid, type Grid} from "../scaling/grid.js";
import type {Fit} from "../schema/fit.js";
import {readObservations, type RunsSelection} from "./observations.js";

/** A fit of a runs table, with the measured mixes beside it. */
export interface RunsFit {
  readonly fit: Fit;
  /** the best of the mixes that were run, with paired differences: to be shown beside the fit */
  readonly grid: Grid;
  /** runs without a value for the target, left out */
  readonly missing: number;
}

/**
 * Fits a runs table (CSV, Parquet or JSONL): what `ballast fit` does, for the demo and the loaders as well.
 *
 * @param path of the table
 * @param options which columns, see RunsSelection, and how, see FitOptions
 */
export async function fitRuns(
  path: string,
  {target, share, shares, where, holdout, sd, ...options}: RunsSelection & Omit<FitOptions, "data" | "target">
): Promise<RunsFit> {
  const read = await readObservations(path, {target, share, shares, where, holdout, sd});
  const found = await fit(read.columns, {
    knot: read.knot,
    syntheticByTier: read.syntheticByTier,
    ...options,
    target,
    data: read.data
  });
  const measured = grid(read.columns, {lowerIsBetter: found.lowerIsBetter, level: found.level, seed: found.seed});
  return {fit: found, grid: measured, missing: read.missing};
}
