import {copyFile, mkdir} from "node:fs/promises";
import {basename, join, resolve, sep} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {stringify} from "yaml";
import {Pictures} from "../endpoints/pictures.js";
import {anchorRule, familyRule, generatorRule, refuse, shares, type TierTokens} from "../curate/rules.js";
import {writeAtomic} from "../io/atomic.js";
import {literal, openDuckDB, rows} from "../io/duckdb.js";
import {fromJsonl, parquetOptions} from "../io/parquet.js";
import {sha256File} from "../io/sha256.js";
import type {RunCalibrations} from "../schema/calibration.js";
import type {DataCard} from "../schema/card.js";
import type {RuleCheck} from "../schema/plan.js";
import type {Recipe} from "../schema/recipe.js";
import {tiers} from "../schema/tier.js";
import {canonicalJson} from "../text/json.js";
import type {Tokenizer} from "../text/tokenizer.js";
import {writeCards} from "./cards.js";
import {judgedColumns} from "./columns.js";
import {purge} from "./dedupTable.js";
import type {StepYield} from "./acceptRounds.js";
import type {Manifest} from "./manifest.js";
import {copyMedia, mediaFolder, refuseSamePictures} from "./media.js";
import type {PiiGuard} from "./piiGuard.js";
import {refusePiiLeaks, stagedFiles} from "./piiLeaks.js";
import {refuseFoundPii} from "./refuseFoundPii.js";
import {refuseContaminated, type BenchmarkFile} from "./refuseContaminated.js";
import type {Seeds} from "./seedStage.js";
import {numberChunks, stepYields} from "./stepYields.js";
import {writeShards} from "./writeShards.js";

/** What a data set is put together from. */
interface Assembly {
  recipe: Recipe;
  seeds: Seeds;
  /** files of the judged chunks, in the manifest's order */
  paths: readonly string[];
  /** its counts are filled in here */
  manifest: Manifest;
  tokenizer: Tokenizer;
  /** knows the personal data of the seeds */
  guard: PiiGuard;
  /** files of held-out items of others */
  benchmarks: readonly BenchmarkFile[];
  /** what gold sets say of judges */
  calibrations: RunCalibrations;
  /** where the recipe's relative paths start */
  folder: string;
  workers: number;
  /** folder of the data set as it was before, if it was */
  out: string;
  /** folder to write into */
  staging: string;
  /** folder that large operations spill into */
  spill: string;
}

/** Drafts that are compared with each other. */
export interface Compared {
  /** what came of each step's drafts, by its number */
  yields(): Promise<Map<number, StepYield>>;
  /**
   * Puts the data set together in the staging folder: rules checked, shards, rejects, meta and cards written. Once.
   *
   * @throws Error naming each broken rule, its value and its bound; or the places, without the values, where personal data
   *   that was found in a seed or a draft is in a file
   */
  assemble(): Promise<DataCard>;
  /** Ends it; what was assembled stays. */
  close(): void;
}

/**
 * Compares drafts with each other and with what none may hold, and refuses duplicates. Memory does not grow with the data:
 * tables that do not fit are spilled.
 */
export async function compareDrafts(assembly: Assembly): Promise<Compared> {
  const {manifest, staging, spill} = assembly;
  await mkdir(join(staging, "meta"), {recursive: true});
  const {connection, connect, close} = await openDuckDB({temporary: spill});
  try {
    await compare(connection, assembly);
    await numberChunks(connection, manifest);
  } catch (error) {
    close();
    throw error;
  }
  return {yields: () => stepYields(connection), assemble: () => write(connection, connect, assembly), close};
}

/** @param connect another connection to the same tables */
async function write(
  connection: DuckDBConnection,
  connect: () => Promise<DuckDBConnection>,
  assembly: Assembly
): Promise<DataCard> {
  const {recipe, seeds, manifest, tokenizer, guard, staging} = assembly;
  await refuseSurplus(connection, assembly);
  refuse(await checkRules(connection, recipe));
  await expectAll(connection);
  const meta = (name: string) => join(staging, "meta", name);
  await mkdir(join(staging, "meta"), {recursive: true});
  // One thread a file, so that row groups end at the same rows on every machine, and two files at once.
  await connection.run("SET threads = 1");
  const writeLists = async () => {
    const beside = await connect();
    try {
      for (const list of ["votes", "requests"] as const) await writeOfDrafts(beside, list, meta(`${list}.parquet`));
    } finally {
      beside.closeSync();
    }
  };
  // Both are waited for, also where one fails: no connection may be closed while a statement runs.
  const written = await Promise.allSettled([writeShards(connection, staging, recipe.shard.rows), writeLists()]);
  for (const one of written) if (one.status === "rejected") throw one.reason;
  const before = [resolve(assembly.folder, recipe.answers), assembly.out].map((place) => new Pictures(place));
  await copyMedia(connection, {from: before, to: staging});
  await connection.run(
    `COPY (SELECT * FROM duplicates ORDER BY member) TO ${literal(meta("clusters.parquet"))} (${parquetOptions})`
  );
  if (assembly.calibrations.files.length > 0)
    await writeAtomic(meta("calibration.json"), `${canonicalJson(assembly.calibrations, 2)}\n`);
  await copyFile(seeds.trainParquet, meta("seeds.parquet"));
  await copyFile(seeds.heldOutParquet, meta("heldout.parquet"));
  await writeAtomic(meta("manifest.json"), `${canonicalJson(manifest, 2)}\n`);
  await writeAtomic(meta("recipe.yaml"), stringify(recipe));
  const card = await writeCards(connection, {folder: staging, recipe, tokenizer});
  const texts = (await stagedFiles(staging)).filter((path) => !path.startsWith(join(staging, mediaFolder) + sep));
  await refusePiiLeaks(texts, guard.found, {folder: staging});
  return card;
}

/** Reads the drafts, and refuses what does not stand beside the others. */
async function compare(connection: DuckDBConnection, assembly: Assembly): Promise<void> {
  const {recipe, manifest, guard, staging, spill, workers} = assembly;
  await readChunks(connection, assembly);
  await refuseFoundPii(connection, guard, join(staging, "redacted.jsonl"));
  await refuseContaminated(connection, recipe, {files: assembly.benchmarks, ...assembly});
  manifest.fullBands = await refuseDuplicates(connection, recipe, {folder: join(spill, "duplicates"), workers});
  await refuseSamePictures(connection);
}

/** Refuses what a step has kept beyond what it was to keep: the drafts of each seed that were asked for last go first. */
async function refuseSurplus(connection: DuckDBConnection, {recipe}: Assembly): Promise<void> {
  for (const [step, {accept}] of recipe.generate.entries()) {
    if (accept === undefined) continue;
    await connection.run(`
      UPDATE drafts SET stage = 'quota', reason = 'beyond-quota', detail = 'expected ${accept} kept samples, got more'
      WHERE origin IN (
        SELECT origin FROM drafts JOIN chunks USING (chunk) WHERE step = ${step} AND stage = ''
        ORDER BY regexp_extract(origin, '[0-9]+$')::INTEGER, origin OFFSET ${accept})`);
  }
}

/** A list of the drafts as a table of its own, with each one's origin; no file where no draft has any. */
async function writeOfDrafts(connection: DuckDBConnection, list: "votes" | "requests", path: string): Promise<void> {
  const [{n}] = await rows(connection, `SELECT coalesce(sum(len(${list})), 0)::BIGINT AS n FROM drafts`);
  if (n === 0) return;
  await connection.run(`
    COPY (
      SELECT origin, unnest(${list}, recursive := true), stage = '' AS kept FROM drafts ORDER BY ALL
    ) TO ${literal(path)} (${parquetOptions})`);
}

async function readChunks(connection: DuckDBConnection, {paths, manifest}: Assembly): Promise<void> {
  // Beside DuckDB, which reads the same files.
  const hashed = hashesOf(paths);
  hashed.catch(() => {});
  // In batches: a statement that names a million files would be slow to parse.
  for (let i = 0; i < paths.length; i += 1000) {
    const lines = fromJsonl(paths.slice(i, i + 1000), judgedColumns).replace(/\)$/, ", filename = true)");
    const read = `SELECT parse_filename(filename) AS chunk, * EXCLUDE (filename) FROM ${lines}`;
    await connection.run(i === 0 ? `CREATE TABLE drafts AS ${read}` : `INSERT INTO drafts ${read}`);
  }
  const counted = await rows(
    connection,
    "SELECT chunk, count(*) AS drafts, count(*) FILTER (tier IS NULL) AS refused FROM drafts GROUP BY chunk"
  );
  const byName = new Map(counted.map((row) => [row.chunk as string, row]));
  const hashes = await hashed;
  for (const [i, path] of paths.entries()) {
    const {drafts = 0, refused = 0} = (byName.get(basename(path)) ?? {}) as {drafts?: number; refused?: number};
    Object.assign(manifest.chunks[i], {sha256: hashes[i], drafts, refused});
  }
}

async function hashesOf(paths: readonly string[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const path of paths) hashes.push(await sha256File(path));
  return hashes;
}

/**
 * Refuses all but one of each cluster of duplicates; leaves the cluster map in the table `duplicates`.
 *
 * @returns as purge does
 */
async function refuseDuplicates(
  connection: DuckDBConnection,
  {dedup}: Recipe,
  {folder, workers}: {folder: string; workers: number}
): Promise<number> {
  const {shingle: size, bands, rows: perBand, threshold} = dedup;
  const left = await purge(connection, {
    ...{size, bands, rows: perBand, threshold, folder, workers},
    from: `(
      SELECT origin AS key, text, ceiling, len(list_filter(verdicts, v -> NOT v.ok)) = 0 AS verified
      FROM drafts WHERE stage = '')`
  });
  await connection.run(`
    UPDATE drafts SET stage = 'dedup', reason = kind_of || '-duplicate', detail = 'of ' || representative
    FROM (SELECT member, representative, kind AS kind_of FROM duplicates) AS found WHERE drafts.origin = found.member`);
  return left;
}

/** The anti-collapse rules over what is kept, at the recipe's mix or, without one, at the natural shares. */
async function checkRules(connection: DuckDBConnection, {mix, rules}: Recipe): Promise<RuleCheck[]> {
  const counted = await rows(
    connection,
    "SELECT tier, generator, sum(tokens)::BIGINT AS tokens, sum(generated)::BIGINT AS generated FROM drafts WHERE stage = '' GROUP BY tier, generator"
  );
  if (counted.length === 0)
    throw new RangeError("expected at least one sample to keep, got none: see what the verifiers say");
  const tokens = Object.fromEntries(
    tiers.map((tier) => {
      const of = counted.filter((row) => row.tier === tier);
      return [
        tier,
        {
          tokens: of.reduce((sum, row) => sum + (row.tokens as number), 0),
          generators: Object.fromEntries(of.map((row) => [row.generator as string, row.generated as number]))
        }
      ];
    })
  ) as unknown as TierTokens;
  const [{breaches}] = await rows(
    connection,
    "SELECT count(*) AS breaches FROM drafts WHERE len(list_filter(verdicts, v -> v.family = family)) > 0"
  );
  const share = shares(tokens, mix);
  return [
    anchorRule(share, rules.anchor),
    generatorRule(tokens, share, rules.generators),
    familyRule(breaches as number)
  ];
}

/** Every draft is kept or refused with a reason, and origins are unique; anything else is a bug of ours. */
async function expectAll(connection: DuckDBConnection): Promise<void> {
  const [{total, kept, refused, silent, origins}] = await rows(
    connection,
    `SELECT count(*) AS total, count(*) FILTER (stage = '') AS kept, count(*) FILTER (stage <> '') AS refused,
       count(*) FILTER ((stage = '') <> (reason = '') OR (stage = '' AND tier IS NULL)) AS silent, count(DISTINCT origin) AS origins
     FROM drafts`
  );
  if ((kept as number) + (refused as number) !== total || silent !== 0 || origins !== total)
    throw new Error(
      `expected every draft to be kept or refused with a reason, got ${total} drafts of ${origins} origins: ${kept} kept, ${refused} refused, ${silent} without a reason`
    );
}
