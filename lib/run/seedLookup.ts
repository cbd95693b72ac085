import type {DuckDBConnection} from "@duckdb/node-api";
import {literal, rows} from "../io/duckdb.js";
import type {Seed} from "../schema/seed.js";

export type KnownSeed = Pick<Seed, "sha256" | "kind" | "text">;

/** Seeds of a Parquet file by hash, a batch at a time; texts up to `budget` code units stay in memory between batches. */
export function createSeedLookup(
  connection: DuckDBConnection,
  path: string,
  {budget = 64_000_000}: {budget?: number} = {}
): (hashes: Iterable<string>) => Promise<ReadonlyMap<string, KnownSeed>> {
  let cache = new Map<string, KnownSeed>();
  let held = 0;
  return async (hashes) => {
    const wanted = new Set(hashes);
    const missing = [...wanted].filter((hash) => !cache.has(hash) && /^[0-9a-f]{64}$/.test(hash));
    const found = new Map<string, KnownSeed>();
    for (const hash of wanted) {
      const known = cache.get(hash);
      if (known !== undefined) found.set(hash, known);
    }
    if (missing.length > 0) {
      const read = (await rows(
        connection,
        `SELECT sha256, kind, text FROM read_parquet(${literal(path)}) WHERE sha256 IN (${missing.map(literal).join(", ")})`
      )) as unknown as KnownSeed[];
      for (const seed of read) {
        found.set(seed.sha256, seed);
        if (held > budget) {
          cache = new Map();
          held = 0;
        }
        cache.set(seed.sha256, seed);
        held += seed.text.length;
      }
    }
    return found;
  };
}
