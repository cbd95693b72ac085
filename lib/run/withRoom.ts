import {totalmem} from "node:os";
import type {DuckDBConnection} from "@duckdb/node-api";
import {rows} from "../io/duckdb.js";

/**
 * Runs a query that can be run again; where its rows do not fit DuckDB's memory limit, with twice the limit, up to three
 * quarters of the machine's memory. Limits are small so that large operations spill; a single batch of rows, which is of
 * 2048, cannot, and it takes several times the bytes of its texts.
 *
 * @throws RangeError that says what to do, where not even that is enough
 */
export async function withRoom<T>(connection: DuckDBConnection, query: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await query();
    } catch (error) {
      const {message} = error as Error;
      if (!message.startsWith("Out of Memory Error") || message.includes("max_temp_directory_size")) throw error;
      const limit = await limitOf(connection);
      const most = 0.75 * Math.min(totalmem(), process.constrainedMemory() || Infinity);
      if (2 * limit > most)
        throw new RangeError(
          `expected 2048 rows of text to fit ${gigabytes(limit)} of memory, and a machine of more than ${gigabytes((4 / 3) * most)} for twice as much; ` +
            "write the file with fewer rows in a row group",
          {cause: error}
        );
      await connection.run(`SET memory_limit = '${Math.floor((2 * limit) / 2 ** 20)}MiB'`);
    }
  }
}

async function limitOf(connection: DuckDBConnection): Promise<number> {
  const [{limit}] = await rows(connection, "SELECT current_setting('memory_limit') AS limit");
  const [, number, unit] = /^([\d.]+) ?([KMGT])iB$/.exec(limit as string)!;
  return Number(number) * 1024 ** (1 + "KMGT".indexOf(unit));
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}
