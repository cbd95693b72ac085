import * as Plot from "npm:@observablehq/plot";

/** A canary's exposure. */
export interface Exposed {
  /** column that it stands in: how often it was seen, or its name */
  readonly group: string;
  readonly exposure: number;
  readonly interval?: readonly [number, number];
}

/** Exposures of canaries in bits, against the bound from which they ring and the most that can be. */
export function exposureChart(
  data: readonly Exposed[],
  {width, bound, bits, label}: {width: number; bound: number; bits: number; label: string}
) {
  const groups = [...new Set(data.map(({group}) => group))];
  // Dots of one column side by side, in the order they come.
  const seen = new Map<string, number>();
  const placed = data.map((d) => {
    const at = seen.get(d.group) ?? 0;
    seen.set(d.group, at + 1);
    return {...d, at};
  });
  const most = Math.max(...seen.values());
  const step = Math.min(9, (0.7 * (width - 80)) / Math.max(1, groups.length) / Math.max(1, most));
  const byOffset = Array.from({length: most}, (_, at) => placed.filter((d) => d.at === at));
  return Plot.plot({
    width,
    height: 300,
    marginLeft: 48,
    marginBottom: 44,
    marginRight: 20,
    style: {fontSize: "12px"},
    x: {
      type: "point",
      domain: groups,
      label,
      labelOffset: 40,
      padding: 0.6,
      ...(groups.length > 12 ? {ticks: [], label: `${label} (names in the table)`} : {})
    },
    y: {domain: [0, Math.ceil(bits)], label: "exposure, bits", grid: true},
    marks: [
      Plot.ruleY([bound], {stroke: "var(--bad)", strokeDasharray: "4,3"}),
      Plot.text([`alarm: ${bound.toFixed(1)}`], {
        y: () => bound,
        frameAnchor: "left",
        dx: 4,
        dy: -8,
        fill: "var(--bad)"
      }),
      ...byOffset.flatMap((dots, at) => {
        const dx = (at - (most - 1) / 2) * step;
        return [
          Plot.ruleX(
            dots.filter(({interval}) => interval !== undefined && interval[1] > interval[0]),
            {
              x: "group",
              y1: (d: Exposed) => d.interval![0],
              y2: (d: Exposed) => d.interval![1],
              dx,
              stroke: "var(--mark)",
              strokeOpacity: 0.5,
              clip: true
            }
          ),
          Plot.dot(dots, {
            x: "group",
            y: "exposure",
            dx,
            r: 3.5,
            fill: (d: Exposed) => (d.exposure >= bound ? "var(--t3)" : "var(--mark)")
          } as Plot.DotOptions)
        ];
      })
    ]
  });
}
