import type {Join} from "../run/joinRuns.js";
import {Misuse} from "./command.js";

/** Each --join FILE with its --on KEY[,KEY]; one key may serve all. */
export function joinsOf(paths: readonly string[], keys: readonly string[]): Join[] {
  if (keys.length !== paths.length && !(keys.length === 1 && paths.length > 1))
    throw new Misuse(`expected --on KEY for each --join FILE, got ${paths.length} files and ${keys.length} keys`);
  return paths.map((path, i) => ({
    path,
    on: keys[keys.length === 1 ? 0 : i].split(",").map((key) => key.trim().replace(/^"(.*)"$/, "$1"))
  }));
}
