import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";

interface PublicSet {
  set: string;
  source: string;
  revision: string | null;
  licence: string;
  files: Record<string, string>;
}

/** The public data sets that tests can use, as data/public.json lists them. */
export const publicSets = (
  JSON.parse(readFileSync(new URL("../data/public.json", import.meta.url), "utf8")) as {sets: PublicSet[]}
).sets;

/** Whether BALLAST_DATA names the folder of the public data sets; without it their tests are skipped. */
export const hasPublicData = (process.env.BALLAST_DATA ?? "") !== "";

/** The path of a listed file under BALLAST_DATA. A file that is not listed, or not there, is an error. */
export function publicFile(set: string, file: string): string {
  if (publicSets.find((s) => s.set === set)?.files[file] === undefined)
    throw new RangeError(`expected ${set}/${file} to be listed in data/public.json`);
  const path = join(process.env.BALLAST_DATA ?? "", set, file);
  if (!existsSync(path)) throw new Error(`BALLAST_DATA is set, but ${set}/${file} is missing`);
  return path;
}
