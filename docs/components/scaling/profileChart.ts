import * as Plot from "npm:@observablehq/plot";
import {scalar} from "../format.js";

/** A value of a coefficient, and how much worse the best fit with it is. */
export interface ProfileRow {
  readonly value: number;
  /** of the objective, against its least; ∞ where no fit was found */
  readonly rise: number;
}

/**
 * The profile of a coefficient: how much the objective rises as it is held at each value and the others are fitted anew.
 * Flat along the floor means that the runs do not say.
 */
export function profileChart(
  rows: readonly ProfileRow[],
  {
    width,
    name,
    best,
    threshold,
    log
  }: {width: number; name: string; best: number; threshold: number | null; log: boolean}
) {
  const most = threshold === null ? Math.max(...rows.map(({rise}) => rise)) : 4 * threshold;
  const seen = rows.filter(({rise}) => Number.isFinite(rise));
  return Plot.plot({
    width: Math.min(width, 640),
    height: 280,
    marginLeft: 60,
    marginRight: 16,
    marginTop: 20,
    marginBottom: 42,
    style: {fontSize: "12px"},
    x: {label: name, type: log ? "log" : "linear", ticks: 6, ...(log ? {tickFormat: scalar} : {})},
    y: {
      label: "rise of the objective",
      labelAnchor: "top",
      domain: [0, most || 1],
      ticks: 5,
      grid: true,
      tickFormat: scalar
    },
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.ruleX([best], {stroke: "var(--s1)", strokeWidth: 2}),
      ...(threshold === null ? [] : [Plot.ruleY([threshold], {stroke: "currentColor", strokeDasharray: "4,3"})]),
      Plot.lineY(seen, {x: "value", y: "rise", stroke: "var(--s0)", strokeWidth: 2, clip: true}),
      Plot.dot(
        seen.filter(({rise}) => rise <= most),
        {x: "value", y: "rise", r: 2.5, fill: "var(--s0)"}
      )
    ]
  });
}
