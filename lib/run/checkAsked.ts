import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import type {Recipe} from "../schema/recipe.js";
import type {Findings} from "./findings.js";

/**
 * Checks what a data set says of its models' work against its samples: each request and each vote is about a sample or a
 * reject, is marked as kept exactly where that was kept (if only until people looked), and names an endpoint of the recipe.
 *
 * It cannot see a request or a vote that was left out, nor whether a model said what stands there.
 *
 * @param path meta/requests.parquet or meta/votes.parquet
 * @param options.endpoint its column that names an endpoint
 * @param options.kept @param options.rejects SQL of all kept and all refused rows
 */
export async function checkAsked(
  connection: DuckDBConnection,
  path: string,
  {
    folder,
    recipe,
    endpoint,
    kept,
    rejects
  }: {folder: string; recipe: Pick<Recipe, "endpoints">; endpoint: "endpoint" | "judge"; kept: string; rejects: string},
  findings: Findings
): Promise<void> {
  const file = `read_parquet(${literal(join(folder, path))})`;
  const drafts = `(
    SELECT origin, true AS was FROM ${kept} UNION ALL SELECT origin, stage = 'audit' AS was FROM ${rejects})`;
  const marked = await rows(
    connection,
    `SELECT DISTINCT asked.origin, asked.kept, drafts.was
     FROM ${file} AS asked LEFT JOIN ${drafts} AS drafts ON drafts.origin = asked.origin
     WHERE drafts.was IS NULL OR asked.kept IS DISTINCT FROM drafts.was
     ORDER BY asked.origin, asked.kept LIMIT ${findings.limit}`
  );
  for (const {origin, kept: got, was} of marked) {
    if (was === null) findings.add(path, origin as string, "origin", "the origin of a sample or a reject", origin);
    else findings.add(path, origin as string, "kept", was, got);
  }
  const known = ["''", ...recipe.endpoints.map(({id}) => literal(id))].join(", ");
  const unknown = await rows(
    connection,
    `SELECT origin, ${endpoint} AS id FROM ${file} WHERE ${endpoint} IS NULL OR ${endpoint} NOT IN (${known})
     ORDER BY ALL LIMIT ${findings.limit}`
  );
  for (const {origin, id} of unknown)
    findings.add(path, origin as string, endpoint, "an endpoint of the recipe", id ?? "nothing");
}
