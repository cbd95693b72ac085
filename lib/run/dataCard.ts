import {readFile, stat} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {heldOutNgram} from "../curate/heldOutOverlap.js";
import {
  anchorRule,
  familyRule,
  generatorRule,
  shares,
  singleGeneratorWarnings,
  type TierTokens
} from "../curate/rules.js";
import {endpointFamily, familiesVersion} from "../endpoints/families.js";
import {literal, rows, type Row} from "../io/duckdb.js";
import {sha256File} from "../io/sha256.js";
import {AuditResult} from "../schema/audit.js";
import {RunCalibrations} from "../schema/calibration.js";
import {DataCard} from "../schema/card.js";
import {tiers, type Tier} from "../schema/tier.js";
import {rejectColumns, sampleColumns} from "./columns.js";
import type {Contamination} from "./contamination.js";
import {criticFigures} from "./criticFigures.js";
import {auditFile, calibrationFile, datasetFiles, rejectsOf, shardsOf} from "./datasetFiles.js";
import {Manifest} from "./manifest.js";
import {mediaFacts} from "./media.js";
import {joinedHash, type CardSource} from "./shardCard.js";

/** Share of all drafts above which one cluster of duplicates is worth a warning. */
const largeCluster = 0.05;

/**
 * The card of a whole data set, read back from its files: shards, shard cards, rejects and meta must be in place.
 * Whoever has the files comes to the same card.
 *
 * @throws RangeError where nothing was kept, or the recipe's mix gives weight to a tier without tokens
 */
export async function dataCard(
  connection: DuckDBConnection,
  {folder, recipe, tokenizer}: CardSource
): Promise<DataCard> {
  const files = await datasetFiles(folder);
  const at = (path: string) => literal(join(folder, path));
  const all = (paths: readonly string[], columns: Readonly<Record<string, string>>) =>
    paths.length === 0
      ? `(SELECT ${Object.entries(columns)
          .map(([name, type]) => `NULL::${type} AS "${name}"`)
          .join(", ")} WHERE false)`
      : `read_parquet([${paths.map(at).join(", ")}])`;
  const kept = all(shardsOf(files), sampleColumns);
  const rejects = all(rejectsOf(files), rejectColumns);
  const ask = (sql: string) => rows(connection, sql);
  const count = async (from: string) => (await ask(`SELECT count(*) AS n FROM ${from}`))[0].n as number;

  const groups = (await ask(`
    SELECT domain, tier, generator, count(*) AS rows, sum(tokens)::BIGINT AS tokens, sum(generated)::BIGINT AS generated
    FROM ${kept} GROUP BY ALL ORDER BY ALL`)) as unknown as Group[];
  if (groups.length === 0) throw new RangeError("expected at least one kept sample, got none");
  const refused = (await ask(
    `SELECT generator, stage, reason, count(*) AS n FROM ${rejects} GROUP BY ALL ORDER BY ALL`
  )) as unknown as {generator: string; stage: string; reason: string; n: number}[];
  const families = await ask(`
    SELECT generator, min(family) AS family FROM (SELECT generator, family FROM ${kept} UNION ALL SELECT generator, family FROM ${rejects})
    GROUP BY generator ORDER BY generator`);
  const tokens = sum(groups, "tokens");
  const keptRows = sum(groups, "rows");
  const rejected = refused.reduce((total, {n}) => total + n, 0);
  const totals = (of: readonly Group[]) => ({
    rows: sum(of, "rows"),
    tokens: sum(of, "tokens"),
    generated: sum(of, "generated"),
    share: tokens === 0 ? 0 : sum(of, "tokens") / tokens
  });
  const byTier = Object.fromEntries(tiers.map((tier) => [tier, totals(groups.filter((g) => g.tier === tier))]));
  const dedup = await clusters(connection, join(folder, "meta", "clusters.parquet"));
  const domains = [...new Set(groups.map(({domain}) => domain))];
  const warnings = singleGeneratorWarnings(
    Object.fromEntries(domains.map((domain) => [domain, byGenerator(groups.filter((g) => g.domain === domain))]))
  );
  if (dedup.largestCluster > largeCluster * (keptRows + rejected))
    warnings.push(`one cluster of duplicates holds ${dedup.largestCluster} of ${keptRows + rejected} drafts`);
  const manifest = Manifest.parse(await json("meta/manifest.json"));
  const {fullBands} = manifest;
  if (fullBands > 0)
    warnings.push(
      `bands were full ${fullBands} times: some near duplicates may have been missed, none was removed wrongly`
    );

  const models = files.includes("meta/requests.parquet") ? await askedModels() : null;

  return DataCard.parse({
    version: 1,
    name: recipe.name,
    description: recipe.description,
    license: recipe.license,
    publishText: recipe.publishText,
    recipeSha256: await sha256File(join(folder, "meta", "recipe.yaml")),
    seed: recipe.seed,
    tokenizer: {id: tokenizer.id, sha256: tokenizer.sha256},
    counts: {
      generated: keptRows + rejected,
      kept: keptRows,
      rejected,
      byReason: tally(refused, "reason"),
      byGenerator: Object.fromEntries(
        families.map(({generator, family}) => {
          const no = refused.filter((row) => row.generator === generator);
          const yes = sum(
            groups.filter((g) => g.generator === generator),
            "rows"
          );
          const all = yes + no.reduce((total, {n}) => total + n, 0);
          return [generator, {family, generated: all, kept: yes, rejected: tally(no, "stage")}];
        })
      )
    },
    tokens,
    syntheticShare: tokens === 0 ? 0 : sum(groups, "generated") / tokens,
    anchorShare: tokens === 0 ? 0 : (byTier.T0.tokens + byTier.T1.tokens) / tokens,
    tiers: byTier,
    domains: Object.fromEntries(domains.map((domain) => [domain, totals(groups.filter((g) => g.domain === domain))])),
    rules: await ruleChecks(),
    warnings,
    seeds: await seedSets(),
    heldOut: {
      seeds: await count(`read_parquet(${at("meta/heldout.parquet")})`),
      ngram: heldOutNgram,
      rejected: refused.filter(({reason}) => reason === "held-out-overlap").reduce((total, {n}) => total + n, 0)
    },
    contamination: manifest.benchmarks.length === 0 ? null : await searched(),
    models,
    dedup: {...recipe.dedup, ...dedup},
    ...(files.includes(auditFile) ? {audit: AuditResult.parse(await json(auditFile))} : {}),
    media: await mediaFacts(folder),
    files: await fileFacts()
  });

  async function json(path: string): Promise<unknown> {
    return JSON.parse(await readFile(join(folder, path), "utf8"));
  }

  async function searched(): Promise<DataCard["contamination"]> {
    const {documents, blocked, benchmarks} = (await json("meta/contamination.json")) as Contamination;
    return {
      ...{documents, blocked: blocked ?? 0, block: recipe.contamination.block},
      benchmarks: benchmarks.map(({benchmark, items, sealed, contaminated, documents: found}) => ({
        ...{benchmark, items, sealed, contaminated, documents: found}
      }))
    };
  }

  async function askedModels(): Promise<DataCard["models"]> {
    const asked = await ask(`
      SELECT role, endpoint, sum(requests)::BIGINT AS requests, sum(input)::BIGINT AS input, sum(output)::BIGINT AS output,
        count(DISTINCT origin) AS drafts, count(DISTINCT origin) FILTER (kept) AS kept
      FROM read_parquet(${at("meta/requests.parquet")}) GROUP BY role, endpoint ORDER BY role, endpoint`);
    const votes = files.includes("meta/votes.parquet") ? `read_parquet(${at("meta/votes.parquet")})` : null;
    const words = ["pass", "fail", "abstain", "void"].map((word) => `count(*) FILTER (answer = '${word}') AS ${word}`);
    const judged = await judgedBy(votes);
    return {
      families: familiesVersion,
      asked: asked.map(({endpoint: id, ...counts}) => {
        const endpoint = recipe.endpoints.find((one) => one.id === id)!;
        const {model, weights, output} = endpoint;
        const facts = {endpoint: id, model, weights, family: endpointFamily(endpoint), terms: output};
        return {...counts, ...facts} as NonNullable<DataCard["models"]>["asked"][number];
      }),
      votes: (votes === null
        ? []
        : await ask(
            `SELECT critic, judge, ${words.join(", ")} FROM ${votes} GROUP BY critic, judge ORDER BY critic, judge`
          )) as NonNullable<DataCard["models"]>["votes"],
      disagreements:
        votes === null
          ? 0
          : await count(`(
              SELECT DISTINCT origin FROM (
                SELECT origin FROM ${votes} GROUP BY origin, critic
                HAVING bool_or(answer = 'pass') AND bool_or(answer = 'fail')))`),
      ...judged
    };
  }

  async function judgedBy(votes: string | null) {
    if (votes === null) return {calibration: [], yields: [], agreement: []};
    const calibrations = files.includes(calibrationFile)
      ? RunCalibrations.parse(await json(calibrationFile))
      : {critics: [], files: []};
    const drafts = `(SELECT origin, verdicts FROM ${kept} UNION ALL SELECT origin, verdicts FROM ${rejects})`;
    const {warnings: more, ...judged} = await criticFigures(connection, {votes, drafts}, {recipe, calibrations});
    warnings.push(...more);
    return judged;
  }

  async function ruleChecks() {
    const tierTokens = Object.fromEntries(
      tiers.map((tier) => {
        const of = groups.filter((g) => g.tier === tier);
        return [tier, {tokens: sum(of, "tokens"), generators: byGenerator(of)}];
      })
    ) as unknown as TierTokens;
    const own = "len(list_filter(verdicts, v -> v.family = family)) > 0";
    const breaches =
      (await count(`(SELECT 1 FROM ${kept} WHERE ${own})`)) + (await count(`(SELECT 1 FROM ${rejects} WHERE ${own})`));
    const share = shares(tierTokens, recipe.mix);
    return [
      anchorRule(share, recipe.rules.anchor),
      generatorRule(tierTokens, share, recipe.rules.generators),
      familyRule(breaches)
    ];
  }

  async function seedSets() {
    const sets = [];
    for (const {id, source, license, kind, domain} of recipe.seeds) {
      const train = `read_parquet(${at("meta/seeds.parquet")}) WHERE source = ${literal(id)}`;
      const heldOut = `read_parquet(${at("meta/heldout.parquet")}) WHERE source = ${literal(id)}`;
      sets.push({
        ...{id, source, license, kind, domain},
        train: await count(train),
        heldOut: await count(heldOut),
        sha256: await joinedHash(connection, `SELECT sha256 AS hash FROM ${train} ORDER BY sha256`)
      });
    }
    return sets;
  }

  async function fileFacts() {
    const facts: DataCard["files"] = {};
    for (const path of files) {
      const whole = join(folder, path);
      facts[path] = {
        sha256: await sha256File(whole),
        bytes: (await stat(whole)).size,
        rows: path.endsWith(".parquet") ? await count(`read_parquet(${at(path)})`) : null
      };
    }
    return facts;
  }
}

interface Group {
  domain: string;
  tier: Tier;
  generator: string;
  rows: number;
  tokens: number;
  generated: number;
}

function sum(groups: readonly Group[], field: "rows" | "tokens" | "generated"): number {
  return groups.reduce((total, group) => total + group[field], 0);
}

function byGenerator(groups: readonly Group[]): Record<string, number> {
  const out: Record<string, number> = {};
  for (const {generator, generated} of groups) out[generator] = (out[generator] ?? 0) + generated;
  return out;
}

function tally<K extends string>(counted: readonly (Record<K, string> & {n: number})[], by: K): Record<string, number> {
  const out: Record<string, number> = {};
  for (const row of counted) out[row[by]] = (out[row[by]] ?? 0) + row.n;
  return out;
}

async function clusters(connection: DuckDBConnection, path: string): Promise<Row & {largestCluster: number}> {
  const [counted] = await rows(
    connection,
    `SELECT coalesce(sum((kind = 'exact')::INTEGER), 0)::BIGINT AS exact, coalesce(sum((kind = 'near')::INTEGER), 0)::BIGINT AS near,
       count(DISTINCT representative) AS clusters,
       coalesce((SELECT max(n) + 1 FROM (SELECT count(*) AS n FROM read_parquet(${literal(path)}) GROUP BY representative)), 0) AS "largestCluster"
     FROM read_parquet(${literal(path)})`
  );
  return counted as Row & {largestCluster: number};
}
