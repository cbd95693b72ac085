import type {DuckDBConnection} from "@duckdb/node-api";
import {rows} from "../io/duckdb.js";
import type {Progress} from "../io/progress.js";
import type {SpanDocuments} from "./spanRepeats.js";
import {textBatches} from "./textBatches.js";
import {withRoom} from "./withRoom.js";

/** Positions that one query asks for. */
const batch = 1024;

/**
 * The texts of the temporary table `span_texts` (pos from 0 without a gap, text, bytes of it, in the order of pos).
 *
 * @param reading makes the bar of each reading of all of them
 */
export async function spanDocuments(
  connection: DuckDBConnection,
  reading: (total: number) => Progress
): Promise<SpanDocuments> {
  const [counted] = await rows(
    connection,
    "SELECT count(*) AS n, coalesce(sum(length(text)), 0)::BIGINT AS characters FROM span_texts"
  );
  const {n, characters} = counted as {n: number; characters: number};

  /** The texts of some positions, few where they are long; a stream over all of them would sort the table first. */
  async function* texts(where: string) {
    const sized = await rows(connection, `SELECT pos, bytes FROM span_texts WHERE ${where} ORDER BY pos`);
    for (const [from, to] of textBatches(sized.map(({bytes}) => bytes as number))) {
      const sql = `SELECT pos, text FROM span_texts
        WHERE pos >= ${sized[from].pos as number} AND pos <= ${sized[to - 1].pos as number} AND ${where} ORDER BY pos`;
      for (const {pos, text} of await withRoom(connection, () => rows(connection, sql)))
        yield {position: pos as number, text: text as string};
    }
  }

  return {
    count: n,
    characters,
    async *each() {
      const bar = reading(n);
      for (let from = 0; from < n; from += batch) {
        yield* texts(`pos >= ${from} AND pos < ${from + batch}`);
        bar.update(Math.min(n, from + batch));
      }
      bar.end();
    },
    async *read(positions) {
      for (let at = 0; at < positions.length; at += batch) {
        const some = positions.slice(at, at + batch);
        yield* texts(`pos >= ${some[0]} AND pos <= ${some.at(-1)!} AND pos IN (SELECT unnest([${some.join(", ")}]))`);
      }
    }
  };
}
