import * as Plot from "npm:@observablehq/plot";
import type {Plan} from "../../lib/schema/plan.js";
import {tierScale} from "../colors.js";
import {scalar} from "../format.js";

/**
 * What nearness to the reference costs: the best value for each weight of the divergence, above the tiers that the best
 * mix is made of. A dot is a weight of the divergence; the ring is the plan's own.
 */
export function tradeOffChart({tradeOff, objective}: Plan, {width, unit}: {width: number; unit: string}) {
  const rows = tradeOff.toSorted((a, b) => a.divergence - b.divergence || b.lambda - a.lambda);
  const tiers = Object.keys(rows[0]?.weights ?? {});
  const bands = rows.flatMap(({divergence, weights}) =>
    tiers.map((tier) => ({divergence, tier: tier.split("/").pop()!, weight: weights[tier]}))
  );
  const own = rows.filter(({lambda}) => lambda === objective.lambda);
  const common = {width, marginLeft: 58, marginRight: 16, style: {fontSize: "12px"}};
  const x = {label: "divergence from the reference, nats", ticks: width < 500 ? 4 : 7, tickFormat: scalar};
  const value = Plot.plot({
    ...common,
    height: 210,
    marginTop: 28,
    marginBottom: 16,
    x: {...x, axis: null},
    y: {label: unit, labelAnchor: "top", grid: true, ticks: 4, tickFormat: scalar},
    marks: [
      Plot.lineY(rows, {x: "divergence", y: "value", stroke: "var(--s0)", strokeWidth: 2}),
      Plot.dot(rows, {x: "divergence", y: "value", r: 3, fill: "var(--s0)", channels: {lambda: "lambda"}, tip: true}),
      Plot.dot(own, {x: "divergence", y: "value", r: 7, stroke: "var(--s1)", strokeWidth: 2.5})
    ]
  });
  const mixes = Plot.plot({
    ...common,
    height: 150,
    marginTop: 4,
    marginBottom: 40,
    x,
    y: {label: null, percent: true, ticks: 3, domain: [0, 100], tickFormat: (v: number) => `${v} %`},
    color: tierScale,
    marks: [
      Plot.areaY(bands, Plot.stackY({x: "divergence", y: "weight", fill: "tier", fillOpacity: 0.85})),
      Plot.ruleX(own, {x: "divergence", stroke: "var(--s1)", strokeWidth: 2})
    ]
  });
  return [value, mixes] as (SVGSVGElement | HTMLElement)[];
}
