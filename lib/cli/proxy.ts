import {join, resolve} from "node:path";
import {availableParallelism} from "node:os";
import {runProxy} from "../run/proxy.js";
import {builtinProxyRecipe, readProxyRecipe} from "../run/proxyRecipe.js";
import type {ProxyRecipe} from "../schema/proxyRecipe.js";
import {integer, Misuse, parse, type Command} from "./command.js";

/** `ballast proxy`: the built-in small language model on a grid of mixes. */
export const command: Command = {
  usage:
    "DIR [--recipe FILE] [--domain NAME] [--shares S,S,…] [--out runs.parquet] [--workers N] [--time-limit SECONDS] [--json]",
  summary: "Trains the proxy on a grid of mixes of a data set's text and writes the table of runs.",
  async run(args) {
    const {values, positionals} = parse(
      args,
      {
        recipe: {type: "string"},
        domain: {type: "string"},
        shares: {type: "string"},
        out: {type: "string"},
        workers: {type: "string"},
        "time-limit": {type: "string"},
        json: {type: "boolean", default: false}
      },
      {least: 1}
    );
    const dir = resolve(positionals[0]);
    const out = resolve(values.out ?? join(dir, "runs.parquet"));
    const number = (flag: "workers" | "time-limit", max: number) =>
      values[flag] === undefined ? undefined : integer(`--${flag}`, values[flag], {min: 1, max});
    const workers = number("workers", 1024) ?? availableParallelism();
    const timeLimit = number("time-limit", 10_000_000);
    const wanted = values.shares === undefined ? undefined : shares(values.shares);
    const read = values.recipe === undefined ? await builtinProxyRecipe() : await readProxyRecipe(values.recipe);
    const recipe = adjust(read, wanted, values.domain);
    const log = (line: string) => process.stderr.write(`${line}\n`);
    const {runs, dropped, notes} = await runProxy({dir, out, recipe, workers, timeLimit, log});
    if (values.json) process.stdout.write(`${JSON.stringify({out, runs: runs.length, dropped, notes})}\n`);
    else process.stdout.write(`${runs.length} runs in ${out}\n`);
    return 0;
  }
};

function shares(list: string): number[] {
  return list.split(",").map((text) => {
    const share = Number(text);
    if (text.trim() === "" || !(share >= 0 && share <= 1))
      throw new Misuse(`--shares: expected numbers from 0 to 1 with commas between, got ${JSON.stringify(list)}`);
    return share;
  });
}

function adjust(recipe: ProxyRecipe, wanted: number[] | undefined, domain: string | undefined): ProxyRecipe {
  if (wanted !== undefined && recipe.share === undefined)
    throw new Misuse("--shares: expected a recipe with the experiment share, got one without");
  return {
    ...recipe,
    ...(domain === undefined ? {} : {domain}),
    ...(wanted === undefined || recipe.share === undefined ? {} : {share: {...recipe.share, shares: wanted}})
  };
}
