import {mkdtemp, rm} from "node:fs/promises";
import {availableParallelism, tmpdir} from "node:os";
import {join} from "node:path";
import {billionths, costOf, costOfPictures} from "../endpoints/cost.js";
import type {Models} from "../endpoints/models.js";
import {generators} from "../generate/generators.js";
import {builtinTokenizer} from "../io/assets.js";
import {readJsonl} from "../io/jsonl.js";
import type {Recipe} from "../schema/recipe.js";
import {createRandom} from "../text/random.js";
import {verifiers} from "../verify/verifiers.js";
import {planChunks, seedsOfStep} from "./chunkPlan.js";
import {estimateStep, type Estimated, type StepEstimate} from "./estimateStep.js";
import {indexHeldOut} from "./heldOut.js";
import {chunkPath, makeChunks} from "./makeChunks.js";
import {createPiiGuard} from "./piiGuard.js";
import {piiKeyFile} from "./piiKeyFile.js";
import {modelsOf, withModels} from "./recipeModels.js";
import {benchmarkFiles} from "./refuseContaminated.js";
import type {Judged} from "./chunk.js";
import {readSeeds} from "./seedStage.js";

/** What a recipe's requests to models will take, before they are made. */
export interface Estimate {
  /** seeds of each step that were previewed at most */
  preview: number;
  steps: (StepEstimate & {step: number; generator: string; from: string})[];
  endpoints: {
    endpoint: string;
    model: string;
    requests: Estimated;
    input: Estimated;
    output: Estimated;
    /** in the currency's unit; null where the endpoint has no price */
    money: (Estimated & {currency: string}) | null;
    /** by the endpoint's limits and its latency in the preview; null where neither is known */
    seconds: Estimated | null;
  }[];
  /** sums by currency, of the endpoints that have a price */
  money: Record<string, Estimated>;
  tokens: Estimated;
  /** endpoints work side by side: the slowest one's; null where one's is not known */
  seconds: Estimated | null;
  /** what the preview itself took now, of what it used; the rest had been answered before */
  spent: {requests: number; paid: number};
  /** budgets that the upper end of an interval is beyond, in words */
  beyond: string[];
}

/**
 * Estimates a recipe from a preview: one draft of each of a few seeds of every step that asks models. What the preview was
 * answered stays in the recipe's folder of answers, so that a run does not pay for it again. Steps that ask no model cost
 * no money and are not part of it.
 *
 * Sums of several endpoints' or steps' ends are ends of a wider interval than 95 %.
 *
 * @param options.preview seeds a step, at least 2
 */
export async function estimate(
  recipe: Recipe,
  {folder, preview = 20, workers = availableParallelism()}: {folder: string; preview?: number; workers?: number}
): Promise<Estimate> {
  const store = await mkdtemp(join(tmpdir(), "ballast-estimate-"));
  try {
    const tokenizer = builtinTokenizer();
    const piiKey = await piiKeyFile(recipe, folder, store);
    const guard = createPiiGuard(recipe, {key: piiKey, tokenizer});
    const seeds = await readSeeds(recipe, folder, join(store, "seeds"), guard, (all) => indexHeldOut(all, recipe));
    const benchmarks = await benchmarkFiles(recipe, folder);
    const asked = await modelsOf(recipe, folder);
    const shortened: Recipe = {
      ...recipe,
      generate: recipe.generate.map((step, i) => ({
        ...{...step, perSeed: 1, accept: undefined},
        limit: Math.min(preview, seedsOfStep(recipe, i, seeds.sets))
      }))
    };
    const parts = {generators, verifiers};
    const tasks = planChunks(shortened, seeds, parts, {versions: {}, piiKey, asked}).filter(({asking}) => asking);
    return await withModels(recipe, {folder, seeds, benchmarks}, async (models) => {
      const chunks = join(store, "chunks");
      await makeChunks(tasks, {recipe: shortened, folder, seeds, piiKey, chunks, workers, models, benchmarks});
      const steps: Estimate["steps"] = [];
      for (const step of new Set(tasks.map((task) => task.step))) {
        const drafts: Judged[] = [];
        for (const task of tasks.filter((one) => one.step === step))
          for await (const {value} of readJsonl(chunkPath(chunks, task))) drafts.push(value as Judged);
        const {generator, from, accept, perSeed} = recipe.generate[step];
        const wanted = accept === undefined ? {drafts: seedsOfStep(recipe, step, seeds.sets) * perSeed} : {accept};
        const random = createRandom(recipe.seed, "estimate", step);
        const previewed = drafts.map(({tier, requests}) => ({kept: tier !== null, requests}));
        if (previewed.length > 0)
          steps.push({...{step, generator, from}, ...estimateStep(previewed, wanted, {random})});
      }
      return summed(recipe, steps, {preview, usage: models?.usage() ?? null});
    });
  } finally {
    await rm(store, {recursive: true, force: true});
  }
}

function summed(
  {endpoints, budget}: Recipe,
  steps: Estimate["steps"],
  {preview, usage}: {preview: number; usage: ReturnType<Models["usage"]> | null}
): Estimate {
  const byEndpoint: Estimate["endpoints"] = endpoints.flatMap((endpoint) => {
    const of = steps.flatMap(({requests}) => requests).filter((one) => one.endpoint === endpoint.id);
    if (of.length === 0) return [];
    const total = (field: "requests" | "input" | "output") => add(of.map((one) => one[field]));
    const [requests, input, output] = [total("requests"), total("input"), total("output")];
    const {price, limits} = endpoint;
    const pictures = add(of.filter(({role}) => role === "draw").map((one) => one.requests));
    const cost = (i: number, o: number, drawn: number) =>
      (costOf({input: i, cached: 0, output: o}, price).money + costOfPictures(drawn, price).money) / billionths;
    // The median, as the mean of a few hangs on the slowest.
    const latency = usage?.endpoints.find((one) => one.endpoint === endpoint.id)?.sent.latency?.p50 ?? null;
    const seconds = (n: number, tokens: number) =>
      Math.max(
        ...(limits.requests === undefined ? [] : [(60 * n) / limits.requests]),
        ...(limits.tokens === undefined ? [] : [(60 * tokens) / limits.tokens]),
        ...(latency === null ? [] : [(n * latency) / 1000 / limits.concurrency])
      );
    const each = (f: (n: number, i: number, o: number, drawn: number) => number): Estimated => ({
      value: f(requests.value, input.value, output.value, pictures.value),
      interval: [0, 1].map((end) => f(requests.interval[end], input.interval[end], output.interval[end], pictures.interval[end])) as [number, number] // prettier-ignore
    });
    const known = limits.requests !== undefined || limits.tokens !== undefined || latency !== null;
    return [
      {
        ...{endpoint: endpoint.id, model: endpoint.model, requests, input, output},
        money: price === undefined ? null : {...each((_, i, o, drawn) => cost(i, o, drawn)), currency: price.currency},
        seconds: known ? each((n, i, o) => seconds(n, i + o)) : null
      }
    ];
  });
  const money: Estimate["money"] = {};
  for (const one of byEndpoint)
    if (one.money !== null)
      money[one.money.currency] = add([one.money, ...(one.money.currency in money ? [money[one.money.currency]] : [])]);
  const tokens = add(byEndpoint.flatMap(({input, output}) => [input, output]));
  const times = byEndpoint.map(({seconds}) => seconds);
  const slowest = (of: (one: Estimated) => number) => Math.max(0, ...times.map((one) => of(one!)));
  const beyond = Object.entries(budget.money)
    .filter(([currency, most]) => (money[currency]?.interval[1] ?? 0) > most)
    .map(([currency, most]) => `${most} ${currency}`);
  if (budget.tokens !== undefined && tokens.interval[1] > budget.tokens) beyond.push(`${budget.tokens} tokens`);
  return {
    ...{preview, steps, endpoints: byEndpoint, money, tokens, beyond},
    seconds: times.includes(null)
      ? null
      : {
          value: slowest((one) => one.value),
          interval: [slowest((one) => one.interval[0]), slowest((one) => one.interval[1])]
        },
    spent: {
      requests: (usage?.endpoints ?? []).reduce((sum, one) => sum + one.requests, 0),
      paid: (usage?.endpoints ?? []).reduce((sum, one) => sum + one.paid, 0)
    }
  };
}

function add(all: readonly Estimated[]): Estimated {
  const sum = (of: (one: Estimated) => number) => all.reduce((total, one) => total + of(one), 0);
  return {value: sum((one) => one.value), interval: [sum((one) => one.interval[0]), sum((one) => one.interval[1])]};
}
