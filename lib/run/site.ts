import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, mkdtemp, readdir, rename, rm} from "node:fs/promises";
import {createRequire} from "node:module";
import {delimiter, dirname, join, resolve} from "node:path";
import {promisify} from "node:util";
import {packageFolder} from "../io/assets.js";
import {artefactFiles} from "./artefactFiles.js";
import {artefacts} from "./artefacts.js";
import {keepModules} from "./keptModules.js";
import {layOut} from "./siteFolder.js";

const run = promisify(execFile);

/** Names by which a folder is known as a site that was built before. */
const marks = ["index.html", "_observablehq"];

/**
 * Builds the static notebook over a data set or a runs table, or over the built-in demo. It is built beside `out` and
 * renamed, so that `out` is a whole site, the old one or the new one.
 *
 * @param options.data a data set's folder or a runs table; BALLAST_DIR or the demo by default
 * @param options.pages a folder of the user's own pages and loaders, laid over the notebook's; it is only read
 * @param options.log gets one line a step
 * @throws Error where `out` is a folder that is no site
 */
export async function buildSite({
  data,
  out,
  pages,
  log = () => {}
}: {
  data?: string;
  out: string;
  pages?: string;
  log?: (line: string) => void;
}): Promise<void> {
  const target = resolve(out);
  await expectSite(target);
  const found = await artefacts({data, log});
  await mkdir(dirname(target), {recursive: true});
  const work = await mkdtemp(`${target}.partial-`);
  try {
    log("laying out the pages");
    const cache = await layOut(work, {pages});
    // Framework takes what lies in its cache for a loader's output: made here once, without a process a loader.
    await mkdir(join(cache, "data"), {recursive: true});
    for (const [name, write] of Object.entries(artefactFiles)) await write(join(cache, "data", name), found);
    log("building the site");
    await build(work, found.source);
    await keepModules(cache);
    const old = `${work}.old`;
    if (existsSync(target)) await rename(target, old);
    await rename(join(work, "dist"), target);
    await rm(old, {recursive: true, force: true});
  } finally {
    await rm(work, {recursive: true, force: true});
  }
}

async function build(work: string, source: string): Promise<void> {
  const framework = join(work, "node_modules", "@observablehq", "framework");
  const bin = join(framework, "dist", "bin", "observable.js");
  // The user's own loaders may be TypeScript: Framework looks for tsx on the path.
  const tsx = join(
    dirname(createRequire(join(packageFolder, "package.json")).resolve("esbuild/package.json")),
    "..",
    ".bin"
  );
  const env = {
    ...process.env,
    PATH: [tsx, process.env.PATH].join(delimiter),
    BALLAST_DIR: source,
    OBSERVABLE_TELEMETRY_DISABLE: "true"
  };
  try {
    await run(process.execPath, [bin, "build"], {cwd: work, env, maxBuffer: 2 ** 26});
  } catch (error) {
    const {stdout = "", stderr = ""} = error as {stdout?: string; stderr?: string};
    const tail = `${stdout}\n${stderr}`.trim().split("\n").slice(-20).join("\n");
    throw new Error(`expected the site to build, but Observable Framework failed:\n${tail}`, {cause: error});
  }
}

async function expectSite(target: string): Promise<void> {
  if (!existsSync(target)) return;
  const names = await readdir(target);
  if (names.length > 0 && !marks.every((name) => names.includes(name)))
    throw new Error(`${target}: expected an empty folder or a site built before, found other files`);
}
