import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import type {Artefacts} from "./artefacts.js";
import type {Shown} from "./shownShards.js";

/** Clusters that a page holds at most, the largest, and members of each, the least similar first. */
const mostClusters = 300;
const mostMembers = 20;

/** Characters of a text that a page shows. */
const excerpt = 20_000;

/**
 * Writes the largest clusters of duplicates for a page, a row a removed sample: what it was compared with, how similar
 * the two are, what decided which one stayed, and both texts where they may be published.
 *
 * @param options.text whether text may be published
 */
export async function writeClusters(
  path: string,
  {clusters, shards, rejects}: Pick<Artefacts, "clusters" | "shards" | "rejects">,
  {text}: {text: boolean}
): Promise<Shown> {
  return withDuckDB(async (connection) => {
    const shown = (side: string) => (text ? `left(${side}.text, ${excerpt})` : "NULL::VARCHAR");
    const of = (paths: readonly string[]) =>
      paths.length === 0
        ? "(SELECT '' AS origin, '' AS text, '' AS ceiling, '' AS generator, '' AS domain WHERE false)"
        : `(SELECT origin, text, ceiling, generator, domain FROM read_parquet([${paths.map(literal).join(", ")}], union_by_name = true))`;
    const map =
      clusters === null
        ? "(SELECT '' AS member, '' AS representative, 0::DOUBLE AS jaccard, '' AS kind WHERE false)"
        : `read_parquet(${literal(clusters)})`;
    await connection.run(`
      COPY (
        SELECT d.representative, d.size, d.member, d.kind, d.jaccard, kept.domain,
          kept.generator AS kept_generator, kept.ceiling AS kept_ceiling, gone.generator AS generator, gone.ceiling AS ceiling,
          ${shown("kept")} AS kept_text, ${shown("gone")} AS text
        FROM (
          SELECT *, dense_rank() OVER (ORDER BY size DESC, representative) AS place,
            row_number() OVER (PARTITION BY representative ORDER BY jaccard, member) AS n
          FROM (SELECT *, count(*) OVER (PARTITION BY representative) + 1 AS size FROM ${map})
        ) AS d
          JOIN ${of(shards)} AS kept ON kept.origin = d.representative
          JOIN ${of(rejects)} AS gone ON gone.origin = d.member
        WHERE d.place <= ${mostClusters} AND d.n <= ${mostMembers}
        ORDER BY d.place, d.n
      ) TO ${literal(path)} (${parquetOptions})`);
    const [{n}] = await rows(connection, `SELECT count(*) AS n FROM ${map}`);
    const [{m}] = await rows(connection, `SELECT count(*) AS m FROM read_parquet(${literal(path)})`);
    return {rows: m as number, of: n as number};
  });
}
