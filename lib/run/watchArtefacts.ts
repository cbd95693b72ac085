import {existsSync, rmSync, statSync, watch, watchFile} from "node:fs";
import {join, resolve} from "node:path";
import {demoFolder} from "./artefacts.js";

/** Files whose change means other figures; the card is replaced last whenever shards change. */
const files = [
  ...["data-card.json", "runs.parquet", "runs.csv", "fit.json", "plan.json"],
  ...["verification.json", "contamination.json", "privacy.json"]
];

/**
 * Throws away what loaders have made, in Framework's cache, whenever the data set, the runs or our own code change:
 * Framework looks at nothing but a loader's own file. For a preview; it ends with the process.
 *
 * @param docs the pages' folder
 */
export function watchArtefacts(docs: string, {data = process.env.BALLAST_DIR || demoFolder()} = {}): void {
  const clear = () => rmSync(join(docs, ".observablehq", "cache", "data"), {recursive: true, force: true});
  const folder = existsSync(data) && statSync(data).isFile() ? null : resolve(data);
  for (const path of folder === null ? [resolve(data)] : files.map((name) => join(folder, name))) {
    watchFile(path, {interval: 500, persistent: false}, clear);
  }
  watch(join(docs, "lib"), {recursive: true, persistent: false}, clear);
}
