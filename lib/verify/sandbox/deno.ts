import {accessSync, constants} from "node:fs";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";

/** The deno binary that npm installed for this platform. */
export interface Deno {
  /** path of the binary */
  binary: string;
  version: string;
}

/**
 * The deno binary of the npm package for this platform (`@deno/linux-x64-glibc` …); no install script needs to have run.
 *
 * @throws Error in one line where this platform has none, or where its optional package was not installed
 */
export function findDeno(): Deno {
  const ours = createRequire(import.meta.url);
  const manifest = ours.resolve("deno/package.json");
  const {version} = ours(manifest) as {version: string};
  const {platform, arch} = process;
  const name = `@deno/${platform}-${arch}${platform === "linux" ? "-glibc" : ""}`;
  try {
    const folder = dirname(createRequire(manifest).resolve(`${name}/package.json`));
    const binary = join(folder, platform === "win32" ? "deno.exe" : "deno");
    accessSync(binary, constants.X_OK);
    return {binary, version};
  } catch {
    throw new Error(`expected the npm package ${name}@${version}, which holds deno; it is not installed here`);
  }
}
