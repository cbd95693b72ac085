import {readdirSync, readFileSync} from "node:fs";
import {createHash} from "node:crypto";
import {dirname, extname, join, relative, sep} from "node:path";
import {fileURLToPath} from "node:url";
import {packageFolder} from "../io/assets.js";

/** Stages whose code decides what a stored chunk holds. */
const stages = ["curate", "dedup", "generate", "proxy", "schema", "seeds", "text", "verify"];

/**
 * sha256 over the code that shapes drafts and verdicts, and the packages it pins: the store of another version of the
 * code is never read, whether or not somebody remembered to raise a version. No content of a data set depends on it, so
 * that sources and compiled code give the same bytes.
 */
export function codeHash(): string {
  const lib = dirname(dirname(fileURLToPath(import.meta.url)));
  const paths = stages
    .map((stage) => join(lib, stage))
    .flatMap((folder) => readdirSync(folder, {recursive: true, withFileTypes: true}))
    .filter(({name}) => [".ts", ".js"].includes(extname(name)) && !name.endsWith(".d.ts"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .concat(["chunk", "chunkWorker"].map((name) => join(lib, "run", name + extname(fileURLToPath(import.meta.url)))))
    .sort((a, b) => (a < b ? -1 : 1));
  const hash = createHash("sha256").update(readFileSync(join(packageFolder, "package.json")));
  for (const path of paths) {
    hash.update(relative(lib, path).split(sep).join("/"));
    hash.update(readFileSync(path));
  }
  return hash.digest("hex");
}
