import {readdir, readFile, stat} from "node:fs/promises";
import {join, sep} from "node:path";
import {Manifest} from "./manifest.js";

/** Files of a data set under meta/. What else lies there (run.jsonl: times, hosts) is no part of it. */
export const metaFiles = [
  "meta/clusters.parquet",
  "meta/heldout.parquet",
  "meta/manifest.json",
  "meta/recipe.yaml",
  "meta/seeds.parquet"
] as const;

/** Files that a data set has where models were asked: what they were asked, and what judges said. */
export const modelFiles = ["meta/requests.parquet", "meta/votes.parquet"] as const;

/** What gold sets say of judges, where a recipe names such reports. */
export const calibrationFile = "meta/calibration.json";

/** What people who looked at a data set's samples said, where it was audited. */
export const auditFile = "meta/audit.json";

/** Files that a data set has where its recipe names benchmarks; elsewhere they are a command's own report. */
export const benchmarkReports = ["meta/contamination.json", "meta/contamination.parquet"] as const;

/**
 * The files of a data set that its card vouches for, relative with slashes, sorted: everything under data/ and rejects/,
 * and the meta files that are there. Pictures are told apart (see mediaFacts): a card would grow with each of them. Runs, fits, plans and sites beside them are no part of a data set.
 */
export async function datasetFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const root of ["data", "rejects"]) {
    const entries = await readdir(join(folder, root), {recursive: true, withFileTypes: true}).catch(
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
        throw error;
      }
    );
    for (const entry of entries) {
      if (entry.isDirectory()) continue;
      const path = join(entry.parentPath, entry.name).slice(join(folder).length);
      found.push(path.split(sep).filter(Boolean).join("/"));
    }
  }
  for (const path of [
    ...metaFiles,
    ...modelFiles,
    calibrationFile,
    auditFile,
    ...((await namesBenchmarks(folder)) ? benchmarkReports : [])
  ]) {
    const there = await stat(join(folder, path)).catch(() => null);
    if (there?.isFile() === true) found.push(path);
  }
  return found.sort();
}

/** Whether a folder is a data set whose recipe names benchmarks, so that the report on them is a part of it. */
export async function namesBenchmarks(folder: string): Promise<boolean> {
  try {
    return (
      Manifest.parse(JSON.parse(await readFile(join(folder, "meta", "manifest.json"), "utf8"))).benchmarks.length > 0
    );
  } catch {
    // That it is missing or broken is said where it is read for what it holds.
    return false;
  }
}

/** The card that lies beside a shard. */
export function cardPath(shard: string): string {
  return shard.replace(/\.parquet$/, ".card.json");
}

/** The shards among the files of a data set: data/<domain>/<tier>/….parquet. */
export function shardsOf(files: readonly string[]): string[] {
  return files.filter((path) => /^data\/[^/]+\/T[0-3]\/[^/]+\.parquet$/.test(path));
}

/** The files of rejects among the files of a data set. */
export function rejectsOf(files: readonly string[]): string[] {
  return files.filter((path) => /^rejects\/.+\.parquet$/.test(path));
}
