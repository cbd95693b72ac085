import {band, type BandPoint} from "../scaling/band.js";
import {benchmarkOf} from "../scaling/benchmark.js";
import {fit} from "../scaling/fit.js";
import {grid, type Grid} from "../scaling/grid.js";
import type {Observations} from "../scaling/observations.js";
import {plateau} from "../scaling/plateau.js";
import {createPrediction} from "../scaling/prediction.js";
import type {RunTasks} from "../scaling/task.js";
import type {Fit} from "../schema/fit.js";
import {groupBy} from "../stats/groupBy.js";
import {quantileInterval} from "../stats/quantile.js";
import {meanInterval} from "../stats/meanInterval.js";
import type {TableRun} from "./runsTable.js";
import {createScalingPool} from "./scalingPool.js";

/** The runs of one arm at one place of the axis. */
interface CurvePoint {
  x: number;
  mean: number;
  /** 95 % interval of the mean over seeds; null for fewer than two */
  interval: [number, number] | null;
  values: {seed: string; value: number}[];
}

/** A fitted curve over the synthetic share. */
interface Curve {
  law: string;
  /** every law that competed, and what decided */
  candidates: Fit["candidates"];
  chosenBy: string;
  /** mean relative error on runs that the law had not seen */
  leftOut: number | null;
  /** coefficients that the runs do not determine */
  vague: string[];
  /** from 0 to 1; beyond the runs it is marked as extrapolated */
  band: BandPoint[];
  /** where the curve is best among the shares that the runs cover */
  best: number;
  /** the shares that the draws do not tell apart from the best, with the share of draws in which each is the best */
  plateau: {x: number; probability: number}[];
  /** relative change of the benchmark against a share of 20 %, where the runs reach that far; positive is better */
  relative: {x: number; change: number; interval: [number, number]}[];
}

/** The shares that are often quoted, against the first of them. */
const quoted = [0.2, 0.5, 0.7, 0.9] as const;

/** One condition of an experiment on one benchmark. */
export interface Arm {
  arm: string;
  tokens: number | null;
  supply: number | null;
  points: CurvePoint[];
  /** measured shares against the best of them, seed by seed; for shares only */
  grid: Grid | null;
  /** null where the runs carry no fit, with the reason in `note` */
  curve: Curve | null;
  note: string;
}

/** What one experiment says of one benchmark. */
export interface Experiment {
  experiment: string;
  benchmark: string;
  axis: "share" | "generation";
  arms: Arm[];
}

const draws = 400;

/** Steps of a curve from 0 to 1. */
const steps = 100;

/**
 * Every experiment of a runs table, benchmark by benchmark and arm by arm, as pages draw it. The arms are fitted side by
 * side on worker threads.
 */
export async function curves(runs: readonly TableRun[]): Promise<Experiment[]> {
  const pool = createScalingPool();
  try {
    return await experimentsOf(runs, pool.run);
  } finally {
    await pool.close();
  }
}

async function experimentsOf(runs: readonly TableRun[], run: RunTasks): Promise<Experiment[]> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.benchmarks)))].sort();
  const found = [...groupBy(runs, (run) => run.experiment)].sort(byKey).flatMap(([experiment, group]) =>
    names.map(async (benchmark): Promise<Experiment | null> => {
      const measured = group.filter((run) => benchmark in run.benchmarks);
      if (measured.length === 0) return null;
      const axis = measured.some((run) => run.generation !== null) ? "generation" : "share";
      const arms = await Promise.all(
        [...groupBy(measured, (run) => run.arm)]
          .sort(byKey)
          .map(([arm, members]) => armOf(arm, members, {benchmark, axis, run}))
      );
      // Arms of one place each, as mixes of tiers are, make no curve.
      return arms.some(({points}) => points.length > 1) ? {experiment, benchmark, axis, arms} : null;
    })
  );
  return (await Promise.all(found)).filter((experiment) => experiment !== null);
}

async function armOf(
  arm: string,
  runs: readonly TableRun[],
  {benchmark, axis, run}: {benchmark: string; axis: Experiment["axis"]; run: RunTasks}
): Promise<Arm> {
  const {lowerIsBetter} = benchmarkOf(benchmark);
  const x = (run: TableRun) => (axis === "share" ? run.share : (run.generation ?? 0));
  const points = [...groupBy(runs, x)]
    .sort(([a], [b]) => a - b)
    .map(([at, members]): CurvePoint => {
      const values = members.map((run) => ({seed: run.seed, value: run.benchmarks[benchmark]}));
      const numbers = values.map(({value}) => value);
      const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
      return {x: at, mean, interval: meanInterval(numbers)?.interval ?? null, values};
    });
  const found = {arm, tokens: runs[0].tokens, supply: runs[0].supply, points, grid: null, curve: null, note: ""};
  if (axis === "generation" || points.length < 2) return found;
  const columns: Observations = {
    inputs: {synthetic_share: runs.map((run) => run.share)},
    target: runs.map((run) => run.benchmarks[benchmark]),
    seed: runs.map((run) => run.seed)
  };
  return {
    ...found,
    grid: grid(columns, {lowerIsBetter}),
    ...(await curveOf(columns, benchmark, {first: runs[0], run}))
  };
}

async function curveOf(
  columns: Observations,
  benchmark: string,
  {first: {tokens, supply}, run}: {first: TableRun; run: RunTasks}
): Promise<{curve: Curve | null; note: string}> {
  const {lowerIsBetter} = benchmarkOf(benchmark);
  // Synthetic text competes with repeating the human supply from this share on down.
  const knot = tokens !== null && supply !== null && supply < tokens ? 1 - supply / tokens : undefined;
  try {
    const fitted = await fit(columns, {target: benchmark, lowerIsBetter, knot, bootstrap: draws, cluster: "mix", run});
    const line = band(
      fitted,
      Array.from({length: steps + 1}, (_, i) => i / steps)
    );
    const covered = line.filter(({extrapolated}) => !extrapolated);
    const best = covered.reduce((a, b) => ((lowerIsBetter ? b.value < a.value : b.value > a.value) ? b : a));
    return {
      curve: {
        law: fitted.law,
        candidates: fitted.candidates,
        chosenBy: fitted.chosenBy,
        leftOut: fitted.heldOut.meanRelativeError,
        vague: Object.entries(fitted.coefficients).flatMap(([name, {identified}]) => (identified ? [] : [name])),
        band: line,
        best: best.x,
        plateau: plateau(
          fitted,
          covered.map(({x}) => [x])
        ).map(({x, probability}) => ({x: x[0], probability})),
        relative: relativeTo(fitted)
      },
      note: ""
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {curve: null, note: error.message};
  }
}

/** Changes against the first of the quoted shares, draw by draw. */
function relativeTo(fitted: Fit): Curve["relative"] {
  const prediction = createPrediction(fitted);
  const [base, ...others] = quoted;
  if (prediction.extrapolated([base])) return [];
  const sign = fitted.lowerIsBetter ? -1 : 1;
  const from = prediction.draws([base]);
  const change = (value: number, start: number) => (sign * (value - start)) / Math.abs(start);
  return others
    .filter((x) => !prediction.extrapolated([x]))
    .map((x) => ({
      x,
      change: change(prediction.value([x]), prediction.value([base])),
      interval: quantileInterval(
        prediction.draws([x]).map((value, i) => change(value, from[i])),
        fitted.level
      )
    }));
}

const collator = new Intl.Collator("en", {numeric: true});

/** By name, numbers in it by their size. */
function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return collator.compare(a, b);
}
