import {open, rm} from "node:fs/promises";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {FoundValue} from "../curate/pii/foundPii.js";
import {rows, stream} from "../io/duckdb.js";
import {fromJsonl} from "../io/parquet.js";
import {judgedColumns} from "./columns.js";
import type {GuardedDraft, PiiGuard} from "./piiGuard.js";

/**
 * Refuses and redacts the rows of the table `drafts` in which a value stands that was found in a seed or in another draft:
 * also where no rule would find it there. Where nothing was found no row is read.
 *
 * @param guard knows what the seeds held; learns here what the drafts did
 * @param spill path of a file that is made and removed
 */
export async function refuseFoundPii(connection: DuckDBConnection, guard: PiiGuard, spill: string): Promise<void> {
  for (const value of await rows(connection, "SELECT DISTINCT unnest(pii, recursive := true) FROM drafts"))
    guard.found.addValue(value as unknown as FoundValue);
  if (guard.found.size === 0) return;
  const file = await open(spill, "w");
  let changed = 0;
  try {
    for await (const batch of stream(connection, "SELECT * EXCLUDE (chunk), chunk FROM drafts")) {
      for (const {chunk, ...row} of batch) {
        const again = guard.again(row as unknown as GuardedDraft);
        if (again === null) continue;
        await file.write(`${JSON.stringify({...again, chunk})}\n`);
        changed++;
      }
    }
  } finally {
    await file.close();
  }
  if (changed > 0) {
    const columns = {...judgedColumns, chunk: "VARCHAR"};
    const lines = fromJsonl([spill], columns);
    await connection.run(`
      DELETE FROM drafts WHERE origin IN (SELECT origin FROM ${lines});
      INSERT INTO drafts BY NAME SELECT * FROM ${lines}`);
  }
  await rm(spill, {force: true});
}
