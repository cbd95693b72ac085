import {fit, type FitOptions} from "../scaling/fit.js";
import {grid, type Grid} from "../scaling/grid.js";
import type {Observations} from "../scaling/observations.js";
import {createPrediction} from "../scaling/prediction.js";
import type {Fit} from "../schema/fit.js";
import type {Unmatched} from "./joinRuns.js";
import {readObservations} from "./observations.js";
import type {RunsRead} from "./observationsOf.js";
import {overLoss, rowsOf} from "./overLoss.js";
import {createScalingPool} from "./scalingPool.js";
import {nameOf, type RunsSelection} from "./selection.js";

/** A fit of a runs table, with the measured mixes beside it. */
export interface RunsFit {
  readonly fit: Fit;
  /** the best of the mixes that were run, with paired differences: to be shown beside the fit; null where runs
   * differ in more, or are too many */
  readonly grid: Grid | null;
  /** held-out runs, and how many of them lie outside the range of the runs that were fitted */
  readonly heldOut: {readonly runs: number; readonly extrapolated: number};
  /** runs without a value for the target, left out */
  readonly missing: number;
  /** what the joins left out */
  readonly unmatched: readonly Unmatched[];
}

/** More runs than this are no list of mixes to choose from. */
const mostShown = 20_000;

/**
 * Fits a runs table (CSV, TSV, Parquet or JSONL): what `ballast fit` does, for the demo and the loaders as well. Long
 * fits are spread over worker threads, which changes nothing in the result.
 *
 * @param path of the table
 * @param options which columns, see RunsSelection, and how, see FitOptions
 * @throws as readObservations and fit do, rows counted in the file
 */
export async function fitRuns(
  path: string,
  options: RunsSelection & Omit<FitOptions, "data" | "target">
): Promise<RunsFit> {
  if (options.run !== undefined) return fitTable(path, options);
  const pool = createScalingPool();
  try {
    return await fitTable(path, {...options, run: pool.run});
  } finally {
    await pool.close();
  }
}

async function fitTable(
  path: string,
  {
    target,
    scalars,
    share,
    shares,
    supplies,
    via,
    where,
    holdout,
    sd,
    group,
    joins,
    ...options
  }: RunsSelection & Omit<FitOptions, "data" | "target">
): Promise<RunsFit> {
  const selection = {target, scalars, share, shares, supplies, where, holdout, sd, group, joins};
  const fitted = ({columns, rows, knot, syntheticByTier, data}: RunsRead, more: FitOptions) =>
    fit(columns, {knot, syntheticByTier, data, ...more}).catch((error: unknown) => {
      throw located(error, path, (row) => rows[row - 1]);
    });
  const named = {...options, target: nameOf(target)};
  let read = await readObservations(path, selection);
  let first: Fit | null = null;
  if (via !== undefined) {
    const losses = await readObservations(path, {...selection, sd: undefined, target: via});
    first = await fitted(losses, {...options, target: nameOf(via), law: "auto", lowerIsBetter: true});
    read = {...read, columns: overLoss(first, read.columns)};
  }
  const found = {...(await fitted(read, named)), first};
  const {columns, missing, unmatched} = read;
  const {lowerIsBetter, level, seed} = found;
  return {
    fit: found,
    grid:
      mixesAlone(columns) && columns.target.length <= mostShown ? grid(columns, {lowerIsBetter, level, seed}) : null,
    heldOut: outside(found, columns),
    missing,
    unmatched
  };
}

function outside(fit: Fit, columns: Observations): RunsFit["heldOut"] {
  if (columns.holdout === undefined) return {runs: 0, extrapolated: 0};
  const {extrapolated} = createPrediction(fit);
  const out = rowsOf(fit, columns).filter((_, i) => columns.holdout![i]);
  return {runs: out.length, extrapolated: out.filter(extrapolated).length};
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
