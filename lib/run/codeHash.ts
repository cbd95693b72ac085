import {readdirSync, readFileSync} from "node:fs";
import {createHash} from "node:crypto";
import {dirname, extname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";
import {packageFolder} from "../io/assets.js";

/** Folders of lib/ whose code decides what a stored chunk holds. */
const stages = ["curate", "dedup", "generate", "proxy", "schema", "seeds", "text", "verify"];

/**
 * sha256 over code and the packages it pins: what another version of the code stored is never read, whether or not
 * somebody remembered to raise a version. No content of a data set depends on it, so that sources and compiled code give
 * the same bytes.
 *
 * @param folders of lib/; by default those that shape drafts and verdicts
 * @param modules of lib/run besides, without ending
 */
export function codeHash(
  folders: readonly string[] = stages,
  modules: readonly string[] = ["chunk", "chunkWorker", "piiGuard"]
): string {
  const lib = dirname(dirname(fileURLToPath(import.meta.url)));
  const paths = folders
    .map((stage) => join(lib, stage))
    .flatMap((folder) => readdirSync(folder, {recursive: true, withFileTypes: true}))
    .filter(({name}) => [".ts", ".js"].includes(extname(name)) && !name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .concat(modules.map((name) => join(lib, "run", name + extname(fileURLToPath(import.meta.url)))))
    .sort((a, b) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(readFileSync(join(packageFolder, "package.json")));
  for (const path of paths) {
    hash.update(relative(lib, path).split(sep).join("/"));
    hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}
