import * as Plot from "npm:@observablehq/plot";
import {createPrediction} from "../../lib/scaling/prediction.js";
import type {Fit} from "../../lib/schema/fit.js";
import {scalar} from "../format.js";
import {along, isLog, type Point} from "./points.js";

/** A law's fit, ready to be drawn. */
export interface LawPanel {
  readonly fit: Fit;
  readonly points: readonly Point[];
  /** what stands at its head, a name of its own */
  readonly title: string;
  /** in a few words, how well it did on runs that it had not seen */
  readonly evidence: string;
}

/** A place of a curve. */
export interface CurveRow {
  readonly law: string;
  readonly x: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly extrapolated: boolean;
}

/** How far beyond the runs a curve is drawn, as a part of their range. */
const beyond = 0.12;

/** The curve of a law along one input with its pointwise band, somewhat beyond the runs on both sides. */
export function curveRows({fit, points, title}: LawPanel, axis: string, steps = 72): CurveRow[] {
  const prediction = createPrediction(fit);
  const way = along(fit, axis, points);
  const log = isLog(fit, axis);
  const isShare = fit.roles[fit.inputs.indexOf(axis)].startsWith("share");
  const [a, b] = fit.domain[axis].map((v) => (log ? Math.log(v) : v));
  const place = (t: number) => {
    const at = a + (b - a) * (t * (1 + 2 * beyond) - beyond);
    return log ? Math.exp(at) : isShare ? Math.min(1, Math.max(0, at)) : at;
  };
  const xs = Array.from({length: steps + 1}, (_, i) => place(i / steps));
  return [...new Set(xs)].map((x) => {
    const inputs = way(x);
    const [low, high] = prediction.interval(inputs);
    const outside = x < fit.domain[axis][0] - 1e-12 || x > fit.domain[axis][1] * (1 + 1e-12);
    return {law: title, x, value: prediction.value(inputs), low, high, extrapolated: outside};
  });
}

/** Runs as they would have come out with all inputs but one at the middle: moved along the law, their residual kept. */
export function movedPoints({fit, points, title}: LawPanel, axis: string) {
  const prediction = createPrediction(fit);
  const way = along(fit, axis, points);
  const at = fit.inputs.indexOf(axis);
  const log = fit.objectiveForm.residuals === "log";
  return points.map(({x, residual, row, holdout}) => {
    const value = prediction.value(way(x[at]));
    return {law: title, x: x[at], y: log ? value * Math.exp(residual) : value + residual, row, holdout};
  });
}

/** Every law's curve through the runs in a panel of its own: band, line, runs; dotted where no run reaches. */
export function lawPanels(
  panels: readonly LawPanel[],
  {width, axis, target}: {width: number; axis: string; target: string}
): SVGSVGElement | HTMLElement {
  const columns = Math.max(1, Math.min(panels.length, Math.floor(width / 260)));
  const place = new Map(panels.map(({title}, i) => [title, {fx: i % columns, fy: Math.floor(i / columns)}]));
  const curves = panels.flatMap((panel) => curveRows(panel, axis));
  const dots = panels.flatMap((panel) => movedPoints(panel, axis));
  const facet = {
    fx: (d: {law: string}) => place.get(d.law)!.fx,
    fy: (d: {law: string}) => place.get(d.law)!.fy
  };
  const ys = [...dots.map(({y}) => y), ...curves.map(({value}) => value)].filter(Number.isFinite);
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const pad = 0.06 * (high - low || 1);
  const many = Math.ceil(panels.length / columns);
  const logX = isLog(panels[0].fit, axis);
  const clamp = (v: number) => Math.min(high + pad, Math.max(low - pad, v));
  return Plot.plot({
    width,
    height: 62 + many * Math.min(230, Math.max(170, width / columns / 1.35)),
    marginLeft: 54,
    marginRight: 18,
    marginTop: 24,
    marginBottom: 40,
    style: {fontSize: "12px"},
    fx: {axis: null, padding: 0.08},
    fy: {axis: null, padding: 0.12},
    x: {
      label: axis,
      type: logX ? "log" : "linear",
      ticks: 3,
      ...(logX ? {tickFormat: scalar} : {}),
      grid: false
    },
    y: {label: target, labelAnchor: "top", domain: [low - pad, high + 5 * pad], ticks: 4, grid: true},
    marks: [
      Plot.frame({stroke: "var(--theme-foreground-faintest)"}),
      Plot.areaY(curves, {
        ...facet,
        x: "x",
        y1: (d: CurveRow) => clamp(d.low),
        y2: (d: CurveRow) => clamp(d.high),
        z: "law",
        fill: "var(--s0)",
        fillOpacity: 0.2
      }),
      Plot.dot(dots, {
        ...facet,
        x: "x",
        y: (d: {y: number}) => clamp(d.y),
        r: dots.length > 2000 ? 1.2 : 2,
        fill: (d: {holdout: boolean}) => (d.holdout ? "var(--s1)" : "currentColor"),
        fillOpacity: 0.45
      }),
      Plot.lineY(
        curves.filter((d) => !d.extrapolated),
        {...facet, x: "x", y: "value", z: "law", stroke: "var(--s0)", strokeWidth: 2, clip: true}
      ),
      ...[true, false].map((below) =>
        Plot.lineY(
          curves.filter((d) => {
            const [first, last] = panels.find(({title}) => title === d.law)!.fit.domain[axis];
            return below ? d.x <= first : d.x >= last;
          }),
          {
            ...facet,
            x: "x",
            y: "value",
            z: "law",
            stroke: "var(--s0)",
            strokeWidth: 1.5,
            strokeDasharray: "2,3",
            clip: true
          }
        )
      ),
      Plot.text(panels, {
        fx: (d: LawPanel) => place.get(d.title)!.fx,
        fy: (d: LawPanel) => place.get(d.title)!.fy,
        text: "title",
        frameAnchor: "top-left",
        dx: 6,
        dy: 5,
        fontWeight: 600
      }),
      Plot.text(panels, {
        fx: (d: LawPanel) => place.get(d.title)!.fx,
        fy: (d: LawPanel) => place.get(d.title)!.fy,
        text: "evidence",
        frameAnchor: "top-left",
        dx: 6,
        dy: 20,
        fill: "var(--theme-foreground-muted)"
      })
    ]
  });
}
