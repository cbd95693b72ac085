import {availableParallelism} from "node:os";
import {estimate, type Estimate} from "../run/estimate.js";
import type {Estimated} from "../run/estimateStep.js";
import {readRecipe} from "../run/recipe.js";
import {integer, parse, type Command} from "./command.js";
import {table} from "./table.js";

/** `ballast estimate`: tokens, money and time of a recipe's requests to models, before they are made. */
export const command: Command = {
  usage: "RECIPE.yaml [--preview N] [--workers N] [--json]",
  summary:
    "Estimates tokens, money and time of a recipe's requests to models, with 95 % intervals, from a preview of N seeds a step; what the preview was answered is kept for the run. Exit 1 where a budget may not suffice.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        preview: {type: "string", default: "20"},
        workers: {type: "string"},
        json: {type: "boolean", default: false}
      },
      {least: 1}
    );
    const {recipe, folder} = await readRecipe(positionals[0]);
    const found = await estimate(recipe, {
      folder,
      preview: integer("--preview", values.preview, {min: 2, max: 10_000}),
      workers:
        values.workers === undefined
          ? availableParallelism()
          : integer("--workers", values.workers, {min: 1, max: 1024})
    });
    process.stdout.write(values.json ? `${JSON.stringify(found)}\n` : inWords(found));
    return found.beyond.length === 0 ? 0 : 1;
  }
};

function inWords({preview, steps, endpoints, money, tokens, seconds, spent, beyond}: Estimate): string {
  if (steps.length === 0) return "no step of the recipe asks a model: nothing to pay for\n";
  const percent = (value: number) => `${(100 * value).toPrecision(3)} %`;
  const stepRows = steps.map(({generator, from, previewed, share, drafts}) => [
    `${generator} from ${from}`,
    String(previewed),
    `${percent(share.value)} (${percent(share.interval[0])} to ${percent(share.interval[1])})`,
    shown(drafts)
  ]);
  const endpointRows = endpoints.map(({endpoint, model, requests, input, output, money: cost, seconds: time}) => [
    `${endpoint} (${model})`,
    shown(requests),
    shown(input),
    shown(output),
    cost === null ? "no price declared" : `${shown(cost)} ${cost.currency}`,
    time === null ? "–" : `${shown(time)} s`
  ]);
  return [
    table([["step", "previewed", "passed", "drafts"], ...stepRows]),
    "\n",
    table([["endpoint", "requests", "tokens in", "tokens out", "money", "time"], ...endpointRows]),
    "\n",
    `in all ${shown(tokens)} tokens`,
    ...Object.entries(money).map(([currency, one]) => `, ${shown(one)} ${currency}`),
    seconds === null ? "" : `, ${shown(seconds)} s`,
    "; 95 % intervals\n",
    `from a preview of at most ${preview} seeds a step: ${spent.requests} answers, ${spent.paid} paid for now, all kept for the run\n`,
    ...beyond.map((budget) => `the budget of ${budget} may not suffice\n`)
  ].join("");
}

function shown({value, interval: [low, high]}: Estimated): string {
  const figure = (x: number) => (x >= 1000 ? Math.round(x).toLocaleString("en-US") : String(Number(x.toPrecision(3))));
  return low === high ? figure(value) : `${figure(value)} (${figure(low)} to ${figure(high)})`;
}
