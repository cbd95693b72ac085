import * as Plot from "npm:@observablehq/plot";
import {html} from "npm:htl";
import {benchmarkOf} from "../lib/scaling/benchmark.js";
import {measure} from "./format.js";
import {picture} from "./picture.js";

/** What a fit says of one mix. */
export interface Predicted {
  mix: string;
  target: string;
  value: number;
  interval: [number, number];
}

/** Predictions of mixes side by side with their intervals, a panel a benchmark. */
export function predictionChart(data: readonly Predicted[], {width}: {width: number}): HTMLElement {
  const targets = [...new Set(data.map(({target}) => target))];
  const mixes = [...new Set(data.map(({mix}) => mix))];
  const panels = targets.map((target) => {
    const rows = data.filter((row) => row.target === target);
    const {label, unit, lowerIsBetter} = benchmarkOf(target);
    const panel = Plot.plot({
      width,
      height: mixes.length * 26 + 30,
      marginLeft: 70,
      marginRight: 16,
      marginTop: 6,
      marginBottom: 24,
      style: {fontSize: "12px"},
      x: {label: null, ticks: 4, grid: true},
      y: {label: null, domain: mixes, tickSize: 0},
      color: {
        domain: ["this mix", "optimum", "baseline"],
        range: ["var(--s1)", "var(--s0)", "var(--theme-foreground-muted)"]
      },
      marks: [
        Plot.ruleY(rows, {
          y: "mix",
          x1: (d: Predicted) => d.interval[0],
          x2: (d: Predicted) => d.interval[1],
          stroke: "mix",
          strokeWidth: 3,
          strokeLinecap: "round",
          strokeOpacity: 0.5
        }),
        Plot.dot(rows, {y: "mix", x: "value", fill: "mix", r: 5})
      ]
    });
    return html`<div>
      <div class="figure-subtitle">${label}, ${unit || target}: ${lowerIsBetter ? "lower" : "higher"} is better</div>
      ${picture(panel, `${label}: ${rows.map(({mix, value}) => `${mix} ${measure(value)}`).join(", ")}`)}
    </div>`;
  });
  return html`<div>${panels}</div>`;
}
