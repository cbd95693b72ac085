import {literal, rows, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import type {Shown} from "./shownShards.js";

/** Rejects that a page holds at most. */
const most = 100_000;

/** Characters of a rejected text that a page shows. */
const excerpt = 2000;

const empty = `SELECT * FROM (SELECT ${"id origin domain kind generator stage reason detail text"
  .split(" ")
  .map((name) => `'' AS ${name}`)
  .join(", ")}, 0 AS tokens) WHERE false`;

/**
 * Writes the rejects that a page shows: all of them, or of every reason the same share, those with the smallest md5 of
 * seed and origin. Texts are cut.
 *
 * @param options.text whether text may be published
 */
export async function writeRejects(
  path: string,
  rejects: readonly string[],
  {text, seed = 1}: {text: boolean; seed?: number}
): Promise<Shown> {
  return withDuckDB(async (connection) => {
    const write = (query: string) => connection.run(`COPY (${query}) TO ${literal(path)} (${parquetOptions})`);
    if (rejects.length === 0) {
      await write(empty);
      return {rows: 0, of: 0};
    }
    const from = `read_parquet([${rejects.map(literal).join(", ")}], union_by_name = true)`;
    const [{n}] = await rows(connection, `SELECT count(*) AS n FROM ${from}`);
    const of = n as number;
    const order = `md5(${literal(`${seed}:`)} || origin), origin`;
    const fraction = of > most ? most / of : 1;
    await write(`
      SELECT id, origin, domain, kind, generator, stage, reason,
        ${text ? "detail" : "NULL::VARCHAR AS detail"}, ${text ? `left(text, ${excerpt})` : "NULL::VARCHAR"} AS text,
        tokens::INTEGER AS tokens
      FROM ${from}
      ${fraction < 1 ? `QUALIFY row_number() OVER (PARTITION BY reason ORDER BY ${order}) <= ceil(${fraction} * count(*) OVER (PARTITION BY reason))` : ""}`);
    const [{m}] = await rows(connection, `SELECT count(*) AS m FROM ${literal(path)}`);
    return {rows: m as number, of};
  });
}
