import * as Plot from "npm:@observablehq/plot";
import {tierScale} from "./colors.js";
import {brief} from "./format.js";

/** Tokens of one tier in one group. */
export interface TierTokens {
  group: string;
  tier: string;
  tokens: number;
}

/** Bars of tokens by group, parted by tier. */
export function tierBars(data: readonly TierTokens[], {width, label}: {width: number; label: string}) {
  const totals = new Map<string, number>();
  for (const {group, tokens} of data) totals.set(group, (totals.get(group) ?? 0) + tokens);
  const groups = [...totals].sort(([, a], [, b]) => b - a).map(([group]) => group);
  const longest = Math.max(0, ...groups.map((group) => group.length));
  return Plot.plot({
    width,
    height: groups.length * 30 + 56,
    marginLeft: Math.min(width * 0.42, 14 + longest * 7),
    marginRight: 48,
    marginTop: 4,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {labelOffset: 40, label, tickFormat: "s", grid: true, ticks: width < 500 ? 4 : 7},
    y: {label: null, domain: groups, tickSize: 0},
    color: tierScale,
    marks: [
      Plot.barX(data, {x: "tokens", y: "group", fill: "tier", inset: 2, tip: {format: {x: brief}}}),
      Plot.text([...totals], {x: ([, n]) => n, y: ([g]) => g, text: ([, n]) => brief(n), textAnchor: "start", dx: 5}),
      Plot.ruleX([0])
    ]
  });
}
