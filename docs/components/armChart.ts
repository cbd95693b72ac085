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
 * best measured place, and along the foot the shares that the fit does not tell apart from its best, darker where more
 * draws have their best there. Where no run reaches, the law is dotted and has no band.
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
      : arm.curve.band
          .filter(({extrapolated}) => !extrapolated)
          .map(({x, value, lo, hi}) => ({...of(arm), x, value, low: lo, high: hi}))
  );
  const best = arms.flatMap(({grid, ...arm}) =>
    grid === null ? [] : [{...of({grid, ...arm}), x: grid.best.x[0], value: grid.best.mean}]
  );
  const flat = arms.flatMap((arm) => plateauOf(arm).map((cell) => ({...of(arm), ...cell})));
  const facet = panels === undefined ? {} : stacked ? {fy: "panel"} : {fx: "panel"};
  const values = [...dots.map(({value}) => value), ...lines.flatMap(({low, high}) => [low, high])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const foot = low - (high - low) * 0.06;
  const step = (high - low) * 0.04;
  const beyond = arms.flatMap((arm) => beyondOf(arm, [foot, high]).map((row) => ({...of(arm), ...row})));
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
      // Side by side, no tick at an end, where it would run into the neighbour's.
      ticks: percent && many > 1 && !stacked ? [0.2, 0.5, 0.8] : width / many < 300 || stacked ? 4 : 6
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
      Plot.line(beyond, {...facet, x: "x", y: "value", z: "part", stroke: "name", strokeDasharray: "2,4"}),
      Plot.rect(flat, {
        ...facet,
        x1: "x1",
        x2: "x2",
        y1: (d: {name: string}) => foot - step * (names.indexOf(d.name) - 0.35),
        y2: (d: {name: string}) => foot - step * (names.indexOf(d.name) + 0.35),
        fill: "name",
        fillOpacity: (d: {opacity: number}) => d.opacity
      }),
      Plot.dot(best, {...facet, x: "x", y: "value", stroke: "name", r: 7, strokeWidth: 2})
    ]
  });
}

/** The cells of a plateau: as wide as the shares compared lie apart, as dark as they are likely to be the best. */
function plateauOf({curve}: Arm): {x1: number; x2: number; opacity: number}[] {
  if (curve === null || curve.plateau.length === 0) return [];
  const half = (curve.band[1].x - curve.band[0].x) / 2;
  const most = Math.max(...curve.plateau.map(({probability}) => probability)) || 1;
  return curve.plateau.map(({x, probability}) => ({
    x1: Math.max(0, x - half),
    x2: Math.min(1, x + half),
    opacity: 0.25 + 0.75 * (probability / most)
  }));
}

/** The law where no run reaches, on either side, as far as the picture goes. */
function beyondOf(
  {arm, curve}: Arm,
  [low, high]: readonly [number, number]
): {x: number; value: number; part: string}[] {
  if (curve === null) return [];
  const first = curve.band.findIndex(({extrapolated}) => !extrapolated);
  const last = curve.band.findLastIndex(({extrapolated}) => !extrapolated);
  return curve.band.flatMap(({x, value}, i) => {
    if ((i > first && i < last) || value < low || value > high) return [];
    return [{x, value, part: `${arm} ${i <= first ? "below" : "above"}`}];
  });
}
