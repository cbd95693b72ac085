import * as Plot from "npm:@observablehq/plot";
import {asPercent, decades} from "./exceedanceChart.js";
import {panelGrid} from "./panels.js";

/** An attack's ROC curve, and its true positive rate at bounds on the false positive rate. */
export interface RocCurve {
  readonly panel: string;
  readonly attack: string;
  readonly nonMembers: number;
  readonly points: readonly (readonly [fpr: number, tpr: number])[];
  readonly tpr: readonly {fpr: number; interval: readonly [number, number] | null}[];
}

/**
 * ROC curves on logarithmic axes, a panel a model. The left edge stands for no false alarm at all; bars are the intervals
 * at false positive rates of 0.1 % and 1 %, side by side where they would hide each other.
 */
export function rocChart(curves: readonly RocCurve[], {width, color}: {width: number; color: Plot.ScaleOptions}) {
  const edge = 0.5 / Math.max(...curves.map(({nonMembers}) => nonMembers));
  const {columns, rows, place, marks} = panelGrid(
    curves.map(({panel}) => panel),
    {columns: width < 560 ? 1 : 2, ends: [edge, 1]}
  );
  const shown = (share: number) => Math.max(edge, share);
  const points = curves.flatMap(({panel, attack, points}) =>
    points.map(([fpr, tpr]) => ({...place(panel), attack, fpr: shown(fpr), tpr: shown(tpr)}))
  );
  const attacks = [...new Set(curves.map(({attack}) => attack))];
  const bars = curves.flatMap(({panel, attack, tpr}) =>
    tpr.flatMap(({fpr, interval}) =>
      interval === null
        ? []
        : [
            {
              ...{...place(panel), attack, low: shown(interval[0]), high: interval[1]},
              fpr: fpr * 1.09 ** (attacks.indexOf(attack) - (attacks.length - 1) / 2)
            }
          ]
    )
  );
  const facet = {fx: "fx", fy: "fy"};
  return Plot.plot({
    width,
    height: rows * (columns === 1 ? 300 : Math.min(340, width / 2)) + 70,
    marginLeft: 56,
    marginBottom: 44,
    marginTop: 48,
    style: {fontSize: "12px"},
    x: {
      type: "log",
      domain: [edge, 1],
      label: "false positive rate",
      labelOffset: 40,
      ticks: decades(edge),
      tickFormat: asPercent,
      grid: true
    },
    y: {
      type: "log",
      domain: [edge, 1],
      label: "true positive rate",
      ticks: decades(edge),
      tickFormat: asPercent,
      grid: true
    },
    fx: {axis: null, padding: 0.12},
    fy: {axis: null, padding: 0.16},
    color,
    marks: [
      ...marks,
      Plot.ruleX(bars, {
        ...facet,
        x: "fpr",
        y1: "low",
        y2: "high",
        stroke: "attack",
        strokeWidth: 3,
        strokeOpacity: 0.45
      }),
      Plot.line(points, {
        ...facet,
        x: "fpr",
        y: "tpr",
        z: "attack",
        stroke: "attack",
        strokeWidth: 1.75,
        curve: "step-after"
      })
    ]
  });
}
