import {readFile} from "node:fs/promises";
import {parse as parseYaml} from "yaml";
import {parseConstraints} from "../mix/constraints.js";
import {optimize, tiersOf} from "../mix/optimize.js";
import {datasetFacts} from "../run/datasetConstraints.js";
import {readFit, resultJson, writeResult} from "../run/fitFile.js";
import type {Plan} from "../schema/plan.js";
import {parse, type Command} from "./command.js";
import {figure, table} from "./table.js";

/** `ballast optimize`: a fit to weights by tier. */
export const command: Command = {
  usage: "FIT [FIT…] [--constraints FILE] [--data DIR] [--json] [--out FILE]",
  summary: "Finds the best tier weights of a fit under the rules; further fits are predicted at them.",
  async run(args) {
    const text = {type: "string"} as const;
    const {values, positionals} = parse(
      args,
      {constraints: text, data: text, json: {type: "boolean"}, out: text},
      {least: 1, most: Infinity}
    );
    const [first, ...others] = await Promise.all(positionals.map(readFit));
    const written = values.constraints === undefined ? {} : await readConstraints(values.constraints);
    const facts = values.data === undefined ? {} : await datasetFacts(values.data, tiersOf(first.fit));
    const constraints = parseConstraints({...facts, ...written}, values.constraints);
    const plan = optimize(first.fit, {constraints, others: others.map(({fit}) => fit), sha256: first.sha256});
    if (values.out !== undefined) await writeResult(values.out, plan);
    process.stdout.write(values.json ? resultJson(plan) : inWords(plan));
    return plan.rules.every((rule) => rule.ok) ? 0 : 1;
  }
};

async function readConstraints(path: string): Promise<object> {
  let value: unknown;
  try {
    value = parseYaml(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected YAML or JSON: ${(error as Error).message}`, {cause: error});
  }
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value))
    throw new TypeError(`${path}: expected fields such as bounds and anchor, got ${JSON.stringify(value)}`);
  return value;
}

function inWords(plan: Plan): string {
  const {risk, unconstrained} = plan;
  const mix = (weights: Plan["weights"]) =>
    Object.entries(weights)
      .map(([tier, w]) => `${tier} ${figure(w)}`)
      .join(", ");
  return [
    `${mix(plan.weights)}${plan.syntheticShare === null ? "" : `; synthetic share ${figure(plan.syntheticShare)}`}\n`,
    `${plan.position}\n\n`,
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
      ["rule", "value", "", ""],
      ...plan.rules.map((r) => [r.statement, figure(r.value), r.ok ? "kept" : "broken", r.binding ? "binding" : ""])
    ]),
    `\nwithout the rules: ${mix(unconstrained.weights)}, ${figure(unconstrained.value)}; the rules cost ${figure(unconstrained.gap)}\n`,
    `plateau: ${plan.plateau.length} mixes are not distinguishable from the best\n`,
    `collapse risk: ${risk.collapse === null ? "" : `${figure(risk.collapse)}, `}${risk.note}\n`
  ].join("");
}
