import * as Plot from "npm:@observablehq/plot";
import {panelGrid} from "./panels.js";

/** Votes of like confidence. */
export interface ReliabilityPoint {
  /** whose they are: a panel */
  readonly panel: string;
  readonly n: number;
  /** mean of what was stated, and share of votes that are right */
  readonly confidence: number;
  readonly right: number;
  readonly interval: readonly [number, number];
}

/**
 * The share of votes that are right over the confidence that the judge stated, a panel a judge. On the dashed line
 * confidence is what it says; below it the judge is too sure. Larger dots are more votes.
 */
export function reliabilityChart(points: readonly ReliabilityPoint[], {width}: {width: number}) {
  const {columns, rows, place, marks} = panelGrid(
    points.map(({panel}) => panel),
    {columns: width < 520 ? 1 : width < 800 ? 2 : 3, ends: [0, 1]}
  );
  const placed = points.map((d) => ({...d, ...place(d.panel), low: d.interval[0], high: d.interval[1]}));
  const facet = {fx: "fx", fy: "fy"};
  return Plot.plot({
    width: columns === 1 ? Math.min(width, 420) : width,
    height: rows * Math.min(260, width / columns) + 80,
    marginLeft: 50,
    marginBottom: 44,
    marginTop: 40,
    style: {fontSize: "12px"},
    x: {domain: [0, 1], label: "confidence that was stated", labelOffset: 38, tickFormat: "%", ticks: 4, grid: true},
    y: {domain: [0, 1], label: "votes that are right", tickFormat: "%", ticks: 4, grid: true},
    r: {range: [3, 7]},
    fx: {axis: null, padding: 0.16},
    fy: {axis: null, padding: 0.2},
    marks: [
      ...marks,
      Plot.ruleX(placed, {...facet, x: "confidence", y1: "low", y2: "high", stroke: "var(--mark)", strokeWidth: 2}),
      Plot.dot(placed, {
        ...facet,
        x: "confidence",
        y: "right",
        r: "n",
        fill: "var(--mark)",
        fillOpacity: 0.75,
        tip: true
      })
    ]
  });
}
