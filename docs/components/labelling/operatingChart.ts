import * as Plot from "npm:@observablehq/plot";
import {acceptProbability} from "../../lib/stats/acceptancePlan.js";
import {isoPlan} from "../../lib/stats/isoPlans.js";
import {sprt, sprtOutcomes} from "../../lib/stats/sprt.js";
import type {AuditHead} from "../../lib/schema/audit.js";

/** How often a plan accepts, over the true share of defects. */
export interface OperatingPoint {
  plan: string;
  defects: number;
  accepted: number;
}

/**
 * The operating characteristic of a plan over its gate, and beside it of the standard's plan for a lot of that size, where it
 * has one.
 */
export function operatingPoints({rule, strata}: Pick<AuditHead, "rule" | "strata">): OperatingPoint[] {
  const gate = strata.filter(({disagreement}) => !disagreement);
  const [lot, n] = [gate.reduce((sum, {size}) => sum + size, 0), gate.reduce((sum, {chosen}) => sum + chosen, 0)];
  const end = Math.min(1, 3 * (rule.plan === "sprt" ? rule.p1 : rule.defects));
  const shares = Array.from({length: 61}, (_, i) => (end * i) / 60);
  const iso = isoPlan(lot);
  const test = rule.plan === "sprt" ? sprt(rule) : null;
  const ours = (share: number) =>
    test === null
      ? acceptProbability(n, 0, share)
      : sprtOutcomes(test, share, n).accept.reduce((sum, by) => sum + by, 0);
  return [
    ...shares.map((defects) => ({plan: "this plan", defects, accepted: ours(defects)})),
    ...(iso === null
      ? []
      : shares.map((defects) => ({
          plan: `ISO 2859-1, ${iso.n} samples, up to ${iso.accept} defects`,
          defects,
          accepted: acceptProbability(iso.n, iso.accept, defects)
        })))
  ];
}

/** Such points as curves. */
export function operatingChart(
  points: readonly OperatingPoint[],
  {width, color}: {width: number; color: Plot.ScaleOptions}
) {
  return Plot.plot({
    width,
    height: 300,
    marginLeft: 56,
    marginBottom: 44,
    style: {fontSize: "12px"},
    x: {
      label: "share of defects",
      labelOffset: 40,
      tickFormat: (v: number) => `${Number((100 * v).toPrecision(3))} %`,
      ticks: 6
    },
    y: {label: "accepted", domain: [0, 1], percent: true, grid: true},
    color,
    marks: [
      Plot.ruleY([0]),
      Plot.lineY(points, {x: "defects", y: "accepted", stroke: "plan", strokeWidth: 2, tip: true})
    ]
  });
}
