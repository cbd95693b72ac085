import type {DuckDBConnection} from "@duckdb/node-api";
import {join} from "node:path";
import {HeldOutOverlap, type HeldOutOptions} from "../curate/heldOutOverlap.js";
import {literal, rows} from "../io/duckdb.js";
import {readParquet} from "../io/parquet.js";
import {sha256} from "../io/sha256.js";
import {Seed} from "../schema/seed.js";
import type {Findings} from "./findings.js";

const train = "meta/seeds.parquet";
const held = "meta/heldout.parquet";

/**
 * Checks the seeds of a data set row by row (hash, split, licence) and that nothing held out is in a training seed, and
 * returns the index of the held-out texts, which stays in memory.
 */
export async function checkSeeds(
  connection: DuckDBConnection,
  folder: string,
  options: HeldOutOptions,
  findings: Findings
): Promise<HeldOutOverlap> {
  const heldOut = new HeldOutOverlap(options);
  for await (const seed of read(held)) {
    if (seed.split === "train") findings.add(held, seed.sha256, "split", "dev or test", seed.split);
    heldOut.add(seed.sha256, seed.text);
  }
  for await (const seed of read(train)) {
    if (seed.split !== "train") findings.add(train, seed.sha256, "split", "train", seed.split);
    // A simulator's state is no text that anybody is tested on.
    const overlap = seed.kind === "simulator" ? null : heldOut.refusal(seed.text);
    if (overlap !== null) findings.add(train, seed.sha256, "text", "nothing of the held-out texts", overlap.detail);
  }
  const twice = await rows(
    connection,
    `SELECT sha256, count(*) AS n FROM (SELECT sha256 FROM ${parquet(train)} UNION ALL SELECT sha256 FROM ${parquet(held)})
     GROUP BY sha256 HAVING count(*) > 1 ORDER BY sha256 LIMIT ${findings.limit}`
  );
  for (const {sha256: hash, n} of twice) findings.add(train, hash as string, "sha256", "one seed of this hash", n);
  return heldOut;

  function parquet(path: string): string {
    return `read_parquet(${literal(join(folder, path))})`;
  }

  async function* read(path: string): AsyncGenerator<Seed> {
    for await (const batch of readParquet(join(folder, path))) {
      for (const row of batch) {
        const {data, error} = Seed.safeParse(row);
        if (data === undefined) {
          for (const {path: at, message} of error.issues)
            findings.add(
              path,
              String(row.sha256),
              at.join("."),
              message.replace(/^Invalid input: /, ""),
              row[String(at[0])]
            );
          continue;
        }
        const hash = sha256(data.text);
        if (hash !== data.sha256) findings.add(path, data.sha256, "sha256", hash, data.sha256);
        yield data;
      }
    }
  }
}
