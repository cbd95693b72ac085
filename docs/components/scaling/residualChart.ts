import * as Plot from "npm:@observablehq/plot";
import {cloud} from "../cloud.js";
import {scalar} from "../format.js";
import type {Point} from "./points.js";

/** Residuals of all runs against the prediction or an input: a pattern is what the law misses. */
export function residualChart(
  points: readonly Point[],
  {width, x, label, log, unit}: {width: number; x: (point: Point) => number; label: string; log: boolean; unit: string}
) {
  const rows = points.map((point) => ({...point, at: x(point)})).filter(({at}) => !log || at > 0);
  const r = rows.length > 2000 ? 1.4 : 2.4;
  return Plot.plot({
    width,
    height: 260,
    marginLeft: 60,
    marginRight: 12,
    marginTop: 16,
    marginBottom: 42,
    style: {fontSize: "12px"},
    x: {
      label,
      type: log ? "log" : "linear",
      ticks: width < 500 ? 4 : 6,
      inset: 8,
      ...(log ? {tickFormat: scalar} : {})
    },
    y: {label: unit, labelAnchor: "top", grid: true, ticks: 5, inset: 4},
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.ruleY([0], {stroke: "currentColor", strokeDasharray: "3,3"}),
      ...[false, true].map((holdout) =>
        cloud(
          rows.filter((row) => row.holdout === holdout),
          {x: "at", y: "residual", r, color: holdout ? "var(--s1)" : "var(--s0)", opacity: 0.6}
        )
      ),
      Plot.tip(
        rows,
        Plot.pointer({
          x: "at",
          y: "residual",
          channels: {row: "row", measured: "measured", predicted: "predicted"}
        })
      )
    ]
  });
}
