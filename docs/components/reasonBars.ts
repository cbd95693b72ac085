import * as Plot from "npm:@observablehq/plot";
import {brief} from "./format.js";

/** Rejects of one reason. */
export interface Reason {
  reason: string;
  rows: number;
}

/** Bars of rejects by reason, the most frequent first. */
export function reasonBars(data: readonly Reason[], {width}: {width: number}) {
  const longest = Math.max(0, ...data.map(({reason}) => reason.length));
  return Plot.plot({
    width,
    height: data.length * 24 + 56,
    marginLeft: Math.min(width * 0.5, 14 + longest * 7),
    marginRight: 48,
    marginTop: 4,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {labelOffset: 40, label: "rejected samples", tickFormat: "s", grid: true, ticks: width < 500 ? 4 : 7},
    y: {label: null, tickSize: 0},
    marks: [
      Plot.barX(data, {x: "rows", y: "reason", fill: "var(--refused)", inset: 2, sort: {y: "-x"}, tip: true}),
      Plot.text(data, {x: "rows", y: "reason", text: (d: Reason) => brief(d.rows), textAnchor: "start", dx: 5}),
      Plot.ruleX([0])
    ]
  });
}
