import * as Plot from "npm:@observablehq/plot";
import {cloud} from "../cloud.js";
import {scalar} from "../format.js";
import type {LawDrawing} from "./lawDrawing.js";

/** Every law's curve through the runs in a panel of its own: band, line, runs; dotted where no run reaches. */
export function lawPanels(
  panels: readonly LawDrawing[],
  {width, axis, target}: {width: number; axis: string; target: string}
): SVGSVGElement | HTMLElement {
  const columns = Math.max(1, Math.min(panels.length, Math.floor(width / 260)));
  const place = new Map(panels.map(({title}, i) => [title, {fx: i % columns, fy: Math.floor(i / columns)}]));
  const curves = panels.flatMap(({curve}) => curve);
  const dots = panels.flatMap(({runs}) => runs);
  const facet = {
    fx: (d: {law: string}) => place.get(d.law)!.fx,
    fy: (d: {law: string}) => place.get(d.law)!.fy
  };
  const ys = [...dots.map(({y}) => y), ...curves.map(({value}) => value)].filter(Number.isFinite);
  const [low, high] = ys.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [Infinity, -Infinity]);
  const pad = 0.06 * (high - low || 1);
  const many = Math.ceil(panels.length / columns);
  const [{log}] = panels;
  const clamp = (v: number) => Math.min(high + pad, Math.max(low - pad, v));
  const line = {...facet, x: "x", y: "value", z: "law", stroke: "var(--s0)", clip: true};
  return Plot.plot({
    width,
    height: 62 + many * Math.min(230, Math.max(170, width / columns / 1.35)),
    marginLeft: 54,
    marginRight: 18,
    marginTop: 24,
    marginBottom: 40,
    style: {fontSize: "12px"},
    fx: {axis: null, padding: 0.1},
    fy: {axis: null, padding: 0.12},
    x: {
      label: axis,
      type: log ? "log" : "linear",
      ticks: 3,
      ...(log ? {tickFormat: scalar} : {}),
      grid: false
    },
    y: {label: target, labelAnchor: "top", domain: [low - pad, high + 5 * pad], ticks: 4, grid: true},
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.areaY(curves, {
        ...facet,
        x: "x",
        y1: (d: Curve) => clamp(d.low),
        y2: (d: Curve) => clamp(d.high),
        z: "law",
        fill: "var(--s0)",
        fillOpacity: 0.2
      }),
      ...[false, true].map((holdout) =>
        cloud(
          dots.filter((dot) => dot.holdout === holdout),
          {
            ...facet,
            x: "x",
            y: (d: {y: number}) => clamp(d.y),
            r: dots.length > 2000 ? 1.2 : 2,
            color: holdout ? "var(--s1)" : "currentColor",
            opacity: 0.45
          }
        )
      ),
      Plot.lineY(
        panels.flatMap(({curve, domain: [first, last]}) => curve.filter(({x}) => x >= first && x <= last)),
        {...line, strokeWidth: 2}
      ),
      ...[true, false].map((below) =>
        Plot.lineY(
          panels.flatMap(({curve, domain: [first, last]}) => curve.filter(({x}) => (below ? x <= first : x >= last))),
          {...line, strokeWidth: 1.5, strokeDasharray: "2,3"}
        )
      ),
      ...[
        {text: "title", dy: 5, fontWeight: 600},
        {text: "evidence", dy: 20, fill: "var(--theme-foreground-muted)"}
      ].map((label) =>
        Plot.text(panels, {
          fx: (d: LawDrawing) => place.get(d.title)!.fx,
          fy: (d: LawDrawing) => place.get(d.title)!.fy,
          frameAnchor: "top-left",
          dx: 6,
          ...label
        })
      )
    ]
  });
}

type Curve = LawDrawing["curve"][number];
