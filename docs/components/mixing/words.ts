import type {Plan} from "../../lib/schema/plan.js";
import {list, measure, percent, plural, scalar} from "../format.js";
import {distinctMixes} from "../mixTable.js";
import {sortableTable} from "../sortableTable.js";
import {distinctRules} from "./distinctRules.js";

const kinds = {
  one: "",
  sum: " for the weighted sum",
  worst: " for the worst of the benchmarks",
  quantile: " for the worst of the draws"
} as const;

/** What a plan's optimum is, how sure it is, and what comes as close, in sentences that are true whatever was found. */
export function optimumInWords(plan: Plan, unit: string): string {
  const best = list(
    Object.entries(plan.weights)
      .filter(([, w]) => w > 0)
      .map(([tier, w]) => `${percent(w, 1)} ${tier}`)
  );
  const others = distinctMixes(plan.plateau).length - 1;
  const near =
    others > 0
      ? `${plural(others, "other mix", "other mixes")} of those compared ${others === 1 ? "is" : "are"} not told apart from it.`
      : "No other mix of those compared comes as close.";
  const {gap: cost} = plan.unconstrained;
  const own = Object.keys(plan.objective.benchmarks).length === 1 ? unit : plan.objective.unit;
  const rules =
    cost > 5e-4
      ? `Without the rules ${measure(cost)} ${own} more could be had.`
      : "The rules cost nothing that could be measured.";
  return `The optimum under the rules${kinds[plan.objective.kind]} is ${best}: ${place(plan.position)}. ${certainty(plan, own)} ${near} ${rules}`;
}

/** Where a mix lies among those that the rules allow, without the geometry's words. */
function place(position: string): string {
  if (position === "interior") return "inside what the rules allow, held back by none of them";
  return position
    .replace(/^face\b/, "at an edge of what the rules allow")
    .replace(/^corner\b/, "in a corner of what the rules allow");
}

/** Below this a gap is rounding to a reader. */
const millionth = 1e-6;

function certainty({certificate: {kind, gap}}: Plan, unit: string): string {
  if (kind === "exact") return "It is exact: no mix that keeps the rules is better on this fit.";
  if (gap !== null) {
    const most = scalar(Math.max(millionth, Number(gap.toPrecision(2))));
    return `No mix that keeps the rules is better on this fit by more than ${most}${unit && ` ${unit}`}.`;
  }
  return "It is the best of many local searches; nothing proves that no mix is better.";
}

/** The rules of a plan with their shadow prices. */
export function rulesWithPrices({rules, objective}: Plan): HTMLElement {
  const number = (value: unknown) => (typeof value === "number" ? scalar(value) : "");
  return sortableTable(
    distinctRules(rules).map(({rule, statement, value, bound, binding, shadowPrice}) => ({
      rule,
      statement,
      value,
      bound,
      binds: binding ? "binds" : "",
      price: shadowPrice
    })),
    {
      caption: "rules and their shadow prices",
      name: "ballast-rules",
      columns: {
        rule: {},
        statement: {},
        value: {format: number},
        bound: {format: number},
        binds: {},
        price: {label: `shadow price, ${objective.unit}`, format: number}
      }
    }
  );
}
