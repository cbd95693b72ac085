import {readdirSync} from "node:fs";
import {join, relative} from "node:path";
import {sha256File} from "../../lib/io/sha256.js";

/** sha256 of every file of a data set by path; the store and what is volatile are left out. */
export async function tree(folder: string): Promise<Record<string, string>> {
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter(
      (path) => !relative(folder, path).startsWith(".store") && relative(folder, path) !== join("meta", "run.jsonl")
    )
    .sort();
  const hashes: Record<string, string> = {};
  for (const path of files) hashes[relative(folder, path)] = await sha256File(path);
  return hashes;
}
