import type {Plan} from "../schema/plan.js";
import {mixInWords} from "./mixInWords.js";
import {figure, table} from "./table.js";

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
    `${mixInWords(plan.weights)}${plan.syntheticShare === null ? "" : `; synthetic share ${figure(plan.syntheticShare)}`}\n`,
    ...Object.entries(byDomain ?? {}).map(([domain, weights]) => `  ${domain}: ${mixInWords(weights)}\n`),
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
    rules(plan),
    "price: what the objective would gain for each unit that a bound is relaxed\n",
    `\nwithout the rules: ${mixInWords(unconstrained.weights)}, ${figure(unconstrained.value)}; the rules cost ${figure(unconstrained.gap)}\n`,
    plan.tradeOff.length === 0 ? "" : `\n${curve(plan)}`,
    thompson === null
      ? ""
      : `\nmean of the best mixes of ${thompson.draws} draws: ${mixInWords(thompson.weights, {
          shown: (name, w) => `${name} ${figure(w)} ± ${figure(thompson.sd[name])}`
        })}\n`,
    `plateau: ${plan.plateau.length} of the mixes that were looked at are not distinguishable from the best\n`,
    ...plan.plateau
      .toSorted((a, b) => b.probability - a.probability)
      .slice(0, 5)
      .map(
        ({weights, value, probability}) =>
          `  ${mixInWords(weights)}: ${figure(value)}, best in ${figure(100 * probability)} % of the draws\n`
      ),
    `collapse risk: ${risk.collapse === null ? "" : `${figure(risk.collapse)}, `}${risk.note}\n`,
    "\nover training:\n",
    ...plan.schedule.map(
      ({from, to, weights, note}) =>
        `  ${figure(100 * from)} to ${figure(100 * to)} %: ${mixInWords(weights)}: ${note}\n`
    )
  ].join("");
}

/** Columns of weights, and lines of ranges that are kept and do not bind, from which on the others are counted. */
const most = 8;

/** The rules; of many ranges of the runs, those that the weights lie on. */
function rules({rules}: Plan): string {
  const idle = rules.filter(({rule, ok, binding}) => rule.startsWith("measured ") && ok && !binding);
  const hidden = idle.length > most ? idle : [];
  return [
    table([
      ["rule", "value", "", "", "price"],
      ...rules
        .filter((rule) => !hidden.includes(rule))
        .map((r) => [
          r.statement,
          figure(r.value),
          r.ok ? "kept" : "broken",
          r.binding ? "binding" : "",
          r.shadowPrice === null || r.shadowPrice === 0 ? "" : figure(r.shadowPrice)
        ])
    ]),
    hidden.length > 0 ? `and ${hidden.length} ends of the shares in the runs, kept and not binding\n` : ""
  ].join("");
}

function curve({tradeOff}: Plan): string {
  const all = Object.keys(tradeOff[0].weights);
  const largest = (name: string) => tradeOff.reduce((most, {weights}) => Math.max(most, weights[name]), 0);
  const names = all.length <= most ? all : all.toSorted((a, b) => largest(b) - largest(a)).slice(0, most - 1);
  const others = all.filter((name) => !names.includes(name));
  const rest = (weights: Plan["weights"]) => others.reduce((sum, name) => sum + weights[name], 0);
  return `nearness to the reference:\n${table([
    ["a nat costs", "value", "nats away", ...names, ...(others.length > 0 ? [`${others.length} others together`] : [])],
    ...tradeOff.map((point) => [
      figure(point.lambda),
      figure(point.value),
      figure(point.divergence),
      ...names.map((name) => figure(point.weights[name])),
      ...(others.length > 0 ? [figure(rest(point.weights))] : [])
    ])
  ])}`;
}
