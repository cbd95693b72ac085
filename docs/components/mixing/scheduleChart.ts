import * as Plot from "npm:@observablehq/plot";
import type {Plan} from "../../lib/schema/plan.js";
import {tierScale} from "../colors.js";

/** The mix over the length of a training run, phase by phase. */
export function scheduleChart(schedule: Plan["schedule"], {width}: {width: number}) {
  const rows = schedule.flatMap(({from, to, weights}) => {
    let low = 0;
    return Object.entries(weights).map(([tier, weight]) => {
      const row = {from, to, tier: tier.split("/").pop()!, low, high: low + weight, weight};
      low += weight;
      return row;
    });
  });
  return Plot.plot({
    width,
    height: 240,
    marginLeft: 52,
    marginRight: 28,
    marginTop: 10,
    marginBottom: 40,
    style: {fontSize: "12px"},
    x: {label: "share of the run's tokens", domain: [0, 1], tickFormat: percent, ticks: width < 500 ? 5 : 10},
    y: {label: null, domain: [0, 1], tickFormat: percent, ticks: 5},
    color: tierScale,
    marks: [
      Plot.rect(rows, {
        x1: "from",
        x2: "to",
        y1: "low",
        y2: "high",
        fill: "tier",
        fillOpacity: 0.85,
        tip: {format: {x: false, y: false}},
        channels: {weight: {value: "weight", label: "share"}}
      }),
      Plot.ruleX(
        schedule.slice(1).map(({from}) => from),
        {stroke: "var(--theme-background)", strokeWidth: 2}
      ),
      Plot.text(
        rows.filter(({weight, from, to}) => weight > 0.06 && (to - from) * width > 70),
        {
          x: (d: (typeof rows)[number]) => (d.from + d.to) / 2,
          y: (d: (typeof rows)[number]) => (d.low + d.high) / 2,
          text: (d: (typeof rows)[number]) => `${d.tier} ${Math.round(100 * d.weight)} %`,
          fill: "var(--theme-background)",
          fontWeight: 600
        }
      )
    ]
  });
}

function percent(v: number): string {
  return `${Math.round(100 * v)} %`;
}
