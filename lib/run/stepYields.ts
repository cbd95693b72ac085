import type {DuckDBConnection} from "@duckdb/node-api";
import {rows} from "../io/duckdb.js";
import type {StepYield} from "./acceptRounds.js";
import type {Manifest} from "./manifest.js";

/** Openings of duplicates that a step hears of, and their length in UTF-16 code units: enough to tell, few enough for a prompt. */
const openings = 12;
const openingLength = 100;

/** Says of each chunk's file which step it is of, in the temporary table `chunks(chunk, step)`. */
export async function numberChunks(connection: DuckDBConnection, {chunks}: Manifest): Promise<void> {
  await connection.run("CREATE TEMP TABLE chunks (chunk VARCHAR, step INTEGER)");
  const appender = await connection.createAppender("chunks", "main", "temp");
  for (const {key, step} of chunks) {
    appender.appendVarchar(`${key}.jsonl`);
    appender.appendInteger(step);
    appender.endRow();
  }
  appender.closeSync();
}

/** What came of each step's drafts in the tables `drafts` and `chunks`, by its number. */
export async function stepYields(connection: DuckDBConnection): Promise<Map<number, StepYield>> {
  const counted = await rows(
    connection,
    `SELECT step, count(*) AS drafts, count(*) FILTER (stage = '') AS kept FROM drafts JOIN chunks USING (chunk) GROUP BY step`
  );
  const yields = new Map<number, StepYield>();
  for (const {step, drafts, kept} of counted) {
    const refused = await rows(
      connection,
      `SELECT reason, count(*) AS n FROM drafts JOIN chunks USING (chunk)
       WHERE step = ${step as number} AND stage <> '' GROUP BY reason ORDER BY n DESC, reason LIMIT 5`
    );
    const repeated = await rows(
      connection,
      `SELECT left(text, ${openingLength}) AS opening, count(*) AS n FROM drafts JOIN chunks USING (chunk)
       WHERE step = ${step as number} AND stage = 'dedup' GROUP BY opening ORDER BY n DESC, opening LIMIT ${openings}`
    );
    yields.set(step as number, {
      drafts: drafts as number,
      kept: kept as number,
      reasons: refused.map(({reason, n}) => [reason as string, n as number]),
      avoid: repeated.map(({opening}) => opening as string)
    });
  }
  return yields;
}
