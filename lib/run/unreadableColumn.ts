import {identifier, literal, rows, withDuckDB} from "../io/duckdb.js";
import type {DedupInput} from "./dedupInputs.js";
import {withRoom} from "./withRoom.js";

/**
 * What of the files cannot be read, when DuckDB could not read something: the first row and column, found by halving, as
 * its own message names neither. Null where all can be read, or it was another error.
 */
export async function unreadableColumn(inputs: readonly DedupInput[], error: unknown): Promise<TypeError | null> {
  const {message} = error as Error;
  if (!duckdbError.test(message) || !readError.test(message)) return null;
  return withDuckDB(async (connection) => {
    const failure = async ({file}: DedupInput, column: string, from: number, to: number): Promise<string | null> => {
      // A hash takes in every byte.
      const sql = `SELECT max(hash(${identifier(column)}))::VARCHAR FROM read_parquet(${literal(file)}, file_row_number = true)
        WHERE file_row_number >= ${from} AND file_row_number < ${to}`;
      return withRoom(connection, () => rows(connection, sql)).then(
        () => null,
        (error: unknown) => (error as Error).message.split("\n")[0]
      );
    };
    for (const input of inputs) {
      for (const column of input.columns.keys()) {
        let reason = await failure(input, column, 0, input.rows);
        if (reason === null) continue;
        let from = 0;
        for (let to = input.rows; to - from > 1;) {
          const middle = from + ((to - from) >> 1);
          const earlier = await failure(input, column, from, middle);
          if (earlier === null) from = middle;
          else [to, reason] = [middle, earlier];
        }
        const expected = /not valid UTF-?8/i.test(reason) ? "UTF-8" : "what can be read";
        return new TypeError(`${input.path}, row ${from + 1}: ${column}: expected ${expected}, got: ${reason}`, {
          cause: error
        });
      }
    }
    return null;
  });
}

// Not ours: what the guard says names Parquet files, too.
const duckdbError = /^[A-Za-z ]+ Error: /;
const readError = /invalid|corrupt|parquet|decompress|decode|out of range|unexpected end/i;
