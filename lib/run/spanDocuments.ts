import type {DuckDBConnection} from "@duckdb/node-api";
import {rows, stream} from "../io/duckdb.js";
import type {SpanDocuments} from "./spanRepeats.js";

/** Positions that one query asks for. */
const batch = 1024;

/** The texts of the temporary table `span_texts` (pos from 0 without a gap, text, in the order of pos). */
export async function spanDocuments(connection: DuckDBConnection): Promise<SpanDocuments> {
  const [{n, characters}] = await rows(
    connection,
    "SELECT count(*) AS n, coalesce(sum(length(text)), 0)::BIGINT AS characters FROM span_texts"
  );
  async function* texts(from: string) {
    for await (const read of stream(connection, `SELECT pos, text FROM ${from} ORDER BY pos`)) {
      for (const {pos, text} of read) yield {position: pos as number, text: text as string};
    }
  }
  return {
    count: n as number,
    characters: characters as number,
    async *each() {
      // A stream over the whole table would sort it first: stretches of it are small and lie together.
      for (let from = 0; from < (n as number); from += batch)
        yield* texts(`span_texts WHERE pos >= ${from} AND pos < ${from + batch}`);
    },
    async *read(positions) {
      for (let at = 0; at < positions.length; at += batch) {
        const some = positions.slice(at, at + batch);
        yield* texts(
          `span_texts WHERE pos >= ${some[0]} AND pos <= ${some.at(-1)!} AND pos IN (SELECT unnest([${some.join(", ")}]))`
        );
      }
    }
  };
}
