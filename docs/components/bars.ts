import * as Plot from "npm:@observablehq/plot";
import {brief} from "../lib/text/brief.js";

/** A length of a bar. */
export interface Bar {
  readonly name: string;
  readonly value: number;
}

/** Bars of counts by name, the longest first, each with its whole at its end; parts of one name follow each other. */
export function bars<Row extends Bar>(
  data: readonly Row[],
  {
    width,
    label,
    row = 24,
    ...options
  }: {width: number; label: string; row?: number; color?: Plot.ScaleOptions} & Pick<Plot.BarXOptions, "fill">
) {
  const wholes = new Map<string, number>();
  for (const {name, value} of data) wholes.set(name, (wholes.get(name) ?? 0) + value);
  const order = [...wholes].sort(([, a], [, b]) => b - a);
  const longest = Math.max(0, ...order.map(([name]) => name.length));
  const {color, fill} = options;
  return Plot.plot({
    width,
    height: order.length * row + 56,
    marginLeft: Math.min(width * 0.45, 14 + longest * 7),
    marginRight: 48,
    marginTop: 4,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {labelOffset: 40, label, tickFormat: "s", grid: true, ticks: width < 500 ? 4 : 7},
    y: {label: null, domain: order.map(([name]) => name), tickSize: 0},
    ...(color !== undefined && {color}),
    marks: [
      Plot.barX(data as Row[], {x: "value", y: "name", fill, inset: 2, tip: {format: {x: brief}}}),
      Plot.text(order, {x: ([, n]) => n, y: ([name]) => name, text: ([, n]) => brief(n), textAnchor: "start", dx: 5}),
      Plot.ruleX([0])
    ]
  });
}
