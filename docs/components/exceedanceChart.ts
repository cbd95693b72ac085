import * as Plot from "npm:@observablehq/plot";
import {clopperPearson} from "../lib/stats/proportion.js";

/** How many of `of` texts reach each value. */
export interface Exceedance {
  readonly name: string;
  readonly of: number;
  /** values ascending, each with the texts that reach it */
  readonly points: readonly (readonly [value: number, texts: number])[];
  /** drawn with dashes: beside what it is about */
  readonly dashed?: boolean;
}

/** One point of a curve as it is drawn and downloaded. */
interface ExceedancePoint {
  name: string;
  dashed: boolean;
  value: number;
  texts: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

/** The curves' points with exact 95 % intervals. */
export function exceedancePoints(curves: readonly Exceedance[]): ExceedancePoint[] {
  return curves.flatMap(({name, of, points, dashed = false}) =>
    points
      .filter(([, texts]) => texts > 0)
      .map(([value, texts]) => {
        const [low, high] = clopperPearson(texts, of);
        return {name, dashed, value, texts, of, share: texts / of, low, high};
      })
  );
}

/** The share of texts that reach a value, over the value, on a logarithmic axis: tails are what matters. */
export function exceedanceChart(
  curves: readonly Exceedance[],
  {
    width,
    x,
    color,
    rule
  }: {width: number; x: Plot.ScaleOptions; color: Plot.ScaleOptions; rule: {value: number; label: string}}
) {
  const points = exceedancePoints(curves);
  const least = Math.min(...points.map(({share}) => share), 0.01);
  const key = (d: ExceedancePoint) => `${d.name}${d.dashed ? " dashed" : ""}`;
  const drawn = (dashed: boolean) => points.filter((d) => d.dashed === dashed);
  return Plot.plot({
    width,
    height: 330,
    marginLeft: 56,
    marginBottom: 44,
    marginTop: 40,
    marginRight: 20,
    style: {fontSize: "12px"},
    x: {labelOffset: 40, grid: true, ...x},
    y: {
      type: "log",
      domain: [10 ** Math.floor(Math.log10(least)), 1],
      label: "share of texts",
      grid: true,
      ticks: decades(10 ** Math.floor(Math.log10(least))),
      tickFormat: asPercent
    },
    color,
    marks: [
      Plot.ruleX([rule.value], {stroke: "currentColor", strokeDasharray: "2,3"}),
      Plot.text([rule], {x: "value", frameAnchor: "top", text: "label", dy: -14, dx: 0}),
      Plot.areaY(drawn(false), {
        x: "value",
        y1: "low",
        y2: "high",
        z: key,
        fill: "name",
        fillOpacity: 0.12,
        curve: "step-before",
        clip: true
      }),
      ...[false, true].map((dashed) =>
        Plot.lineY(drawn(dashed), {
          x: "value",
          y: "share",
          z: key,
          stroke: "name",
          strokeWidth: 2,
          curve: "step-before",
          ...(dashed ? {strokeDasharray: "5,4"} : {})
        })
      ),
      ...[false, true].map((dashed) =>
        Plot.dot(drawn(dashed), {
          x: "value",
          y: "share",
          [dashed ? "stroke" : "fill"]: "name",
          r: 2.5,
          tip: !dashed,
          channels: {texts: "texts", of: "of"}
        })
      )
    ]
  });
}

/** A share on a logarithmic axis as a percentage without idle zeros. */
export function asPercent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** Powers of ten from a bound to 1: a logarithmic axis whose grid does not crowd. */
export function decades(least: number): number[] {
  const first = Math.ceil(Math.log10(least) - 1e-9);
  return Array.from({length: 1 - first}, (_, i) => 10 ** (first + i));
}
