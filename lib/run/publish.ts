import {mkdir, readdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {auditFile, benchmarkReports, calibrationFile, modelFiles} from "./datasetFiles.js";
import {mediaFolder, mediaShelves} from "./media.js";

/** What proves a data set whole: taken away first, put back last. */
const proof = "data-card.json";

/**
 * Moves a finished data set from a staging folder of the same file system into its place. A process that is killed
 * meanwhile leaves a folder without data-card.json, which no reader takes for whole. Files that are not of the data set
 * (meta/run.jsonl, runs, fits, a site) stay.
 */
export async function publish(staging: string, out: string): Promise<void> {
  await mkdir(join(out, "meta"), {recursive: true});
  await rm(join(out, proof), {force: true});
  for (const folder of ["data", "rejects"]) {
    await rm(join(out, folder), {recursive: true, force: true});
    await mkdir(join(staging, folder), {recursive: true});
    await rename(join(staging, folder), join(out, folder));
  }
  const media = (root: string, shelf: string) => join(root, mediaFolder, shelf);
  for (const shelf of await mediaShelves(out)) await rm(media(out, shelf), {recursive: true});
  const shelves = await mediaShelves(staging);
  if (shelves.length > 0) await mkdir(join(out, mediaFolder), {recursive: true});
  for (const shelf of shelves) await rename(media(staging, shelf), media(out, shelf));
  // Reports on the data that was there before.
  for (const report of [...benchmarkReports, ...modelFiles, calibrationFile, auditFile, "contamination.json"])
    await rm(join(out, report), {force: true});
  for (const name of await readdir(join(staging, "meta"))) {
    await rename(join(staging, "meta", name), join(out, "meta", name));
  }
  await rename(join(staging, "README.md"), join(out, "README.md"));
  await rename(join(staging, proof), join(out, proof));
  await rm(staging, {recursive: true, force: true});
}
