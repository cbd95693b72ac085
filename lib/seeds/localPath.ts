import {resolve} from "node:path";
import type {SeedSource} from "../schema/recipe.js";

/** The file or folder that a source reads, relative to the recipe's folder. */
export function localPath({id, source, path}: SeedSource, folder: string): string {
  if (path === undefined || path === "")
    throw new TypeError(`seeds ${JSON.stringify(id)} (${source}): path: expected a file or folder, got nothing`);
  return resolve(folder, path);
}
