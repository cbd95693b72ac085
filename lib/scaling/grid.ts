import {mean, sampleStandardDeviation} from "simple-statistics";
import {quantile} from "../stats/quantile.js";
import {studentTQuantile} from "../stats/studentT.js";
import {createRandom} from "../text/random.js";
import {mixesOf, replicateSd, type Mix} from "./mixes.js";
import {observe, type Observations} from "./observations.js";

/** A mix that was run, against the best of those that were. */
interface GridPoint {
  /** in the order of the inputs */
  readonly x: readonly number[];
  readonly mean: number;
  readonly runs: number;
  /** its target minus the best mix's, seed by seed, in the target's unit; null for fewer than 2 common seeds */
  readonly difference: {readonly mean: number; readonly interval: [number, number]; readonly pairs: number} | null;
  /** share of noise draws in which it is the best; null where the noise is not known, or the mixes are thousands */
  readonly probability: number | null;
}

/** Mixes that noise is drawn for. */
const most = 5000;

/** The measured mixes themselves, no law between. */
export interface Grid {
  readonly best: GridPoint;
  readonly points: readonly GridPoint[];
  /** noise of one run: given, or between replicates */
  readonly sd: number | null;
}

/**
 * The best mix of those that were run, with paired differences: to be shown beside any fit, which may be confidently
 * wrong about where its optimum lies.
 *
 * @param options.sd noise of one run in the target's unit, where it is known from elsewhere
 * @param options.draws of normal noise, for each mix's probability of being the best
 */
export function grid(
  columns: Observations,
  {lowerIsBetter = true, level = 0.95, draws = 2000, seed = 1, sd}: GridOptions = {}
): Grid {
  const mixes = mixesOf(observe(columns).filter((run) => !run.holdout));
  if (mixes.length === 0) throw new RangeError("expected at least one run, got none");
  const sign = lowerIsBetter ? 1 : -1;
  const top = mixes.reduce((best, mix) => (sign * mix.mean < sign * best.mean ? mix : best));
  const noise = sd ?? replicateSd(mixes).sd;
  const wins = noise === null || mixes.length > most ? null : bestUnderNoise(mixes, {noise, sign, draws, seed});
  const points = mixes.map((mix, i): GridPoint => {
    const difference = mix === top ? null : paired(mix, top, level);
    return {x: mix.x, mean: mix.mean, runs: mix.runs.length, difference, probability: wins === null ? null : wins[i]};
  });
  return {best: points[mixes.indexOf(top)], points, sd: noise};
}

interface GridOptions {
  lowerIsBetter?: boolean;
  level?: number;
  draws?: number;
  seed?: number;
  sd?: number;
}

function paired(mix: Mix, top: Mix, level: number): GridPoint["difference"] {
  const other = new Map(top.runs.map((run) => [run.seed, run.y]));
  const gaps = mix.runs.flatMap((run) =>
    run.seed !== "" && other.has(run.seed) ? [run.y - other.get(run.seed)!] : []
  );
  if (gaps.length < 2) return null;
  const centre = mean(gaps);
  const half =
    (studentTQuantile((1 + level) / 2, gaps.length - 1) * sampleStandardDeviation(gaps)) / Math.sqrt(gaps.length);
  return {mean: centre, interval: [centre - half, centre + half], pairs: gaps.length};
}

function bestUnderNoise(
  mixes: readonly Mix[],
  {noise, sign, draws, seed}: {noise: number; sign: number; draws: number; seed: number}
): number[] {
  const random = createRandom("grid", seed);
  const wins = mixes.map(() => 0);
  for (let b = 0; b < draws; b++) {
    let best = 0;
    let least = Infinity;
    for (const [i, mix] of mixes.entries()) {
      const value = sign * (mix.mean + (noise * random.normal()) / Math.sqrt(mix.runs.length));
      if (value < least) [best, least] = [i, value];
    }
    wins[best]++;
  }
  return wins.map((count) => count / draws);
}

/** The share below which the best mix lies with probability p, from a grid over one share whose noise is known. */
export function bestShareQuantile({points}: Grid, p: number): number {
  const xs = points.flatMap(({x, probability}) =>
    new Array<number>(Math.round((probability ?? 0) * 10_000)).fill(x[0])
  );
  return quantile(
    xs.sort((a, b) => a - b),
    p
  );
}
