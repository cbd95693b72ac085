import {createReadStream} from "node:fs";
import {mkdtemp, readFile, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import type {Writable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {DataCard} from "../schema/card.js";
import {canonicalJson} from "../text/json.js";
import {aggregates} from "./aggregates.js";
import {artefacts, type Artefacts} from "./artefacts.js";
import {stamp} from "./stamp.js";
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
  "shards.parquet": async (path, found) =>
    writeShards(path, found.shards, {text: (await readCard(found))?.publishText ?? false}),
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

/** The data set's card, or null where there is none. */
async function readCard({card}: Artefacts): Promise<DataCard | null> {
  if (card === null) return null;
  const parsed = DataCard.safeParse(JSON.parse(await readFile(card, "utf8")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new TypeError(`${card}: ${issue.path.join(".")}: ${issue.message}`);
}
