import {createHash} from "node:crypto";
import {stat} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {tierRules} from "../curate/tier.js";
import {literal, rows, stream} from "../io/duckdb.js";
import {sha256, sha256File} from "../io/sha256.js";
import {ShardCard} from "../schema/card.js";
import type {Recipe} from "../schema/recipe.js";
import type {Tier} from "../schema/tier.js";
import {canonicalJson} from "../text/json.js";
import type {Tokenizer} from "../text/tokenizer.js";

/** What cards are made of beside the files. */
export interface CardSource {
  /** folder of the data set */
  folder: string;
  recipe: Recipe;
  tokenizer: Pick<Tokenizer, "id" | "sha256">;
}

/**
 * The card of one written shard, read back from its bytes and from meta/seeds.parquet: whoever has the files comes to
 * the same card.
 *
 * @param path relative, data/<domain>/<tier>/<name>.parquet
 */
export async function shardCard(
  connection: DuckDBConnection,
  path: string,
  {folder, recipe, tokenizer}: CardSource
): Promise<ShardCard> {
  const [, domain, tier] = path.split("/");
  const shard = `read_parquet(${literal(join(folder, path))})`;
  const seeds = `read_parquet(${literal(join(folder, "meta", "seeds.parquet"))})`;
  const ask = (sql: string) => rows(connection, sql);
  const [totals] = await ask(
    `SELECT count(*) AS rows, coalesce(sum(tokens), 0)::BIGINT AS tokens, coalesce(sum(generated), 0)::BIGINT AS generated FROM ${shard}`
  );
  return ShardCard.parse({
    version: 1,
    dataset: recipe.name,
    shard: {
      path,
      sha256: await sha256File(join(folder, path)),
      bytes: (await stat(join(folder, path))).size,
      ...totals
    },
    domain,
    tier: {id: tier, rule: tierRules[tier as Tier], policySha256: sha256(canonicalJson(recipe.policy))},
    seedHash: await joinedHash(connection, `SELECT DISTINCT hash FROM (${used(shard)}) ORDER BY hash`),
    // A seed that is not among the training seeds is named as unknown: `check` says which row holds it.
    seeds: await ask(`
      SELECT coalesce(source, 'unknown') AS source, coalesce(license, 'unknown') AS license, coalesce(kind, 'unknown') AS kind,
        count(DISTINCT hash) AS seeds, count(DISTINCT origin) AS rows
      FROM (${used(shard)}) LEFT JOIN ${seeds} AS seeds ON seeds.sha256 = hash
      GROUP BY ALL ORDER BY ALL`),
    generators: await ask(`
      SELECT generator AS id, family, version, count(*) AS rows, sum(tokens)::BIGINT AS tokens
      FROM ${shard} GROUP BY ALL ORDER BY ALL`),
    verifiers: await ask(`
      SELECT v.verifier AS id, v.family, v.version, v.sandbox, count(*) FILTER (v.ok) AS passed, count(*) FILTER (NOT v.ok) AS failed
      FROM (SELECT unnest(verdicts) AS v FROM ${shard}) GROUP BY ALL ORDER BY ALL`),
    tokenizer: {id: tokenizer.id, sha256: tokenizer.sha256}
  });
}

/** Each row's seeds: the one it was made from and those that its spans were copied from. */
function used(shard: string): string {
  return `SELECT origin, unnest(list_distinct(list_append(list_transform(spans, s -> s.seed), seed))) AS hash FROM ${shard}`;
}

/** sha256 of the hashes that a query yields, joined by newlines, streamed. */
export async function joinedHash(connection: DuckDBConnection, sql: string): Promise<string> {
  const hash = createHash("sha256");
  let before = "";
  for await (const batch of stream(connection, sql)) {
    if (batch.length === 0) continue;
    hash.update(before + batch.map((row) => row.hash as string).join("\n"));
    before = "\n";
  }
  return hash.digest("hex");
}
