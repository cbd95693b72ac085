import {fit, type FitOptions} from "../scaling/fit.js";
import {grid, type Grid} from "../scaling/grid.js";
import type {Observations} from "../scaling/observations.js";
import type {Fit} from "../schema/fit.js";
import type {Unmatched} from "./joinRuns.js";
import {readObservations} from "./observations.js";
import {nameOf, type RunsSelection} from "./selection.js";

/** A fit of a runs table, with the measured mixes beside it. */
export interface RunsFit {
  readonly fit: Fit;
  /** the best of the mixes that were run, with paired differences: to be shown beside the fit; null where runs differ in more */
  readonly grid: Grid | null;
  /** runs without a value for the target, left out */
  readonly missing: number;
  /** what the joins left out */
  readonly unmatched: readonly Unmatched[];
}

/**
 * Fits a runs table (CSV, TSV, Parquet or JSONL): what `ballast fit` does, for the demo and the loaders as well.
 *
 * @param path of the table
 * @param options which columns, see RunsSelection, and how, see FitOptions
 * @throws as readObservations and fit do, rows counted in the file
 */
export async function fitRuns(
  path: string,
  {
    target,
    scalars,
    share,
    shares,
    supplies,
    where,
    holdout,
    sd,
    joins,
    ...options
  }: RunsSelection & Omit<FitOptions, "data" | "target">
): Promise<RunsFit> {
  const selection = {target, scalars, share, shares, supplies, where, holdout, sd, joins};
  const {columns, rows, missing, unmatched, knot, syntheticByTier, data} = await readObservations(path, selection);
  const inFile = (row: number) => rows[row - 1];
  try {
    const found = await fit(columns, {knot, syntheticByTier, ...options, target: nameOf(target), data});
    const {lowerIsBetter, level, seed} = found;
    return {
      fit: found,
      grid: mixesAlone(columns) ? grid(columns, {lowerIsBetter, level, seed}) : null,
      missing,
      unmatched
    };
  } catch (error) {
    throw located(error, path, inFile);
  }
}

/** Whether runs differ in their shares and in nothing else that was named. */
function mixesAlone({inputs, scalars = {}}: Observations): boolean {
  return Object.keys(inputs).length > 0 && Object.keys(scalars).length === 0;
}

/** An error about a row, by its row in the file: fits count the runs that they were given. */
function located(error: unknown, path: string, inFile: (row: number) => number): unknown {
  const found = /^row (\d+): (.*)$/s.exec((error as Error).message);
  if (found === null) return error;
  const message = `${path}: row ${inFile(Number(found[1]))}: ${found[2]}`;
  return error instanceof TypeError ? new TypeError(message, {cause: error}) : new RangeError(message, {cause: error});
}
