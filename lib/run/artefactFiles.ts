import {createReadStream} from "node:fs";
import {copyFile, mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Writable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {asset} from "../io/assets.js";
import {literal, withDuckDB} from "../io/duckdb.js";
import {parquetOptions} from "../io/parquet.js";
import {describeLaws} from "../scaling/describeLaws.js";
import type {DataCard} from "../schema/card.js";
import {aggregates} from "./aggregates.js";
import {artefacts, type Artefacts} from "./artefacts.js";
import {readDataCard} from "./datasetConstraints.js";
import {critics} from "./critics.js";
import {curves} from "./curves.js";
import {duplicateCounts} from "./duplicateCounts.js";
import {laboratory} from "./laboratory.js";
import {leakage} from "./leakage.js";
import {readRunsTable} from "./runsTable.js";
import {stamp} from "./stamp.js";
import {teachers} from "./teachers.js";
import {writeClusters} from "./shownClusters.js";
import {writeEvidence} from "./shownEvidence.js";
import {writeRejects} from "./shownRejects.js";
import {writeShards} from "./shownShards.js";
import {verification} from "./verification.js";
import type {WrittenVerification} from "./writeVerification.js";

/** Writes one file of the notebook's data. */
type Write = (path: string, found: Artefacts) => Promise<unknown>;

const json =
  (make: (found: Artefacts) => Promise<unknown>): Write =>
  async (path, found) =>
    writeFile(path, JSON.stringify(await make(found)) + "\n");

/** The files that pages attach as `./data/<name>`, each with how it is made. */
export const artefactFiles: Readonly<Record<string, Write>> = {
  "aggregates.json": json(aggregates),
  "card.json": json(readCard),
  "clusters.parquet": async (path, found) => writeClusters(path, found, await publishing(found)),
  "critics.json": json(async (found) => critics(found, {card: await readCard(found), ...(await publishing(found))})),
  "curves.json": json(async ({runs}) => (runs === null ? [] : curves(await readRunsTable(runs)))),
  "duplicates.json": json(async (found) => ({
    counts: await duplicateCounts(found),
    setting: (await readCard(found))?.dedup ?? null,
    measured: JSON.parse(await readFile(asset("duplicates.json"), "utf8")) as unknown
  })),
  "fit.json": json(async (found) => (await laboratory(found)).fit),
  "laws.json": json(() => Promise.resolve(describeLaws())),
  "leakage.json": json(async (found) => ({
    data: await leakage(found, await publishing(found)),
    measured: JSON.parse(await readFile(asset("leakage.json"), "utf8")) as unknown
  })),
  "measured.parquet": async (path) => writeRuns(path, asset("runs/full.csv")),
  "mixer.json": json(async (found) => {
    const {others, constraints, choice, note} = await laboratory(found);
    return {others, constraints, choice, note};
  }),
  "plan.json": json(async (found) => (await laboratory(found)).plan),
  "rejects.parquet": async (path, found) => writeRejects(path, found.rejects, await publishing(found)),
  "reproduced.json": (path) => copyFile(asset("reproduced.json"), path),
  "rollout.json": (path) => copyFile(asset("rollout.json"), path),
  "runs.parquet": async (path, {runs}) => writeRuns(path, runs),
  "shards.parquet": async (path, found) => writeShards(path, found.shards, await publishing(found)),
  "stamp.json": json(stamp),
  "teachers.json": json(teachers),
  "evidence.parquet": async (path, found) => writeEvidence(path, found, await publishing(found)),
  "verification.json": json(verification),
  "verified.json": (path) => copyFile(asset("verified.json"), path)
};

/** A table of runs as Parquet; none is a table without rows. */
async function writeRuns(path: string, runs: string | null): Promise<void> {
  await withDuckDB(async (connection) => {
    const query = runs === null ? "SELECT NULL::DOUBLE AS synthetic_share WHERE false" : `FROM ${literal(runs)}`;
    await connection.run(`COPY (${query}) TO ${literal(path)} (${parquetOptions})`);
  });
}

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

/** The data set's card, or null where there is none. */
async function readCard({card, source}: Artefacts): Promise<DataCard | null> {
  return card === null ? null : readDataCard(source);
}

/** Text is shown where the recipe's card, or who verified the files, allows it, and nowhere else. */
async function publishing(found: Artefacts): Promise<{text: boolean}> {
  if (found.card === null && found.verification !== null)
    return {text: (JSON.parse(await readFile(found.verification, "utf8")) as WrittenVerification).publishText};
  return {text: (await readCard(found))?.publishText ?? false};
}
