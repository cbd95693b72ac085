import {availableParallelism} from "node:os";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {jaccard, shingleSet} from "../dedup/jaccard.js";
import {createShingler} from "../dedup/shingles.js";
import {literal, rows} from "../io/duckdb.js";
import type {Recipe} from "../schema/recipe.js";
import {purge} from "./dedupTable.js";
import type {Findings} from "./findings.js";
import {samePicture} from "./media.js";

const map = "meta/clusters.parquet";

/**
 * Re-derives the cluster map: each member is a reject of the dedup stage and each such reject (those of one picture aside) a member, each
 * representative is kept or was refused by people later, each similarity is the exact one. Then no two kept samples are duplicates, and no two rows
 * have one origin.
 *
 * @param temporary folder for what does not fit memory
 * @param kept @param rejects SQL of all kept and all refused rows
 */
export async function checkDuplicates(
  connection: DuckDBConnection,
  {
    folder,
    temporary,
    recipe,
    kept,
    rejects
  }: {folder: string; temporary: string; recipe: Recipe; kept: string; rejects: string},
  findings: Findings
): Promise<void> {
  const {threshold, shingle, bands, rows: perBand} = recipe.dedup;
  const shingles = createShingler({size: shingle});
  const set = (text: unknown) => shingleSet(shingles(text as string));
  const page = 1024;
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE mapped AS
      SELECT row_number() OVER (ORDER BY coalesce(c.member, r.origin)) AS n, c.*, r.origin, r.id, r.reason, r.text AS removed, k.id AS kept_id, k.text AS kept
      FROM read_parquet(${literal(join(folder, map))}) AS c
        FULL JOIN (SELECT origin, id, reason, text FROM ${rejects} WHERE stage = 'dedup' AND reason <> '${samePicture}') AS r ON r.origin = c.member
        LEFT JOIN (
          SELECT origin, id, text FROM ${kept} UNION ALL SELECT origin, id, text FROM ${rejects} WHERE stage = 'audit'
        ) AS k ON k.origin = c.representative
      ORDER BY n`);
  for (let from = 1; ; from += page) {
    const read = await rows(connection, `SELECT * FROM mapped WHERE n >= ${from} AND n < ${from + page} ORDER BY n`);
    if (read.length === 0) break;
    for (const row of read) {
      const member = (row.member ?? row.origin) as string;
      const add = (field: string, expected: unknown, got: unknown) => findings.add(map, member, field, expected, got);
      if (row.member === null) add("member", "every reject of the dedup stage", "nothing about it");
      else if (row.origin === null) add("member", "a reject of the dedup stage", member);
      else if (row.kept === null)
        add("representative", "the origin of a sample that was kept, if only until people looked", row.representative);
      else {
        if (row.reason !== `${row.kind as string}-duplicate`) add("kind", row.reason, row.kind);
        const exact = row.id === row.kept_id;
        if (exact !== (row.kind === "exact")) add("kind", exact ? "exact" : "near", row.kind);
        const similarity = exact ? 1 : jaccard(set(row.removed), set(row.kept));
        if (similarity !== row.jaccard) add("jaccard", similarity, row.jaccard);
        if (similarity < threshold) add("jaccard", `at least ${threshold}`, similarity);
      }
    }
  }
  await connection.run("DROP TABLE temp.mapped");

  await purge(connection, {
    ...{threshold, bands, rows: perBand, size: shingle, workers: availableParallelism()},
    folder: join(temporary, "duplicates"),
    from: `(SELECT origin AS key, text, ceiling, true AS verified FROM ${kept})`
  });
  const twins = await rows(connection, `SELECT * FROM duplicates ORDER BY member LIMIT ${findings.limit}`);
  for (const {member, representative, jaccard: similarity} of twins)
    findings.add(
      "data/",
      member as string,
      "text",
      `no duplicate among the kept samples`,
      `Jaccard ${similarity as number} to ${representative as string}`
    );

  const shared = await rows(
    connection,
    `SELECT origin, count(*) AS n FROM (SELECT origin FROM ${kept} UNION ALL SELECT origin FROM ${rejects})
     GROUP BY origin HAVING count(*) > 1 ORDER BY origin LIMIT ${findings.limit}`
  );
  for (const {origin, n} of shared) findings.add("data/", origin as string, "origin", "one row of this origin", n);
}
