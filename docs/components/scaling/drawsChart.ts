import * as Plot from "npm:@observablehq/plot";
import type {Fit} from "../../lib/schema/fit.js";
import {cloud} from "../cloud.js";
import {scalar} from "../format.js";

/** The bootstrap draws of two coefficients: a long, thin cloud is a pair that the runs do not tell apart. */
export function drawsChart(fit: Fit, {width, x, y}: {width: number; x: string; y: string}) {
  const names = Object.keys(fit.coefficients);
  const [a, b] = [names.indexOf(x), names.indexOf(y)];
  const rows = fit.draws.map((draw) => ({x: draw[a], y: draw[b]}));
  const axis = (name: string, values: readonly number[]) => {
    const log = values.every((v) => v > 0) && Math.max(...values) > 30 * Math.min(...values);
    return {
      label: name,
      type: log ? ("log" as const) : ("linear" as const),
      ticks: 5,
      tickFormat: scalar,
      grid: true,
      inset: 6
    };
  };
  const best = [{x: fit.coefficients[x].value, y: fit.coefficients[y].value}];
  return Plot.plot({
    width: Math.min(width, 560),
    height: Math.min(width, 420),
    marginLeft: 60,
    marginRight: 16,
    marginTop: 20,
    marginBottom: 42,
    style: {fontSize: "12px"},
    x: axis(
      x,
      rows.map((row) => row.x)
    ),
    y: {
      ...axis(
        y,
        rows.map((row) => row.y)
      ),
      labelAnchor: "top"
    },
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      cloud(rows, {x: "x", y: "y", r: 1.8, color: "var(--s0)", opacity: 0.35}),
      Plot.dot(best, {x: "x", y: "y", r: 5, stroke: "var(--s1)", strokeWidth: 2.5})
    ]
  });
}
