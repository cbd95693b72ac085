import * as Plot from "npm:@observablehq/plot";
import type {Arm} from "../lib/run/curves.js";
import {seriesScale} from "./colors.js";
import {measure} from "./format.js";

export interface ArmOptions {
  width: number;
  /** name of the axis */
  x: string;
  /** arms in the order of their colours, as `series` names them */
  names: readonly string[];
  /** what an arm's line is called */
  series?: (arm: Arm) => string;
  /** splits arms into panels, in order; none by default */
  panels?: {names: readonly string[]; of: (arm: Arm) => string};
  percent?: boolean;
}

interface Row {
  x: number;
  value: number;
  low: number;
  high: number;
  name: string;
  panel: string;
}

/**
 * Arms of an experiment: a dot a run, a line through the means or along the fitted law, the 95 % band, a ring at the
 * best measured place, and along the foot the stretch that the fit does not tell apart from its best.
 */
export function armChart(arms: readonly Arm[], options: ArmOptions) {
  const {width, names, panels, percent = false, series = (arm: Arm) => arm.arm} = options;
  const stacked = width < 640;
  const of = (arm: Arm) => ({name: series(arm), panel: panels?.of(arm) ?? ""});
  const dots = arms.flatMap((arm) =>
    arm.points.flatMap(({x, values}) => values.map(({value, seed}) => ({...of(arm), x, value, seed})))
  );
  const lines = arms.flatMap((arm): Row[] =>
    arm.curve === null
      ? arm.points.map(({x, mean, interval}) => ({
          ...of(arm),
          x,
          value: mean,
          low: interval?.[0] ?? mean,
          high: interval?.[1] ?? mean
        }))
      : arm.curve.band.map(({x, value, lo, hi}) => ({...of(arm), x, value, low: lo, high: hi}))
  );
  const best = arms.flatMap(({grid, ...arm}) =>
    grid === null ? [] : [{...of({grid, ...arm}), x: grid.best.x[0], value: grid.best.mean}]
  );
  const flat = arms.flatMap((arm) =>
    arm.curve === null ? [] : [{...of(arm), x1: arm.curve.plateau[0], x2: arm.curve.plateau[1]}]
  );
  const facet = panels === undefined ? {} : stacked ? {fy: "panel"} : {fx: "panel"};
  const values = [...dots.map(({value}) => value), ...lines.flatMap(({low, high}) => [low, high])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const foot = low - (high - low) * 0.06;
  const step = (high - low) * 0.035;
  const many = panels?.names.length ?? 1;
  return Plot.plot({
    width,
    height: stacked ? 60 + 210 * many : 360,
    marginLeft: 52,
    marginRight: 16,
    marginTop: 12,
    marginBottom: 40,
    style: {fontSize: "12px"},
    ...(panels === undefined ? {} : {[stacked ? "fy" : "fx"]: {label: null, axis: null, domain: panels.names}}),
    x: {
      label: options.x,
      ...(percent ? {tickFormat: (x: number) => `${Math.round(100 * x)} %`} : {}),
      ticks: width / many < 300 || stacked ? 4 : 6
    },
    y: {
      label: null,
      grid: true,
      ticks: 6,
      // Room for the bars at the foot, and for a panel's name at the head.
      domain: [
        flat.length > 0 ? foot - step * names.length : foot,
        high + (panels === undefined ? 0.02 : 0.12) * (high - low)
      ]
    },
    color: seriesScale(names),
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.text(panels?.names ?? [], {
        ...(panels === undefined ? {} : {[stacked ? "fy" : "fx"]: (d: string) => d}),
        text: (d: string) => d,
        frameAnchor: "top-right",
        dx: -8,
        dy: 8,
        fontWeight: 600
      }),
      Plot.areaY(lines, {...facet, x: "x", y1: "low", y2: "high", fill: "name", fillOpacity: 0.18}),
      Plot.lineY(lines, {...facet, x: "x", y: "value", stroke: "name", strokeWidth: 2}),
      Plot.dot(dots, {
        ...facet,
        x: "x",
        y: "value",
        fill: "name",
        r: 2.2,
        fillOpacity: 0.75,
        channels: {seed: "seed"},
        tip: {format: {fill: true, y: measure}}
      }),
      Plot.ruleY(flat, {
        ...facet,
        x1: "x1",
        x2: "x2",
        y: (d: {name: string}) => foot - step * names.indexOf(d.name),
        stroke: "name",
        strokeWidth: 5,
        strokeLinecap: "round"
      }),
      Plot.dot(best, {...facet, x: "x", y: "value", stroke: "name", r: 7, strokeWidth: 2})
    ]
  });
}
