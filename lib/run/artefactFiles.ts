import {createReadStream} from "node:fs";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Writable} from "node:stream";
import {pipeline} from "node:stream/promises";
import type {z} from "zod";
import {literal, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {DataCard} from "../schema/card.js";
import {Fit} from "../schema/fit.js";
import {Plan} from "../schema/plan.js";
import {canonicalJson} from "../text/json.js";
import {aggregates} from "./aggregates.js";
import {artefacts, type Artefacts} from "./artefacts.js";
import {curves} from "./curves.js";
import {fromRuns, readRunsTable} from "./runsTable.js";
import {stamp} from "./stamp.js";
import {writeRejects} from "./shownRejects.js";
import {writeShards} from "./shownShards.js";

/** Writes one file of the notebook's data. */
type Write = (path: string, found: Artefacts) => Promise<unknown>;

const json =
  (make: (found: Artefacts) => Promise<unknown>): Write =>
  async (path, found) =>
    writeFile(path, canonicalJson(await make(found)) + "\n");

/** The files that pages attach as `./data/<name>`, each with how it is made. */
export const artefactFiles: Readonly<Record<string, Write>> = {
  "aggregates.json": json(aggregates),
  "card.json": json(readCard),
  "curves.json": json(async ({runs}) => (runs === null ? [] : curves(await readRunsTable(runs)))),
  "fit.json": json(async ({fit}) => read(fit, Fit)),
  "plan.json": json(async ({plan}) => read(plan, Plan)),
  "rejects.parquet": async (path, found) => writeRejects(path, found.rejects, await publishing(found)),
  "runs.parquet": async (path, {runs}) =>
    withDuckDB(async (connection) => {
      const query = runs === null ? "SELECT NULL::DOUBLE AS synthetic_share WHERE false" : `FROM ${fromRuns(runs)}`;
      await connection.run(`COPY (${query}) TO ${literal(path)} (${parquetOptions})`);
    }),
  "shards.parquet": async (path, found) => writeShards(path, found.shards, await publishing(found)),
  "stamp.json": json(stamp)
};

/** Writes one of the files to a stream: what a loader does. */
export async function pipeArtefact(name: string, output: Writable): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ballast-"));
  try {
    const path = join(folder, name);
    await artefactFiles[name](path, await artefacts({log: (line) => process.stderr.write(`${line}\n`)}));
    await pipeline(createReadStream(path), output);
  } finally {
    await rm(folder, {recursive: true, force: true});
  }
}

async function readCard({card}: Artefacts): Promise<DataCard | null> {
  return read(card, DataCard);
}

/** Text is shown where the recipe's card allows it, and nowhere else. */
async function publishing(found: Artefacts): Promise<{text: boolean}> {
  return {text: (await readCard(found))?.publishText ?? false};
}

/** A JSON file checked against its schema, or null where there is none. */
async function read<T>(path: string | null, schema: z.ZodType<T>): Promise<T | null> {
  if (path === null) return null;
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new TypeError(`${path}: expected JSON: ${(error as Error).message}`, {cause: error});
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TypeError(`${path}: ${issue.path.join(".")}: ${issue.message}`);
}
