import {existsSync} from "node:fs";
import {copyFile, cp, link, mkdir, mkdtemp, readdir, rename, rm} from "node:fs/promises";
import {dirname, join} from "node:path";
import {cacheFolder} from "../io/cacheFolder.js";
import {fillNpmCache, npmCacheKey} from "./npmCache.js";

/**
 * Puts the modules that pages import into Framework's cache: what we bundle of npm packages, and what Framework bundled
 * of them in earlier builds, so that only the first build of an installation takes that time.
 *
 * @param cache Framework's cache folder, not yet there
 */
export async function takeModules(cache: string): Promise<void> {
  const kept = await keptFolder();
  await fillNpmCache(kept);
  const files = await readdir(join(kept, "_npm"), {recursive: true, withFileTypes: true});
  for (const file of files) {
    const from = join(file.parentPath ?? file.path, file.name);
    const to = join(cache, from.slice(kept.length));
    if (file.isDirectory()) await mkdir(to, {recursive: true});
    else await linkOrCopy(from, to);
  }
  if (existsSync(join(kept, "_node"))) await cp(join(kept, "_node"), join(cache, "_node"), {recursive: true});
}

/** Keeps what Framework has bundled in a build that came to its end. */
export async function keepModules(cache: string): Promise<void> {
  const kept = await keptFolder();
  const from = join(cache, "_node");
  const names = existsSync(from) ? await readdir(from) : [];
  await mkdir(join(kept, "_node"), {recursive: true});
  for (const name of names) {
    const to = join(kept, "_node", name);
    // Scoped packages lie a folder deeper, where another build may have put some of them.
    if (name.startsWith("@") || existsSync(to)) continue;
    const made = await mkdtemp(join(kept, "node-"));
    await cp(join(from, name), made, {recursive: true});
    // Another build may have kept the same meanwhile.
    await rename(made, to).catch(() => rm(made, {recursive: true, force: true}));
  }
}

async function keptFolder(): Promise<string> {
  return join(await cacheFolder(), `pages-${npmCacheKey().slice(0, 16)}`);
}

/** A link where both are on one disk: DuckDB's alone are a hundred megabytes. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), {recursive: true});
  await link(from, to).catch(() => copyFile(from, to));
}
