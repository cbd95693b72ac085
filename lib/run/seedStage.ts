import {createHash} from "node:crypto";
import {mkdir, readFile, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import type {DuckDBConnection} from "@duckdb/node-api";
import type {Refusal} from "../curate/spans.js";
import {writeAtomic} from "../io/atomic.js";
import {literal, rows, stream, withDuckDB} from "../io/duckdb.js";
import {fromJsonl, parquetOptions} from "../io/parquet.js";
import {sha256} from "../io/sha256.js";
import {writeTexts} from "../io/writeTexts.js";
import type {Recipe} from "../schema/recipe.js";
import {Seed} from "../schema/seed.js";
import {sources} from "../seeds/sources.js";
import {canonicalJson} from "../text/json.js";
import type {PiiGuard} from "./piiGuard.js";

/** Seeds of one block stay together in a chunk. */
export const blockSize = 16;

/** The training seeds of one source, as JSONL on disk in an order that the recipe's seed draws. */
export interface SeedSet {
  id: string;
  kind: Seed["kind"];
  domain: string;
  path: string;
  train: number;
  heldOut: number;
  /** of the training seeds' hashes in order */
  sha256: string;
  /** successive runs of `blockSize` seeds: the byte after each, how many they are, and the hash of their hashes */
  blocks: {end: number; seeds: number; sha256: string}[];
  /** material that did not become a seed, by reason: malformed text, "duplicate", "limit", "held-out-overlap", "personal-data" … */
  dropped: Record<string, number>;
  /** pieces of personal data in the source that tags stand for, by type */
  redacted: Record<string, number>;
}

/** All seeds of a recipe. */
export interface Seeds {
  /** of everything that came out of the sources */
  key: string;
  /** train seeds, and dev and test seeds, as Parquet with the columns of Seed */
  trainParquet: string;
  heldOutParquet: string;
  /** dev and test seeds as JSONL */
  heldOutPath: string;
  /** of the held-out seeds' hashes in order */
  heldOutSha256: string;
  heldOut: number;
  sets: SeedSet[];
}

const columns = {
  sha256: "VARCHAR",
  source: "VARCHAR",
  document: "VARCHAR",
  kind: "VARCHAR",
  domain: "VARCHAR",
  license: "VARCHAR",
  split: "VARCHAR",
  text: "VARCHAR"
};
const fields = Object.keys(columns).join(", ");

/**
 * Reads every source of a recipe into the store, or finds there what the same sources gave before. A text that is held
 * out anywhere is trained on nowhere; of equal texts the first stays; a training seed that shares with a held-out one
 * what `overlapOf` looks for is dropped before any generator can see it. Personal data is redacted, or the seed dropped, as
 * the recipe says; states of simulators are no people's.
 */
export async function readSeeds(
  recipe: Recipe,
  folder: string,
  store: string,
  guard: PiiGuard,
  overlapOf: (heldOut: AsyncIterable<Seed>) => Promise<(text: string) => Refusal | null>
): Promise<Seeds> {
  await mkdir(store, {recursive: true});
  const raw = join(store, "raw.partial.jsonl");
  const building = join(store, "building.partial");
  await rm(building, {recursive: true, force: true});
  try {
    const {hash, skipped, redacted} = await readSources(recipe, folder, raw, guard);
    const {seed, dedup} = recipe;
    const key = sha256(canonicalJson({specs: recipe.seeds, seed, dedup, raw: hash}));
    const home = join(store, key);
    const index = join(home, "index.json");
    const known = await readFile(index, "utf8").catch(() => null);
    if (known !== null) return locate(JSON.parse(known) as Seeds, home);
    await mkdir(building);
    const seeds = await withDuckDB(
      (connection) => arrange(connection, recipe, raw, building, {skipped, redacted}, overlapOf),
      {
        temporary: join(building, "spill")
      }
    );
    await rm(join(building, "spill"), {recursive: true, force: true});
    await writeAtomic(join(building, "index.json"), JSON.stringify({...seeds, key}));
    await rm(home, {recursive: true, force: true});
    await rename(building, home);
    return locate({...seeds, key}, home);
  } finally {
    await rm(raw, {force: true});
    await rm(building, {recursive: true, force: true});
  }
}

/** Paths in an index are names inside its folder: the store may be moved. */
function locate(seeds: Seeds, home: string): Seeds {
  return {
    ...seeds,
    trainParquet: join(home, seeds.trainParquet),
    heldOutParquet: join(home, seeds.heldOutParquet),
    heldOutPath: join(home, seeds.heldOutPath),
    sets: seeds.sets.map((set) => ({...set, path: join(home, set.path)}))
  };
}

async function readSources(recipe: Recipe, folder: string, raw: string, guard: PiiGuard) {
  const hash = createHash("sha256");
  // Many lines at a time: an update for each takes longer than to hash it.
  let unhashed = "";
  const addToHash = (text: string) => {
    unhashed += text;
    if (unhashed.length < 2 ** 16) return;
    hash.update(unhashed);
    unhashed = "";
  };
  const skipped = recipe.seeds.map((): Record<string, number> => ({}));
  const redacted = recipe.seeds.map((): Record<string, number> => ({}));
  const add = (counts: Record<string, number>, name: string) => void (counts[name] = (counts[name] ?? 0) + 1);
  /** the seed without personal data, null where it is dropped for it */
  const clean = (seed: Seed, i: number): Seed | null => {
    if (seed.kind === "simulator") return seed;
    const {text, types} = guard.text(seed.text);
    if (types.length === 0) return seed;
    if (recipe.pii.seeds === "drop") return null;
    for (const type of types) add(redacted[i], type);
    return {...seed, text, sha256: sha256(text)};
  };
  async function* lines() {
    for (const [i, spec] of recipe.seeds.entries()) {
      const source = sources.find(({id}) => id === spec.source);
      if (source === undefined) throw new RangeError(`seeds[${i}].source: expected a known source, got ${spec.source}`);
      const skip = (reason: string) => add(skipped[i], reason);
      let n = 0;
      for await (const read of source.read(spec, {folder, seed: recipe.seed, skip})) {
        const seed = clean(Seed.parse(read), i);
        if (seed === null) {
          skip("personal-data");
          continue;
        }
        const draw = sha256(`${recipe.seed}\n${seed.sha256}`).slice(0, 16);
        const line = JSON.stringify({i, n: n++, draw, ...seed}) + "\n";
        addToHash(line);
        yield line;
      }
      const reasons = Object.entries(skipped[i]).map(([reason, count]) => `${reason} ${count}`);
      addToHash(reasons.join("\n"));
      if (n === 0)
        throw new RangeError(
          `seeds[${i}] ${JSON.stringify(spec.id)}: expected at least one seed, got none${reasons.length > 0 ? ` (left out: ${reasons.join(", ")})` : ""}`
        );
    }
  }
  await writeTexts(raw, lines());
  return {hash: hash.update(unhashed).digest("hex"), skipped, redacted};
}

async function arrange(
  connection: DuckDBConnection,
  recipe: Recipe,
  raw: string,
  out: string,
  {skipped, redacted}: Record<"skipped" | "redacted", readonly Record<string, number>[]>,
  overlapOf: (heldOut: AsyncIterable<Seed>) => Promise<(text: string) => Refusal | null>
): Promise<Omit<Seeds, "key">> {
  const limits = recipe.seeds.map(({limit}, i) => `(${i}, ${limit ?? "9007199254740991"})`).join(", ");
  // false sorts first: where equal texts fall into several splits, a held-out one is the one that stays.
  await connection.run(`
    CREATE TABLE raw AS
      SELECT *, row_number() OVER (PARTITION BY sha256 ORDER BY split = 'train', i, n) AS copy
      FROM ${fromJsonl([raw], {i: "INTEGER", n: "BIGINT", draw: "VARCHAR", ...columns})};
    CREATE TABLE drawn AS
      SELECT raw.*, copy = 1 AND row_number() OVER (PARTITION BY raw.i, copy = 1 ORDER BY draw, sha256) <= most AS taken
      FROM raw JOIN (VALUES ${limits}) AS limits(i, most) ON raw.i = limits.i`);
  const left = await rows(
    connection,
    `SELECT i, count(*) FILTER (copy > 1) AS duplicate, count(*) FILTER (copy = 1 AND NOT taken) AS over,
       count(*) FILTER (taken AND split <> 'train') AS held FROM drawn GROUP BY i`
  );
  const batches = (where: string, order: string) =>
    stream(connection, `SELECT ${fields} FROM drawn WHERE taken AND ${where} ORDER BY ${order}`);

  const heldOut = await writeSeeds(join(out, "heldout.jsonl"), flat(batches("split <> 'train'", "i, draw, sha256")));
  const overlap = await overlapOf(flat(batches("split <> 'train'", "i, draw, sha256")));

  const sets: SeedSet[] = [];
  const overlapping: string[] = [];
  for (const [i, spec] of recipe.seeds.entries()) {
    const counts = left.find((row) => row.i === i) as Record<"duplicate" | "over" | "held", number> | undefined;
    const dropped: Record<string, number> = {...skipped[i]};
    const count = (reason: string, n: number) => void (n > 0 && (dropped[reason] = (dropped[reason] ?? 0) + n));
    count("duplicate", counts?.duplicate ?? 0);
    count("limit", counts?.over ?? 0);
    const path = `${i}-${spec.id}.jsonl`;
    const kept = async function* () {
      for await (const seed of flat(batches(`split = 'train' AND i = ${i}`, "draw, sha256"))) {
        if (seed.kind !== "simulator" && overlap(seed.text) !== null) {
          count("held-out-overlap", 1);
          overlapping.push(seed.sha256);
        } else yield seed;
      }
    };
    const written = await writeSeeds(join(out, path), kept());
    sets.push({
      id: spec.id,
      kind: spec.kind,
      domain: spec.domain,
      path,
      train: written.seeds,
      heldOut: counts?.held ?? 0,
      sha256: written.sha256,
      blocks: written.blocks,
      dropped,
      redacted: redacted[i]
    });
  }

  // For readers, in the order of the sources: passages of a document come one after another.
  await connection.run("CREATE TABLE overlapping (sha256 VARCHAR); SET threads = 1");
  const appender = await connection.createAppender("overlapping");
  for (const hash of overlapping) {
    appender.appendVarchar(hash);
    appender.endRow();
  }
  appender.closeSync();
  const copy = async (where: string, name: string) => {
    await connection.run(
      `COPY (SELECT ${fields} FROM drawn ANTI JOIN overlapping USING (sha256) WHERE taken AND ${where} ORDER BY i, n)
       TO ${literal(join(out, name))} (${parquetOptions})`
    );
    return name;
  };
  return {
    trainParquet: await copy("split = 'train'", "seeds.parquet"),
    heldOutParquet: await copy("split <> 'train'", "heldout.parquet"),
    heldOutPath: "heldout.jsonl",
    heldOutSha256: heldOut.sha256,
    heldOut: heldOut.seeds,
    sets
  };
}

async function* flat(batches: AsyncIterable<Record<string, unknown>[]>): AsyncGenerator<Seed> {
  for await (const batch of batches) for (const row of batch) yield row as Seed;
}

async function writeSeeds(path: string, seeds: AsyncIterable<Seed>) {
  const all = createHash("sha256");
  const blocks: SeedSet["blocks"] = [];
  let hashes: string[] = [];
  let bytes = 0;
  let n = 0;
  const close = () => {
    const block = hashes.join("");
    all.update(block);
    blocks.push({end: bytes, seeds: hashes.length, sha256: sha256(block)});
    hashes = [];
  };
  async function* lines() {
    for await (const seed of seeds) {
      const line = JSON.stringify(seed) + "\n";
      bytes += Buffer.byteLength(line);
      n++;
      if (hashes.push(seed.sha256) === blockSize) close();
      yield line;
    }
  }
  await writeTexts(path, lines());
  if (hashes.length > 0) close();
  return {seeds: n, sha256: all.digest("hex"), blocks};
}
