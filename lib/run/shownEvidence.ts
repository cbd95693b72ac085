import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import type {Artefacts} from "./artefacts.js";
import type {Shown} from "./shownShards.js";

/** Samples that a page holds at most, of all generators and outcomes alike. */
const most = 3000;

/** Characters of a text that a page shows. */
const excerpt = 20_000;

const columns = ["at", "name", "id", "kind", "domain", "generator", "outcome", "text", "reference", "label"];

/**
 * Writes samples with all their evidence for a page: of every generator and every outcome (accepted, or refused by whom
 * and why) equally many, those with the smallest md5 of seed and place. Verdicts and mutants are JSON.
 *
 * @param options.text whether text may be published
 */
export async function writeEvidence(
  path: string,
  {evidence, shards, rejects}: Pick<Artefacts, "evidence" | "shards" | "rejects">,
  {text, seed = 1}: {text: boolean; seed?: number}
): Promise<Shown> {
  return withDuckDB(async (connection) => {
    const write = (query: string) => connection.run(`COPY (${query}) TO ${literal(path)} (${parquetOptions})`);
    const dataset = [...shards, ...rejects];
    if (evidence === null && dataset.length === 0) {
      const none = [...columns, "verdicts", "mutants"].map((name) => `'' AS "${name}"`).join(", ");
      await write(`SELECT * FROM (SELECT ${none}) WHERE false`);
      return {rows: 0, of: 0};
    }
    const from =
      evidence !== null
        ? `(SELECT * FROM read_parquet(${literal(evidence)}))`
        : `(SELECT origin AS "at", '' AS name, left(id, 16) AS id, kind, domain, generator, text, NULL::VARCHAR AS reference,
             NULL::BOOLEAN AS label, verdicts, NULL AS mutants
           FROM read_parquet([${dataset.map(literal).join(", ")}], union_by_name = true) WHERE len(verdicts) > 0)`;
    await connection.run(`
      CREATE TEMP TABLE judged AS
      SELECT *, CASE WHEN len(refusals) = 0 THEN 'accepted' ELSE refusals[1].verifier || ': ' || refusals[1].reason END AS outcome
      FROM (SELECT *, list_filter(verdicts, v -> NOT v.ok) AS refusals FROM ${from})`);
    // A detail quotes the text; what a mutant was is code of the text.
    const verdict = `struct_pack(verifier := v.verifier, version := v.version, ok := v.ok, reason := v.reason, score := v.score, detail := ${text ? "v.detail" : "''"}, sandbox := v.sandbox)`;
    const [{groups, n}] = await rows(
      connection,
      "SELECT count(DISTINCT (generator, outcome)) AS groups, count(*) AS n FROM judged"
    );
    const each = Math.max(1, Math.floor(most / Math.max(1, groups as number)));
    await write(`
      SELECT "at", name, id, kind, domain, generator, outcome,
        ${text ? `left(text, ${excerpt})` : "NULL::VARCHAR"} AS text, ${text ? `left(reference, ${excerpt})` : "NULL::VARCHAR"} AS reference,
        label::VARCHAR AS label,
        to_json(list_transform(verdicts, v -> ${verdict}))::VARCHAR AS verdicts,
        ${text ? "to_json(mutants)::VARCHAR" : "NULL::VARCHAR"} AS mutants
      FROM judged
      QUALIFY row_number() OVER (PARTITION BY generator, outcome ORDER BY md5(${literal(`${seed}:`)} || "at" || id), "at") <= ${each}
      ORDER BY outcome, generator, md5(${literal(`${seed}:`)} || "at" || id), "at"
      LIMIT ${most}`);
    const [{m}] = await rows(connection, `SELECT count(*) AS m FROM ${literal(path)}`);
    return {rows: m as number, of: n as number};
  });
}
