import {band, type BandPoint} from "../scaling/band.js";
import {benchmarkOf} from "../scaling/benchmark.js";
import {fit} from "../scaling/fit.js";
import {grid, type Grid} from "../scaling/grid.js";
import type {Observations} from "../scaling/observations.js";
import {plateau} from "../scaling/plateau.js";
import {createPrediction} from "../scaling/prediction.js";
import type {Fit} from "../schema/fit.js";
import {groupBy} from "../stats/groupBy.js";
import {quantileInterval} from "../stats/quantile.js";
import {meanInterval} from "../stats/meanInterval.js";
import type {TableRun} from "./runsTable.js";

/** The runs of one arm at one place of the axis. */
export interface CurvePoint {
  x: number;
  mean: number;
  /** 95 % interval of the mean over seeds; null for fewer than two */
  interval: [number, number] | null;
  values: {seed: string; value: number}[];
}

/** A fitted curve over the synthetic share. */
export interface Curve {
  law: string;
  band: BandPoint[];
  /** where the curve is best, and the shares that the draws do not tell apart from it */
  best: number;
  plateau: [number, number];
  /** relative change of the benchmark against a share of 20 %, where the runs reach that far; positive is better */
  relative: {x: number; change: number; interval: [number, number]}[];
}

/** The shares that are often quoted, against the first of them. */
export const quoted = [0.2, 0.5, 0.7, 0.9] as const;

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

/** Every experiment of a runs table, benchmark by benchmark and arm by arm, as pages draw it. */
export async function curves(runs: readonly TableRun[]): Promise<Experiment[]> {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.benchmarks)))].sort();
  const found: Experiment[] = [];
  for (const [experiment, group] of [...groupBy(runs, (run) => run.experiment)].sort(byKey)) {
    for (const benchmark of names) {
      const measured = group.filter((run) => benchmark in run.benchmarks);
      if (measured.length === 0) continue;
      const axis = measured.some((run) => run.generation !== null) ? "generation" : "share";
      const arms = await Promise.all(
        [...groupBy(measured, (run) => run.arm)]
          .sort(byKey)
          .map(([arm, members]) => armOf(arm, members, benchmark, axis))
      );
      // Arms of one place each, as mixes of tiers are, make no curve.
      if (arms.some(({points}) => points.length > 1)) found.push({experiment, benchmark, axis, arms});
    }
  }
  return found;
}

async function armOf(
  arm: string,
  runs: readonly TableRun[],
  benchmark: string,
  axis: Experiment["axis"]
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
  return {...found, grid: grid(columns, {lowerIsBetter}), ...(await curveOf(columns, benchmark, runs[0]))};
}

async function curveOf(
  columns: Observations,
  benchmark: string,
  {tokens, supply}: TableRun
): Promise<{curve: Curve | null; note: string}> {
  const {lowerIsBetter} = benchmarkOf(benchmark);
  // Synthetic text competes with repeating the human supply from this share on down.
  const knot = tokens !== null && supply !== null && supply < tokens ? 1 - supply / tokens : undefined;
  try {
    const fitted = await fit(columns, {target: benchmark, lowerIsBetter, knot, bootstrap: draws, cluster: "mix"});
    const [low, high] = fitted.domain.synthetic_share;
    const xs = Array.from({length: 81}, (_, i) => low + ((high - low) * i) / 80);
    const line = band(fitted, xs);
    const best = line.reduce((a, b) => ((lowerIsBetter ? b.value < a.value : b.value > a.value) ? b : a));
    const flat = plateau(
      fitted,
      xs.map((x) => [x])
    ).map(({x}) => x[0]);
    return {
      curve: {
        law: fitted.law,
        band: line,
        best: best.x,
        plateau: [Math.min(...flat), Math.max(...flat)],
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
