import * as Plot from "npm:@observablehq/plot";

/** A run that a fit to smaller runs had not seen. */
export interface Unseen {
  readonly row: number;
  readonly scale: number;
  readonly measured: number;
  readonly predicted: number;
  readonly low: number;
  readonly high: number;
}

/** Predicted against measured on runs larger than any that the fit saw: on the diagonal the law reached them. */
export function rolloutChart(rows: readonly Unseen[], {width, target}: {width: number; target: string}) {
  const side = Math.min(width, 460);
  const values = rows.flatMap(({measured, predicted}) => [measured, predicted]);
  const ends = [Math.min(...values), Math.max(...values)];
  const pad = 0.05 * (ends[1] - ends[0] || Math.abs(ends[0]) || 1);
  const domain = [ends[0] - pad, ends[1] + pad];
  return Plot.plot({
    width: side,
    height: side,
    marginLeft: 60,
    marginRight: 16,
    marginTop: 20,
    marginBottom: 42,
    style: {fontSize: "12px"},
    x: {label: `${target}, predicted`, domain, ticks: 5, grid: true},
    y: {label: `${target}, measured`, labelAnchor: "top", domain, ticks: 5, grid: true},
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.line(
        [domain, domain].map((_, i) => ({v: domain[i]})),
        {
          x: "v",
          y: "v",
          stroke: "currentColor",
          strokeDasharray: "3,3"
        }
      ),
      Plot.ruleY(rows, {y: "measured", x1: "low", x2: "high", stroke: "var(--s0)", strokeOpacity: 0.35, clip: true}),
      Plot.dot(rows, {
        x: "predicted",
        y: "measured",
        r: 3,
        fill: "var(--s0)",
        channels: {row: "row", scale: "scale"},
        tip: true
      })
    ]
  });
}
