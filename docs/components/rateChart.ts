import * as Plot from "npm:@observablehq/plot";
import {asPercent, decades} from "./exceedanceChart.js";

/** A small share with its exact interval. */
export interface Rate {
  readonly name: string;
  /** what the row belongs to: a panel */
  readonly panel?: string;
  readonly n: number;
  readonly of: number;
  readonly interval: readonly [number, number];
}

/**
 * Shares on a logarithmic axis as dots with their intervals, one row a name, a panel under another. Where nothing was
 * found there is no dot: a line runs from the edge to the interval's end.
 */
export function rateChart(data: readonly Rate[], {width, label}: {width: number; label: string}) {
  const rows = data.map((d) => ({...d, panel: d.panel ?? "", share: d.n / d.of}));
  const names = [...new Set(rows.map(({name}) => name))];
  const panels = [...new Set(rows.map(({panel}) => panel))];
  const titled = panels.some((panel) => panel !== "");
  const least = Math.min(...rows.map(({n, interval: [low, high]}) => (n === 0 ? high : Math.max(low, high / 1e3))));
  const edge = 10 ** Math.floor(Math.log10(Math.max(1e-9, least)) - 0.1);
  const longest = Math.max(...names.map((name) => name.length));
  return Plot.plot({
    width,
    height: panels.length * (names.length * 22 + (titled ? 30 : 4)) + 50,
    marginLeft: Math.min(width * 0.4, 14 + longest * 7),
    marginRight: 92,
    marginTop: titled ? 24 : 6,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {
      type: "log",
      domain: [edge, 1],
      label,
      labelOffset: 40,
      grid: true,
      ticks: decades(edge).filter((_, i, all) => width >= 500 || i % Math.ceil(all.length / 3) === 0),
      tickFormat: asPercent
    },
    y: {domain: names, label: null, tickSize: 0},
    fy: {domain: panels, axis: null, padding: titled ? 0.18 : 0},
    marks: [
      titled
        ? Plot.text(panels, {
            fy: (d: string) => d,
            text: (d: string) => d,
            frameAnchor: "top-left",
            dy: -16,
            fontWeight: 600
          })
        : null,
      Plot.ruleY(rows, {
        y: "name",
        fy: "panel",
        x1: (d: Rate) => Math.max(edge, d.interval[0]),
        x2: (d: Rate) => d.interval[1],
        stroke: "var(--mark)",
        strokeWidth: 2,
        strokeOpacity: (d: Rate) => (d.n === 0 ? 0.45 : 1)
      } as Plot.RuleYOptions),
      Plot.tickX(
        rows.filter(({n}) => n === 0),
        {x: (d: Rate) => d.interval[1], y: "name", fy: "panel", stroke: "var(--mark)", strokeOpacity: 0.6, inset: 6}
      ),
      Plot.dot(
        rows.filter(({n}) => n > 0),
        {x: "share", y: "name", fy: "panel", fill: "var(--mark)", r: 4, tip: true, channels: {n: "n", of: "of"}}
      ),
      Plot.text(rows, {
        y: "name",
        fy: "panel",
        text: ({n, of}: Rate) =>
          n === 0 ? `none of ${of.toLocaleString("en")}` : `${n.toLocaleString("en")} of ${of.toLocaleString("en")}`,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
        fontSize: 11
      })
    ]
  });
}
