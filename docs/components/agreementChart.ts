import * as Plot from "npm:@observablehq/plot";
import {brief} from "../lib/text/brief.js";

/** How often two judges say the same. */
export interface AgreedPair {
  readonly a: string;
  readonly b: string;
  /** share of `cases`, those that both gave a vote that counts; null without one */
  readonly value: number | null;
  readonly cases: number;
}

/** A matrix of judges: the share of cases on which two of them say the same, and of how many; darker is more alike. */
export function agreementChart(
  pairs: readonly AgreedPair[],
  {width, judges}: {width: number; judges: readonly string[]}
) {
  const cells = pairs.flatMap((pair) => [pair, {...pair, a: pair.b, b: pair.a}]);
  const longest = Math.max(...judges.map((name) => name.length));
  const left = Math.min(width * 0.34, 14 + longest * 7);
  const side = Math.min(120, (width - left - 10) / judges.length);
  const cut = (name: string) =>
    name.length * 6.6 > side ? `${name.slice(0, Math.max(1, Math.floor(side / 6.6) - 1))}…` : name;
  const of = ({value}: AgreedPair) =>
    value === null ? "–" : `${(100 * value).toFixed(value === 1 || side < 52 ? 0 : 1)} %`;
  return Plot.plot({
    width: left + side * judges.length + 10,
    height: judges.length * 46 + 34,
    marginLeft: left,
    marginRight: 10,
    marginTop: 4,
    marginBottom: 30,
    style: {fontSize: "12px"},
    x: {domain: judges, label: null, tickSize: 0, padding: 0, tickFormat: cut},
    y: {domain: judges, label: null, tickSize: 0, padding: 0},
    marks: [
      Plot.cell(judges, {
        x: (d: string) => d,
        y: (d: string) => d,
        fill: "var(--theme-foreground-faintest)",
        fillOpacity: 0.35,
        inset: 1
      }),
      Plot.cell(cells, {
        x: "a",
        y: "b",
        fill: "var(--mark)",
        // Half the colour at most, so that what is written on it stays legible on light and dark.
        fillOpacity: (d: AgreedPair) => 0.04 + 0.46 * (d.value ?? 0) ** 3,
        inset: 1
      }),
      Plot.text(cells, {x: "a", y: "b", text: of, dy: -6, fontWeight: 600}),
      Plot.text(cells, {
        x: "a",
        y: "b",
        text: (d: AgreedPair) => (side < 52 ? brief(d.cases) : `of ${brief(d.cases)}`),
        dy: 9,
        fontSize: 11
      })
    ]
  });
}
