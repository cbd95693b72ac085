import type {Law} from "./law.js";
import type {Mix} from "./mixes.js";
import {averages, rowsFor, type Setting} from "./setting.js";

/** Runs as a law and an objective see them: points with a value and a weight. */
export interface Sample {
  readonly rows: readonly Float64Array[];
  readonly y: Float64Array;
  readonly weight: Float64Array;
  /** runs at each point */
  readonly count: Int32Array;
  /** number of the mix that each point is of */
  readonly mix: Int32Array;
  /** number of the first run of each point, in the order of the mixes' runs */
  readonly run: Int32Array;
  /** weighted sum of squares that taking means left out */
  readonly within: number;
}

/**
 * The runs of mixes as points: one a mix where means say all, else one for each distinct value measured there.
 *
 * @param options.single one point for every distinct value, whatever the objective
 */
export function sampleOf(law: Law, setting: Setting, mixes: readonly Mix[], {single = false} = {}): Sample {
  const rows = rowsFor(law, setting, mixes);
  const points: {g: number; y: number; weight: number; count: number; run: number}[] = [];
  let within = 0;
  let first = 0;
  const means = averages(setting.objective) && !single;
  for (const [g, mix] of mixes.entries()) {
    if (means) {
      points.push({g, y: mix.mean, weight: mix.weight, count: mix.runs.length, run: first});
      within += mix.within;
    } else
      for (const [i, run] of mix.runs.entries()) {
        const last = points.at(-1);
        // Runs are sorted, so that those alike are neighbours; a million of them are as many points as differ.
        const before = mix.runs[i - 1];
        if (
          i > 0 &&
          before.y === run.y &&
          before.weight === run.weight &&
          before.seed === run.seed &&
          before.group === run.group
        ) {
          last!.weight += run.weight;
          last!.count++;
        } else points.push({g, y: run.y, weight: run.weight, count: 1, run: first + i});
      }
    first += mix.runs.length;
  }
  return {
    rows: points.map(({g}) => rows[g]),
    y: Float64Array.from(points, (p) => p.y),
    weight: Float64Array.from(points, (p) => p.weight),
    count: Int32Array.from(points, (p) => p.count),
    mix: Int32Array.from(points, (p) => p.g),
    run: Int32Array.from(points, (p) => p.run),
    within
  };
}
