import * as Plot from "npm:@observablehq/plot";
import type {CoefficientProfile} from "../../lib/scaling/profileOf.js";
import {scalar} from "../format.js";

/**
 * The profile of a coefficient: how far, in standard errors, the best fit with it at each value lies from the best of
 * all. Where the line never reaches the dashed level, the runs do not say how far the coefficient goes.
 */
export function profileChart(
  {points, threshold}: CoefficientProfile,
  {width, name, best, log}: {width: number; name: string; best: number; log: boolean}
) {
  const rows = points.map(([value, root]) => ({value, root})).filter(({root}) => Number.isFinite(root));
  const most = Math.max(1.6 * threshold, ...rows.map(({root}) => Math.min(root, 2.2 * threshold)));
  return Plot.plot({
    width: Math.min(width, 640),
    height: 280,
    marginLeft: 46,
    marginRight: 16,
    marginTop: 20,
    marginBottom: 42,
    style: {fontSize: "12px"},
    x: {label: name, type: log ? "log" : "linear", ticks: width < 500 ? 4 : 6, tickFormat: scalar},
    y: {label: "standard errors from the best fit", labelAnchor: "top", domain: [0, most], ticks: 5, grid: true},
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.ruleY([threshold], {stroke: "currentColor", strokeDasharray: "4,3"}),
      Plot.ruleX([best], {stroke: "var(--s1)", strokeWidth: 2}),
      Plot.lineY(rows, {x: "value", y: "root", stroke: "var(--s0)", strokeWidth: 2, clip: true}),
      Plot.dot(rows, {x: "value", y: "root", r: 2.5, fill: "var(--s0)", clip: true})
    ]
  });
}
