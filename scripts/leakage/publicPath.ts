import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {asset} from "../../lib/io/assets.js";

const {sets} = JSON.parse(readFileSync(asset("public.json"), "utf8")) as {
  sets: {set: string; files: Record<string, string>}[];
};

/**
 * The path of a file of the public data sets.
 *
 * @throws RangeError where data/public.json does not list it, Error where BALLAST_DATA does not hold it
 */
export function publicPath(set: string, file: string): string {
  if (sets.find((one) => one.set === set)?.files[file] === undefined)
    throw new RangeError(`expected ${set}/${file} to be listed in data/public.json`);
  const data = process.env.BALLAST_DATA;
  if (data === undefined)
    throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
  const path = join(data, set, file);
  if (!existsSync(path)) throw new Error(`expected ${path}, found nothing there`);
  return path;
}
