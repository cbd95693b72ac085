import type {Plan} from "../schema/plan.js";
import {figure, table} from "./table.js";

type Weights = Plan["weights"];

const kinds = {
  one: "best for",
  sum: "best weighted sum of",
  worst: "best worst case of",
  quantile: "best mean of the worst draws of"
} as const;

/** A plan as a person reads it: weights, what they are certain of, predictions, rules with prices, and what else is as good. */
export function planInWords(plan: Plan): string {
  const {risk, unconstrained, objective, certificate, thompson, byDomain} = plan;
  const scale = Object.entries(plan.at);
  return [
    `${mix(plan.weights)}${plan.syntheticShare === null ? "" : `; synthetic share ${figure(plan.syntheticShare)}`}\n`,
    ...Object.entries(byDomain ?? {}).map(([domain, weights]) => `  ${domain}: ${mix(weights)}\n`),
    `${plan.position}\n`,
    `${kinds[objective.kind]} ${Object.keys(objective.benchmarks).join(", ")}: ${figure(objective.value)} (${objective.unit})${objective.tail === null ? "" : `, worst ${figure(100 * objective.tail)} % of the draws`}${objective.lambda > 0 ? `, ${figure(objective.lambda)} a nat from the reference` : ""}\n`,
    `certificate: ${certificate.kind}, ${certificate.gap === null ? "gap not bounded" : `gap at most ${figure(certificate.gap)}`}: ${certificate.note}\n`,
    scale.length === 0 ? "" : `predicted at ${scale.map(([name, value]) => `${name} ${figure(value)}`).join(", ")}\n`,
    "\n",
    table([
      ["benchmark", "predicted", "interval", ""],
      ...Object.entries(plan.predicted).map(([name, p]) => [
        name,
        figure(p.value),
        `[${p.interval.map(figure).join(", ")}]`,
        p.extrapolated ? "extrapolated" : ""
      ])
    ]),
    "\n",
    table([
      ["rule", "value", "", "", "price"],
      ...plan.rules.map((r) => [
        r.statement,
        figure(r.value),
        r.ok ? "kept" : "broken",
        r.binding ? "binding" : "",
        r.shadowPrice === null || r.shadowPrice === 0 ? "" : figure(r.shadowPrice)
      ])
    ]),
    "price: what the objective would gain for each unit that a bound is relaxed\n",
    `\nwithout the rules: ${mix(unconstrained.weights)}, ${figure(unconstrained.value)}; the rules cost ${figure(unconstrained.gap)}\n`,
    plan.tradeOff.length === 0 ? "" : `\n${curve(plan)}`,
    thompson === null
      ? ""
      : `\nmean of the best mixes of ${thompson.draws} draws: ${Object.entries(thompson.weights)
          .map(([tier, w]) => `${tier} ${figure(w)} ± ${figure(thompson.sd[tier])}`)
          .join(", ")}\n`,
    `plateau: ${plan.plateau.length} of the mixes that were looked at are not distinguishable from the best\n`,
    ...plan.plateau
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, 5)
      .map(
        ({weights, value, probability}) =>
          `  ${mix(weights)}: ${figure(value)}, best in ${figure(100 * probability)} % of the draws\n`
      ),
    `collapse risk: ${risk.collapse === null ? "" : `${figure(risk.collapse)}, `}${risk.note}\n`,
    "\nover training:\n",
    ...plan.schedule.map(
      ({from, to, weights, note}) => `  ${figure(100 * from)} to ${figure(100 * to)} %: ${mix(weights)}: ${note}\n`
    )
  ].join("");
}

function curve({tradeOff}: Plan): string {
  const names = Object.keys(tradeOff[0].weights);
  return `nearness to the reference:\n${table([
    ["a nat costs", "value", "nats away", ...names],
    ...tradeOff.map((point) => [
      figure(point.lambda),
      figure(point.value),
      figure(point.divergence),
      ...names.map((name) => figure(point.weights[name]))
    ])
  ])}`;
}

function mix(weights: Weights): string {
  return Object.entries(weights)
    .map(([tier, w]) => `${tier} ${figure(w)}`)
    .join(", ");
}
