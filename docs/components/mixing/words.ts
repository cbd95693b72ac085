import type {Plan} from "../../lib/schema/plan.js";
import {list, measure, percent, plural, scalar} from "../format.js";
import {sortableTable} from "../sortableTable.js";

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
  const others = plan.plateau.length - 1;
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
  return `The optimum under the rules${kinds[plan.objective.kind]} is ${best}: ${plan.position}. ${certainty(plan)} ${near} ${rules}`;
}

function certainty({certificate: {kind, gap}}: Plan): string {
  if (kind === "exact") return "It is exact: no mix that keeps the rules is better on this fit.";
  if (kind === "convex") return `No mix that keeps the rules is better on this fit by more than ${scalar(gap ?? 0)}.`;
  return "It is the best of many local searches; nothing proves that no mix is better.";
}

/** The rules of a plan with their shadow prices. */
export function rulesWithPrices({rules, objective}: Plan): HTMLElement {
  const number = (value: unknown) => (typeof value === "number" ? scalar(value) : "");
  return sortableTable(
    rules.map(({rule, statement, value, bound, binding, shadowPrice}) => ({
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
