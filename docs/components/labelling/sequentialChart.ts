import * as Plot from "npm:@observablehq/plot";
import type {Sprt} from "../../lib/stats/sprt.js";

/** Defects over samples of a sequential test, between its two lines. */
export interface SequentialPoint {
  samples: number;
  defects: number;
}

/** The path of a test from its first sample on. */
export function sequentialChart(
  path: readonly SequentialPoint[],
  {width, test, most}: {width: number; test: Sprt; most: number}
) {
  const end = Math.min(most, Math.max(2 * path.length, Math.ceil((2 * test.acceptBelow) / test.slope)));
  const line = (offset: number) => [0, end].map((samples) => ({samples, defects: test.slope * samples + offset}));
  const top = Math.max(3, ...path.map(({defects}) => defects + 1), test.slope * end + test.rejectAbove);
  return Plot.plot({
    width,
    height: 300,
    marginLeft: 56,
    marginBottom: 44,
    marginRight: 70,
    style: {fontSize: "12px"},
    x: {label: "samples", labelOffset: 40, domain: [0, end], ticks: 6},
    y: {label: "defects", domain: [0, top], grid: true, clamp: true},
    marks: [
      Plot.ruleY([0]),
      Plot.line(line(test.rejectAbove), {
        x: "samples",
        y: "defects",
        stroke: "var(--bad)",
        strokeDasharray: "6,4",
        clip: true
      }),
      Plot.line(line(-test.acceptBelow), {
        x: "samples",
        y: "defects",
        stroke: "var(--good)",
        strokeDasharray: "6,4",
        clip: true
      }),
      Plot.text(
        [
          {...line(test.rejectAbove)[1], text: "refuse"},
          {...line(-test.acceptBelow)[1], text: "accept"}
        ],
        {
          x: "samples",
          y: "defects",
          text: "text",
          textAnchor: "start",
          dx: 5
        }
      ),
      Plot.line([{samples: 0, defects: 0}, ...path], {
        x: "samples",
        y: "defects",
        curve: "step-after",
        stroke: "var(--mark)",
        strokeWidth: 2
      }),
      Plot.dot(path.slice(-1), {x: "samples", y: "defects", fill: "var(--mark)", r: 4})
    ]
  });
}
