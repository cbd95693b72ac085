import * as Plot from "npm:@observablehq/plot";
import {panelNames} from "./panels.js";

/** An area under a ROC curve with its interval. */
export interface Separated {
  readonly panel: string;
  readonly name: string;
  readonly auc: number;
  readonly interval: readonly [number, number];
  /** the interval is where chance alone would put the area, and not where the area lies */
  readonly chance?: boolean;
}

/** Areas under ROC curves as dots with intervals, a panel a model; what needs no model has its band of chance behind it. */
export function separationChart(data: readonly Separated[], {width}: {width: number}) {
  const names = [...new Set(data.map(({name}) => name))];
  const panels = [...new Set(data.map(({panel}) => panel))];
  const longest = Math.max(...names.map((name) => name.length));
  const low = Math.min(0.45, ...data.flatMap(({auc, interval}) => [auc, interval[0]]));
  return Plot.plot({
    width,
    height: panels.length * (names.length * 20 + 30) + 50,
    marginLeft: Math.min(width * 0.4, 14 + longest * 7),
    marginRight: 56,
    marginTop: 24,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {domain: [Math.floor(low * 20) / 20, 1], label: "area under the ROC curve", labelOffset: 40, grid: true},
    y: {domain: names, label: null, tickSize: 0},
    fy: {domain: panels, axis: null, padding: 0.16},
    marks: [
      panelNames(panels),
      Plot.ruleX([0.5], {stroke: "currentColor", strokeDasharray: "2,3"}),
      Plot.ruleY(
        data as Separated[],
        {
          y: "name",
          fy: "panel",
          x1: (d: Separated) => d.interval[0],
          x2: (d: Separated) => d.interval[1],
          stroke: (d: Separated) => (d.chance ? "var(--river)" : "var(--mark)"),
          strokeWidth: (d: Separated) => (d.chance ? 9 : 2)
        } as Plot.RuleYOptions
      ),
      Plot.dot(
        data as Separated[],
        {
          y: "name",
          fy: "panel",
          x: "auc",
          r: 4,
          fill: (d: Separated) => (d.chance ? "var(--t3)" : "var(--mark)"),
          symbol: (d: Separated) => (d.chance ? "diamond" : "circle")
        } as Plot.DotOptions
      ),
      Plot.text(data as Separated[], {
        y: "name",
        fy: "panel",
        text: (d: Separated) => area(d.auc),
        frameAnchor: "right",
        textAnchor: "start",
        dx: 6,
        fontSize: 11
      })
    ]
  });
}

/** An area with four digits, of which none is 1 that is not. */
export function area(auc: number): string {
  return auc < 1 && auc > 0.99995 ? "> 0.9999" : auc.toFixed(4);
}
