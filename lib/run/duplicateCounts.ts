import {literal, rows, withDuckDB} from "../io/duckdb.js";
import type {Artefacts} from "./artefacts.js";

/** What was removed from a data set as a duplicate, in counts. */
export interface DuplicateCounts {
  /** removed samples by kind and hundredth of the similarity, rounded down */
  similarities: {kind: "exact" | "near"; jaccard: number; members: number}[];
  /** clusters by size, the kept one included */
  sizes: {size: number; clusters: number}[];
  /** by generator: drafts that came as far as this, and those removed */
  generators: {generator: string; drafts: number; exact: number; near: number}[];
}

/** Counts a data set's cluster map; null where there is none. */
export async function duplicateCounts({
  clusters,
  shards,
  rejects
}: Pick<Artefacts, "clusters" | "shards" | "rejects">): Promise<DuplicateCounts | null> {
  if (clusters === null || shards.length === 0) return null;
  const map = `read_parquet(${literal(clusters)})`;
  const list = (paths: readonly string[]) => `read_parquet([${paths.map(literal).join(", ")}], union_by_name = true)`;
  const drafts = [
    `SELECT origin, generator FROM ${list(shards)}`,
    ...(rejects.length === 0 ? [] : [`SELECT origin, generator FROM ${list(rejects)} WHERE stage = 'dedup'`])
  ].join(" UNION ALL ");
  return withDuckDB(async (connection) => {
    const read = async <T>(sql: string) => (await rows(connection, sql)) as unknown as T[];
    return {
      similarities: await read(
        `SELECT kind, floor(jaccard * 100)::INTEGER AS jaccard, count(*) AS members FROM ${map} GROUP BY ALL ORDER BY ALL`
      ),
      sizes: await read(
        `SELECT size, count(*) AS clusters FROM (SELECT count(*) + 1 AS size FROM ${map} GROUP BY representative) GROUP BY size ORDER BY size`
      ),
      generators: await read(
        `SELECT generator, count(*) AS drafts, count(*) FILTER (kind = 'exact') AS exact, count(*) FILTER (kind = 'near') AS near
         FROM (${drafts}) LEFT JOIN ${map} ON member = origin GROUP BY generator ORDER BY generator`
      )
    };
  });
}
