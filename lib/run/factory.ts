import {existsSync} from "node:fs";
import {appendFile, mkdir, readdir, readFile, rm} from "node:fs/promises";
import {availableParallelism, hostname, platform} from "node:os";
import {dirname, join} from "node:path";
import type {Models} from "../endpoints/models.js";
import {generators} from "../generate/generators.js";
import {builtinTokenizer, packageFolder} from "../io/assets.js";
import {writeAtomic} from "../io/atomic.js";
import {withLock} from "../io/lock.js";
import {sha256} from "../io/sha256.js";
import type {DataCard} from "../schema/card.js";
import type {Recipe} from "../schema/recipe.js";
import {canonicalJson} from "../text/json.js";
import {verifiers} from "../verify/verifiers.js";
import {compareDrafts, type Compared} from "./assemble.js";
import {planChunks, type Round} from "./chunkPlan.js";
import {codeHash} from "./codeHash.js";
import {auditFile} from "./datasetFiles.js";
import {intactCard, previousManifest, runStamp} from "./finishedRun.js";
import {indexHeldOut} from "./heldOut.js";
import {chunkPath, makeChunks} from "./makeChunks.js";
import {makeRounds} from "./makeRounds.js";
import {manifestOf} from "./manifestOf.js";
import {createPiiGuard} from "./piiGuard.js";
import {piiKeyFile} from "./piiKeyFile.js";
import {publish} from "./publish.js";
import {answersAhead, modelsOf, withModels} from "./recipeModels.js";
import {benchmarkFiles} from "./refuseContaminated.js";
import {readSeeds} from "./seedStage.js";
import {spentInWords} from "./spentInWords.js";
import {addUsages, type VerifierUsage} from "./verifierUsage.js";

interface FactoryOptions {
  recipe: Recipe;
  /** where the recipe's relative paths start */
  folder: string;
  /** folder of the data set */
  out: string;
  workers?: number;
  /** take answers of models that are kept, and no other: one that is missing ends the run */
  offline?: boolean;
  /** wait for another run in the same folder instead of refusing */
  wait?: boolean;
  log?: (line: string) => void;
  now?: () => number;
}

/**
 * Runs the factory: seeds, drafts, verdicts, tiers, duplicates, shards, cards. What a killed run finished is found again
 * in DIR/.store, and the data set is the same bytes whatever the number of workers, killed and resumed or not.
 *
 * @returns the data set's card, and whether anything had to be written
 * @throws Error when another run is at work in the folder (naming its process), or a rule refuses the mix; an older data
 *   set in the folder then stays as it was
 */
export async function runFactory({
  wait = false,
  ...options
}: FactoryOptions): Promise<{card: DataCard; changed: boolean}> {
  const ended = new AbortController();
  try {
    return await withLock(join(options.out, ".store", "lock"), () => run(options, ended.signal), {wait});
  } catch (error) {
    if (!/ENOSPC|EDQUOT|no space left/i.test((error as Error).message)) throw error;
    throw new Error(
      `${options.out}: expected room on the disk, got none left (${(error as Error).message.split("\n")[0]}); what is finished is kept: free some and run the same command again`,
      {cause: error}
    );
  } finally {
    ended.abort();
  }
}

async function run(
  {
    recipe,
    folder,
    out,
    workers = availableParallelism(),
    offline = false,
    log = () => {},
    now = Date.now
  }: Omit<FactoryOptions, "wait">,
  signal: AbortSignal
): Promise<{card: DataCard; changed: boolean}> {
  const started = now();
  const store = join(out, ".store");
  const code = codeHash();
  const home = join(store, code.slice(0, 16));
  const chunks = join(home, "chunks");
  const staging = join(store, "staging");
  await clear(store, staging);

  const finished = join(store, "finished");
  // Where a run has ended and left chunks, most likely nothing has changed, and no answer is wanted.
  const ahead = existsSync(finished) && existsSync(chunks) ? undefined : answersAhead(recipe, folder, signal);
  const tokenizer = builtinTokenizer();
  const piiKey = await piiKeyFile(recipe, folder, store);
  const guard = createPiiGuard(recipe, {key: piiKey, tokenizer});
  const seeds = await readSeeds(recipe, folder, join(home, "seeds"), guard, (heldOut) => indexHeldOut(heldOut, recipe));
  const read = now();
  for (const set of seeds.sets)
    log(`${set.id}: ${set.train} training seeds, ${set.heldOut} held out${left(set.dropped)}`);

  const used = await modelsOf(recipe, folder);
  const {calibrations} = used;
  const {version} = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {version: string};
  const versions = {ballast: version, tokenizer: tokenizer.sha256};
  const benchmarks = await benchmarkFiles(recipe, folder);
  const plan = (rounds: readonly Round[]) => {
    const tasks = planChunks(recipe, seeds, {generators, verifiers}, {versions, piiKey, asked: used, rounds});
    const content = {
      ...{recipe, versions, seeds: seeds.key},
      benchmarks: benchmarks.map((one) => one.sha256),
      ...(calibrations.files.length > 0 && {calibrations: calibrations.files.map((file) => file.sha256)}),
      chunks: tasks.map((task) => task.key)
    };
    return {tasks, key: sha256(canonicalJson(content))};
  };
  const roundsPath = join(home, "rounds", `${plan([]).key}.json`);
  let rounds = await readRounds(roundsPath);
  let {tasks, key} = plan(rounds);
  const before = await previousManifest(out);
  const old = await intactCard(out);
  if (old !== null && (await readFile(finished, "utf8").catch(() => "")) === (await runStamp(out, code, key))) {
    log(`${out}: nothing has changed`);
    return {card: old, changed: false};
  }

  const compare = async () =>
    compareDrafts({
      ...{recipe, seeds, tokenizer, guard, staging, benchmarks, calibrations, folder, out, workers},
      paths: tasks.map((task) => chunkPath(chunks, task)),
      manifest: manifestOf(tasks, {key, version, tokenizer, seeds, benchmarks}),
      spill: join(staging, ".spill")
    });
  let made = 0;
  let drafts = 0;
  const usage: VerifierUsage = {};
  const make = async (models: Models | null) => {
    const compared = await makeRounds(recipe, seeds.sets, {
      rounds,
      async make(all) {
        if (all.length > rounds.length) {
          ({tasks, key} = plan((rounds = all)));
          await mkdir(dirname(roundsPath), {recursive: true});
          await writeAtomic(roundsPath, `${JSON.stringify(all)}\n`);
        }
        const done = await makeChunks(tasks, {recipe, folder, seeds, piiKey, chunks, workers, models, benchmarks});
        made += done.made;
        drafts += done.drafts;
        addUsages(usage, done.usage);
        log(`${tasks.length} chunks, ${done.made} made now with ${done.drafts} drafts`);
      },
      compare,
      discard: () => rm(staging, {recursive: true, force: true})
    });
    return {compared, asked: models?.usage() ?? null};
  };
  let compared: Compared | null = null;
  try {
    const {compared: last, asked} = await withModels(recipe, {folder, seeds, benchmarks, offline, ahead}, make);
    if (asked !== null) log(spentInWords(asked.budget));
    for (const {endpoint, sent} of asked?.endpoints ?? [])
      if (sent.leftOut.length > 0)
        log(`${endpoint}: was asked without ${sent.leftOut.join(" and ")}, as it takes no value but its own`);
    const generated = now();

    compared = last ?? (await compare());
    const card = await compared.assemble();
    compared.close();
    compared = null;
    const audited = existsSync(join(out, auditFile));
    await publish(staging, out);
    if (audited)
      log(
        `${out}: what people said in an audit is not in the data set any more, as it was made anew; write it into this one with: ballast audit score ${out} --labels FILE --apply`
      );
    const written = now();
    await appendFile(
      join(out, "meta", "run.jsonl"),
      JSON.stringify({
        finished: new Date(written).toISOString(),
        seconds: {
          seeds: (read - started) / 1000,
          chunks: (generated - read) / 1000,
          assembly: (written - generated) / 1000
        },
        chunks: {made, reused: tasks.length - made},
        draftsPerSecond: made === 0 ? null : Math.round(drafts / ((generated - read) / 1000)),
        workers,
        usage,
        ...(asked === null ? {} : {models: asked}),
        peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
        node: process.version,
        platform: platform(),
        host: hostname(),
        code
      }) + "\n"
    );
    await writeAtomic(finished, await runStamp(out, code, key));
    await prune(store, home, new Set([...tasks, ...(before?.chunks ?? [])].map((chunk) => chunk.key)), seeds.key);
    return {card, changed: true};
  } finally {
    compared?.close();
    await rm(staging, {recursive: true, force: true});
  }
}

async function readRounds(path: string): Promise<readonly Round[]> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? [] : (JSON.parse(text) as Round[]);
}

function left(dropped: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(dropped).map(([reason, n]) => `${reason} ${n}`);
  return reasons.length === 0 ? "" : `; left out: ${reasons.join(", ")}`;
}

/** Removes what a killed run left half done. */
async function clear(store: string, staging: string): Promise<void> {
  await rm(staging, {recursive: true, force: true});
  for (const entry of await readdir(store, {recursive: true, withFileTypes: true})) {
    if (/\.partial(\.|$)/.test(entry.name))
      await rm(join(entry.parentPath ?? entry.path, entry.name), {recursive: true, force: true});
  }
}

/** Keeps the chunks of this data set and of the one before it: going back to the last recipe costs nothing. */
async function prune(store: string, home: string, keys: ReadonlySet<string>, seeds: string): Promise<void> {
  for (const entry of await readdir(store, {withFileTypes: true})) {
    const path = join(store, entry.name);
    if (entry.isDirectory() && path !== home) await rm(path, {recursive: true, force: true});
  }
  for (const name of await readdir(join(home, "chunks"))) {
    if (!keys.has(name.slice(0, 64))) await rm(join(home, "chunks", name));
  }
  for (const name of await readdir(join(home, "seeds"))) {
    if (name !== seeds) await rm(join(home, "seeds", name), {recursive: true, force: true});
  }
}
