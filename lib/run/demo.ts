import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {availableParallelism} from "node:os";
import {join} from "node:path";
import {formats} from "../export/formats.js";
import {asset} from "../io/assets.js";
import {writeAtomic} from "../io/atomic.js";
import {withLock} from "../io/lock.js";
import {sha256, sha256File} from "../io/sha256.js";
import {Constraints} from "../mix/constraints.js";
import {optimize, tiersOf} from "../mix/optimize.js";
import {benchmarkOf} from "../scaling/benchmark.js";
import type {DataCard} from "../schema/card.js";
import type {Plan} from "../schema/plan.js";
import type {ProxyRecipe} from "../schema/proxyRecipe.js";
import {canonicalJson} from "../text/json.js";
import {codeHash} from "./codeHash.js";
import {datasetFacts} from "./datasetConstraints.js";
import {runFactory} from "./factory.js";
import {resultJson, writeResult} from "./fitFile.js";
import {fitRuns} from "./fitRuns.js";
import {loadHighs} from "./loadHighs.js";
import {runProxy} from "./proxy.js";
import {builtinProxyRecipe} from "./proxyRecipe.js";
import {readRecipe} from "./recipe.js";

export interface DemoOptions {
  /** folder of the data set, and of what is measured and decided on it */
  out: string;
  /** path of the recipe; the built-in one by default */
  recipe?: string;
  workers?: number;
  /** the proxy's experiments, "tiers" among them; the built-in ones by default */
  proxy?: ProxyRecipe;
  /** seconds after which the proxy drops whole replicates */
  timeLimit?: number;
  /** wait for another run in the same folder instead of refusing */
  wait?: boolean;
  log?: (line: string) => void;
}

/** Folders of lib/ whose code decides what comes after the data set. */
const folders = ["export", "mix", "proxy", "run", "scaling", "schema", "stats", "text"];

/** Benchmark that the weights are chosen on; they are reported on the others that the proxy measures. */
const chosenOn = "bpb_dev";

/**
 * The whole way but the site: the factory, the proxy's runs on its shards, the fit, the best weights under the
 * anti-collapse rules, and a configuration for every trainer we know. What is there already and depends on nothing that
 * changed is not made again.
 *
 * @returns the plan
 * @throws Error when another run is at work in the folder, naming its process, unless told to wait
 */
export async function makeDemo({wait = false, ...options}: DemoOptions): Promise<Plan> {
  return withLock(join(options.out, ".store", "demo.lock"), () => make(options), {wait});
}

async function make({
  out,
  recipe: recipePath = asset("recipes/demo.yaml"),
  workers = availableParallelism(),
  proxy: given,
  timeLimit,
  log = () => {}
}: Omit<DemoOptions, "wait">): Promise<Plan> {
  const {recipe, folder} = await readRecipe(recipePath);
  const {card} = await runFactory({recipe, folder, out, workers, log});
  const runs = join(out, "runs.parquet");
  const proxy = given ?? (await builtinProxyRecipe());
  const outside = proxy.heldOut.outside;
  const reportedOn = ["bpb_test", ...(outside === undefined ? [] : [outside.benchmark])];
  const measured = await key(out, ["data-card.json"], {proxy});
  if (!(await isMade(out, "runs", measured, [runs]))) {
    const {runs: n, dropped} = await runProxy({dir: out, out: runs, recipe: proxy, workers, timeLimit, log});
    log(`${n.length} runs measured`);
    // A run that lacks replicates is no answer to the same question: it is measured anew next time.
    if (dropped.length === 0) await setMade(out, "runs", measured);
    else log(`time limit: dropped replicates ${dropped.join(", ")}`);
  }

  const files = ["fit.json", "plan.json", ...formats.map(({file}) => join("config", file))].map((f) => join(out, f));
  const decided = await key(out, ["data-card.json", "runs.parquet"], {});
  if (await isMade(out, "plan", decided, files))
    return JSON.parse(await readFile(join(out, "plan.json"), "utf8")) as Plan;
  const [fit, ...others] = await Promise.all(
    [chosenOn, ...reportedOn].map(async (target) => {
      const {fit} = await fitRuns(runs, {
        target,
        shares: "share_T*",
        where: "experiment = 'tiers'",
        lowerIsBetter: benchmarkOf(target).lowerIsBetter
      });
      return {...fit, data: {...fit.data, source: "runs.parquet"}};
    })
  );
  await writeResult(join(out, "fit.json"), fit);
  log(`${fit.law} fits ${fit.target} best of ${fit.candidates.length} laws`);
  const constraints = Constraints.parse({
    anchor: recipe.rules.anchor,
    ...(await datasetFacts(out, tiersOf(fit))),
    heldOut: reportedOn
  });
  const best = await optimize(fit, {highs: loadHighs, constraints, others, sha256: sha256(resultJson(fit))});
  const covered = `measured on the domain ${proxy.domain}; within a tier the domains keep their natural shares`;
  const plan = {...best, schedule: best.schedule.map((phase) => ({...phase, note: `${phase.note}; ${covered}`}))};
  await writeResult(join(out, "plan.json"), plan);
  log(
    `weights ${Object.entries(plan.weights)
      .map(([tier, w]) => `${tier} ${w.toFixed(3)}`)
      .join(", ")}`
  );
  await writeConfigurations(out, plan, card, recipe.seed);
  await setMade(out, "plan", decided);
  return plan;
}

async function writeConfigurations(out: string, plan: Plan, card: DataCard, seed: number): Promise<void> {
  const planSha256 = sha256(resultJson(plan));
  for (const format of formats) {
    const {text, evidence} = format.render({plan, planSha256, data: {folder: ".", card}, seed});
    const path = join(out, "config", format.file);
    await writeAtomic(path, text);
    if (evidence !== null) await writeAtomic(`${path}.evidence.txt`, evidence);
  }
}

/** sha256 over the code, the files named and what else shapes a step. */
async function key(out: string, files: readonly string[], more: object): Promise<string> {
  const hashes = await Promise.all(files.map((file) => sha256File(join(out, file))));
  return sha256(canonicalJson({code: codeHash(folders, []), hashes, more}));
}

async function isMade(out: string, step: string, value: string, files: readonly string[]): Promise<boolean> {
  if (!files.every((file) => existsSync(file))) return false;
  const stored = await readFile(join(out, ".store", `${step}.key`), "utf8").catch(() => "");
  return stored === value;
}

async function setMade(out: string, step: string, value: string): Promise<void> {
  await writeAtomic(join(out, ".store", `${step}.key`), value);
}
