import {literal, rows, withDuckDB, type Row} from "../io/duckdb.js";
import type {Artefacts} from "./artefacts.js";

/** Exact counts of everything, whatever part of it a page shows. */
interface Aggregates {
  kept: {
    domain: string;
    tier: string;
    kind: string;
    generator: string;
    family: string;
    rows: number;
    tokens: number;
    generated: number;
  }[];
  rejected: {domain: string; kind: string; generator: string; reason: string; rows: number}[];
}

/** Counts kept and rejected samples over whole files. */
export async function aggregates({shards, rejects}: Pick<Artefacts, "shards" | "rejects">): Promise<Aggregates> {
  return withDuckDB(async (connection) => {
    const query = async (paths: readonly string[], columns: string, sums: string): Promise<Row[]> =>
      paths.length === 0
        ? []
        : rows(
            connection,
            `SELECT ${columns}, count(*) AS rows ${sums} FROM read_parquet([${paths.map(literal).join(", ")}],
             union_by_name = true) GROUP BY ${columns} ORDER BY ${columns}`
          );
    const sums = ", sum(tokens)::BIGINT AS tokens, sum(generated)::BIGINT AS generated";
    return {
      kept: (await query(shards, "domain, tier, kind, generator, family", sums)) as Aggregates["kept"],
      rejected: (await query(rejects, "domain, kind, generator, reason", "")) as Aggregates["rejected"]
    };
  });
}
