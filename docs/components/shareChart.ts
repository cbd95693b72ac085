import * as Plot from "npm:@observablehq/plot";

/** A share with its interval. */
export interface Share {
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number];
  /** what the row belongs to: a panel */
  readonly panel?: string;
  /** a share that somebody else published for the same; drawn as a hollow ring */
  readonly published?: number | null;
}

/** Shares from 0 to 1 as dots with their intervals, one row a name; a ring is what somebody else published. */
export function shareChart(data: readonly Share[], {width, label}: {width: number; label: string}) {
  const names = [...new Set(data.map(({name}) => name))];
  const panels = [...new Set(data.map(({panel}) => panel ?? ""))];
  const longest = Math.max(0, ...names.map((name) => name.length));
  const faceted = panels.length > 1;
  const low = Math.min(0.95, ...data.flatMap(({interval, published}) => [interval[0], published ?? 1]));
  return Plot.plot({
    width,
    height: panels.length * (names.length * 22 + (faceted ? 18 : 0)) + 60,
    marginLeft: Math.min(width * 0.4, 14 + longest * 7),
    marginRight: faceted ? 90 : 24,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {domain: [Math.floor(low * 10) / 10, 1], label, labelOffset: 40, grid: true, tickFormat: "%"},
    y: {domain: names, label: null, tickSize: 0},
    fy: {domain: panels, label: null},
    marks: [
      Plot.ruleY(data as Share[], {
        y: "name",
        x1: (d: Share) => d.interval[0],
        x2: (d: Share) => d.interval[1],
        fy: faceted ? "panel" : undefined,
        stroke: "var(--mark)",
        strokeWidth: 2
      }),
      Plot.dot(data as Share[], {
        y: "name",
        x: "value",
        fy: faceted ? "panel" : undefined,
        fill: "var(--mark)",
        r: 4,
        tip: true
      }),
      Plot.dot(
        data.filter(({published}) => published !== null && published !== undefined),
        {y: "name", x: "published", fy: faceted ? "panel" : undefined, stroke: "currentColor", r: 6}
      )
    ]
  });
}
