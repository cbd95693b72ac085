import {readFile} from "node:fs/promises";
import {Constraints} from "../mix/constraints.js";
import {optimize, tiersOf} from "../mix/optimize.js";
import {datasetFacts} from "../run/datasetConstraints.js";
import {readFit, resultJson, writeResult} from "../run/fitFile.js";
import {loadHighs} from "../run/loadHighs.js";
import {parseConstraintsYaml} from "../run/readConstraints.js";
import {Misuse, parse, type Command} from "./command.js";
import {planInWords} from "./planInWords.js";

/** `ballast optimize`: a fit, or several, to weights by tier. */
export const command: Command = {
  usage:
    "FIT [FIT…] [--constraints FILE] [--data DIR] [--objective one|sum|worst|quantile] [--benchmarks NAME[=WEIGHT],…] [--json] [--out FILE]",
  summary: "Finds the best tier weights of a fit, or of several, under the rules.",
  async run(args) {
    const text = {type: "string"} as const;
    const {values, positionals} = parse(
      args,
      {constraints: text, data: text, objective: text, benchmarks: text, json: {type: "boolean"}, out: text},
      {least: 1, most: Infinity}
    );
    const kind = values.objective === undefined ? undefined : kindOf(values.objective);
    const benchmarks = values.benchmarks === undefined ? undefined : weightsOf(values.benchmarks);
    const [first, ...others] = await Promise.all(positionals.map(readFit));
    const path = values.constraints;
    const written = path === undefined ? {} : parseConstraintsYaml(await readText(path), path);
    const facts = values.data === undefined ? {} : await datasetFacts(values.data, tiersOf(first.fit));
    const constraints = Constraints.parse({
      ...facts,
      ...written,
      objective: {
        ...(written as {objective?: object}).objective,
        ...(kind !== undefined && {kind}),
        ...(benchmarks !== undefined && {benchmarks})
      }
    });
    const plan = await optimize(first.fit, {
      highs: loadHighs,
      constraints,
      others: others.map(({fit}) => fit),
      sha256: first.sha256
    });
    if (values.out !== undefined) await writeResult(values.out, plan);
    process.stdout.write(values.json ? resultJson(plan) : planInWords(plan));
    return plan.rules.every((rule) => rule.ok) ? 0 : 1;
  }
};

const kinds = ["one", "sum", "worst", "quantile"] as const;

function kindOf(value: string): (typeof kinds)[number] {
  const found = kinds.find((kind) => kind === value);
  if (found === undefined)
    throw new Misuse(`--objective: expected one of ${kinds.join(", ")}, got ${JSON.stringify(value)}`);
  return found;
}

/** "a,b=2" as weights by benchmark; a benchmark may itself hold "=" where it is followed by no number. */
function weightsOf(value: string): Record<string, number> {
  return Object.fromEntries(
    value.split(",").map((part): [string, number] => {
      const [, name, weight] = /^(.+)=(-?[\d.]+(?:e-?\d+)?)$/.exec(part) ?? [null, part, "1"];
      if (name === "") throw new Misuse(`--benchmarks: expected names, got ${JSON.stringify(value)}`);
      return [name, Number(weight)];
    })
  );
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new TypeError(`${path}: expected constraints in YAML or JSON, got ${(error as NodeJS.ErrnoException).code}`, {
      cause: error
    });
  }
}
