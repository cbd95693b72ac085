import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import type {Recipe} from "../schema/recipe.js";
import type {Findings} from "./findings.js";

const report = "meta/contamination.parquet";

/**
 * Compares the report on benchmark items with the rows: each trace is of a sample or a reject, what a blocking method tells
 * of is a reject, and each reject for this reason has such a trace. The benchmarks themselves are not here, so that a trace
 * that was left out is not found.
 *
 * @param kept @param rejects SQL of all kept and all refused rows
 */
export async function checkContamination(
  connection: DuckDBConnection,
  {folder, recipe, kept, rejects}: {folder: string; recipe: Recipe; kept: string; rejects: string},
  findings: Findings
): Promise<void> {
  const blocks = recipe.contamination.block.map(literal).join(", ");
  const traces = `(SELECT document, bool_or(method IN (${blocks === "" ? "NULL" : blocks})) IS TRUE AS blocks
    FROM read_parquet(${literal(join(folder, report))}) GROUP BY document)`;
  const found = await rows(
    connection,
    `SELECT coalesce(t.document, r.origin) AS document, t.blocks, k.origin AS kept, r.origin AS refused, r.reason
     FROM ${traces} AS t
       FULL JOIN (SELECT origin, reason FROM ${rejects}) AS r ON r.origin = t.document
       LEFT JOIN (SELECT origin FROM ${kept}) AS k ON k.origin = t.document
     WHERE (t.document IS NOT NULL AND k.origin IS NULL AND r.origin IS NULL)
       OR (t.blocks AND k.origin IS NOT NULL)
       OR (r.reason = 'benchmark-overlap' AND t.blocks IS NOT TRUE)
     ORDER BY 1 LIMIT ${findings.limit}`
  );
  for (const {document, kept: sample, refused} of found) {
    const row = document as string;
    if (sample !== null) findings.add(report, row, "method", "a reject, as the method blocks", "a kept sample");
    else if (refused !== null) findings.add(report, row, "document", "a trace of a method that blocks", "none");
    else findings.add(report, row, "document", "the origin of a sample or a reject", row);
  }
}
