import {existsSync} from "node:fs";
import {cp, mkdir, readdir, readFile, symlink, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {basename, dirname, join, resolve} from "node:path";
import {packageFolder} from "../io/assets.js";
import {takeModules} from "./keptModules.js";

// A checkout holds sources; the published package holds what was compiled from them.
const home = existsSync(join(packageFolder, "docs")) ? packageFolder : join(packageFolder, "dist");

/**
 * Lays out a folder in which Observable Framework can run: the pages as a copy, what they import as links, Framework's
 * cache filled from the installed packages.
 *
 * @param options.pages a folder of the user's own pages and loaders, laid over the notebook's; it is only read
 * @returns Framework's cache folder
 */
export async function layOut(work: string, {pages}: {pages?: string} = {}): Promise<string> {
  const docs = join(work, "docs");
  const ours = (path: string) => !["lib", "data", ".observablehq"].some((name) => path === join(home, "docs", name));
  await cp(join(home, "docs"), docs, {recursive: true, filter: ours});
  if (pages !== undefined)
    await cp(resolve(pages), docs, {recursive: true, filter: (path) => basename(path) !== ".observablehq"});
  await symlink(join(home, "lib"), join(docs, "lib"), "junction");
  await symlink(join(home, "loaders"), join(docs, "data"), "junction");
  const config = (await readdir(home)).find((name) => /^observablehq\.config\.(ts|js)$/.test(name));
  if (config === undefined) throw new Error(`expected observablehq.config.js in ${home}, found none`);
  await cp(join(home, config), join(work, config));
  await writeFile(join(work, "package.json"), `{"type": "module"}\n`);
  await linkPackages(join(work, "node_modules"));
  const cache = join(docs, ".observablehq", "cache");
  await takeModules(cache);
  return cache;
}

/** Links this package's dependencies, so that bare imports in lib/ resolve from the work folder too. */
async function linkPackages(folder: string): Promise<void> {
  const {dependencies} = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  const paths = createRequire(join(packageFolder, "package.json")).resolve.paths("ballast") ?? [];
  for (const name of Object.keys(dependencies)) {
    const path = paths.map((path) => join(path, name)).find((path) => existsSync(path));
    if (path === undefined) throw new Error(`expected the package ${name} to be installed, found none`);
    await mkdir(dirname(join(folder, name)), {recursive: true});
    await symlink(path, join(folder, name), "junction");
  }
}
