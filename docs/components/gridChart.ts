import * as Plot from "npm:@observablehq/plot";
import type {Arm} from "../lib/run/curves.js";
import {seriesScale} from "./colors.js";
import {signed} from "./format.js";

/**
 * Each measured share against the best measured one, seed by seed: the mean of the paired differences with its 95 %
 * interval. An interval that holds zero does not tell the two apart.
 */
export function gridChart(
  arms: readonly Arm[],
  {
    width,
    names,
    series = (arm: Arm) => arm.arm,
    panel = (arm: Arm) => arm.arm
  }: {
    width: number;
    names: readonly string[];
    /** what an arm's panel is called */
    panel?: (arm: Arm) => string;
    series?: (arm: Arm) => string;
  }
) {
  const data = arms.flatMap((arm) =>
    (arm.grid?.points ?? []).map(({x, difference}) => ({
      name: series(arm),
      arm: panel(arm),
      x: x[0],
      value: difference?.mean ?? 0,
      low: difference?.interval[0] ?? 0,
      high: difference?.interval[1] ?? 0,
      best: difference === null
    }))
  );
  const panels = arms.map(panel);
  return Plot.plot({
    width,
    height: panels.length * 110 + 56,
    marginLeft: 56,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 40,
    style: {fontSize: "12px"},
    x: {
      label: "synthetic share",
      tickFormat: (x: number) => `${Math.round(100 * x)} %`,
      ticks: width < 500 ? 4 : 8,
      inset: 9
    },
    y: {label: null, grid: true, ticks: 4, inset: 6},
    fy: {label: null, domain: panels, axis: null},
    color: seriesScale(names),
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.text(panels, {
        fy: (d: string) => d,
        text: (d: string) => d,
        frameAnchor: "top",
        dy: 8,
        fontWeight: 600
      }),
      Plot.ruleY([0], {stroke: "currentColor", strokeDasharray: "3,3"}),
      Plot.ruleX(data, {fy: "arm", x: "x", y1: "low", y2: "high", stroke: "name", strokeWidth: 2}),
      Plot.dot(data, {
        fy: "arm",
        x: "x",
        y: "value",
        fill: "name",
        r: 4,
        tip: {format: {fill: false, fy: true, y: signed}}
      }),
      Plot.dot(
        data.filter((d) => d.best),
        {fy: "arm", x: "x", y: "value", stroke: "name", r: 7, strokeWidth: 2}
      )
    ]
  });
}
