import * as Plot from "npm:@observablehq/plot";
import {candidateProbability} from "../lib/dedup/bands.js";

/** How a search for near duplicates is set. */
export interface Banding {
  readonly name: string;
  readonly bands: number;
  readonly rows: number;
  /** exact Jaccard similarity that a candidate must reach */
  readonly threshold: number;
}

/** Pairs of known similarity, and how many of them became candidates. */
export interface MeasuredBin {
  readonly name: string;
  /** middle of the bin */
  readonly jaccard: number;
  readonly share: number;
  readonly interval: readonly [number, number];
  readonly pairs: number;
}

/** The chance that a pair becomes a candidate over its similarity, a curve a setting, with what was measured as dots. */
export function sCurveChart(
  settings: readonly Banding[],
  measured: readonly MeasuredBin[],
  {width, color}: {width: number; color: Plot.ScaleOptions}
) {
  const curve = settings.flatMap(({name, bands, rows}) =>
    Array.from({length: 101}, (_, i) => ({
      name,
      jaccard: 0.4 + 0.006 * i,
      chance: candidateProbability(0.4 + 0.006 * i, {bands, rows})
    }))
  );
  const thresholds = [...new Set(settings.map(({threshold}) => threshold))];
  return Plot.plot({
    width,
    height: 320,
    marginLeft: 48,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {domain: [0.4, 1], label: "exact Jaccard similarity of the pair", labelOffset: 40},
    y: {domain: [0, 1], label: "share that becomes a candidate", grid: true, tickFormat: "%"},
    color,
    marks: [
      Plot.ruleX(thresholds, {stroke: "currentColor", strokeDasharray: "2,3", strokeOpacity: 0.5}),
      Plot.line(curve, {x: "jaccard", y: "chance", stroke: "name", strokeWidth: 2}),
      Plot.ruleX(measured as MeasuredBin[], {
        x: "jaccard",
        y1: (d: MeasuredBin) => d.interval[0],
        y2: (d: MeasuredBin) => d.interval[1],
        stroke: "name",
        strokeOpacity: 0.6
      }),
      Plot.dot(measured as MeasuredBin[], {
        x: "jaccard",
        y: "share",
        fill: "name",
        r: 4,
        tip: true,
        channels: {pairs: "pairs"}
      })
    ]
  });
}
