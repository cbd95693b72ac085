import * as Plot from "npm:@observablehq/plot";
import {panelNames} from "./panels.js";

/** A judge's rate with its interval. */
export interface JudgeRate {
  /** what the rate is of: a panel */
  readonly panel: string;
  readonly name: string;
  /** where it comes from: a gold set, or an estimate without one */
  readonly series: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** drawn hollow: estimated, not measured */
  readonly estimated: boolean;
}

/** Rates from 0 to 1 as dots with intervals, a judge under another, a row a source; what is estimated is hollow. */
export function judgeRateChart(
  data: readonly JudgeRate[],
  {width, color}: {width: number; color: {domain: string[]; range: string[]}}
) {
  const names = [...new Set(data.map(({name}) => name))];
  const panels = [...new Set(data.map(({panel}) => panel))];
  const longest = Math.max(...names.map((name) => name.length));
  const key = (name: string, series: string) => JSON.stringify([name, series]);
  // A judge's name stands at its first row, and an empty row parts it from the next.
  const labels = new Map<string, string>();
  for (const name of names) {
    const own = color.domain.filter((series) => data.some((d) => d.name === name && d.series === series));
    for (const [i, series] of own.entries()) labels.set(key(name, series), i === 0 ? name : "");
    labels.set(key(name, ""), "");
  }
  const rows = [...labels.keys()].slice(0, -1);
  const placed = data.map((d) => ({...d, row: key(d.name, d.series), low: d.interval?.[0], high: d.interval?.[1]}));
  const facet = {y: "row", fy: "panel"};
  // Told to be scaled: a set that is called "gold" would else be drawn in that colour.
  const series = {value: "series", scale: "color"} as const;
  return Plot.plot({
    width,
    height: panels.length * (rows.length * 15 + 44) + 44,
    marginLeft: Math.min(width * 0.4, 14 + longest * 7),
    marginRight: 24,
    marginTop: 26,
    marginBottom: 40,
    style: {fontSize: "12px"},
    x: {domain: [0, 1], label: null, grid: true, tickFormat: "%", ticks: width < 500 ? 4 : 10},
    y: {type: "point", domain: rows, label: null, tickSize: 0, padding: 0.8, tickFormat: (d: string) => labels.get(d)},
    fy: {domain: panels, axis: null, padding: 0.16},
    color,
    marks: [
      panelNames(panels),
      Plot.ruleY(
        placed.filter(({interval}) => interval !== null),
        {...facet, x1: "low", x2: "high", stroke: series, strokeWidth: 2}
      ),
      Plot.dot(
        placed.filter(({estimated}) => !estimated),
        {...facet, x: "value", fill: series, r: 4, tip: {format: {y: false, fy: false}}, channels: {judge: "name"}}
      ),
      Plot.dot(
        placed.filter(({estimated}) => estimated),
        {
          ...{...facet, x: "value", stroke: series, fill: "var(--theme-background)", r: 4, symbol: "diamond"},
          ...{strokeWidth: 2, tip: {format: {y: false, fy: false}}, channels: {judge: "name"}}
        }
      )
    ]
  });
}
