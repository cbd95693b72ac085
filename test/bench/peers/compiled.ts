import {readdir, rm} from "node:fs/promises";
import {join} from "node:path";
import {build} from "esbuild";

/**
 * The command line compiled as the published package has it: a checkout runs its sources through tsx, which takes most of
 * a second longer to start, and again in each worker. The folder lies under node_modules, so that packages are found.
 */
export async function compiledCommand(): Promise<string> {
  const root = new URL("../../../", import.meta.url).pathname;
  const outdir = join(root, "node_modules/.cache/ballast/compiled/lib");
  await rm(outdir, {recursive: true, force: true});
  const files = await readdir(join(root, "lib"), {recursive: true});
  await build({
    entryPoints: files.filter((file) => file.endsWith(".ts")).map((file) => join(root, "lib", file)),
    outbase: join(root, "lib"),
    outdir,
    format: "esm",
    logLevel: "error"
  });
  return join(outdir, "cli/main.js");
}
