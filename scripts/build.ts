import {execFileSync} from "node:child_process";
import {cpSync, lstatSync, readdirSync, rmSync} from "node:fs";
import {createRequire} from "node:module";
import {basename, join, resolve} from "node:path";

// Builds dist/, what the npm package holds: lib/ and loaders/ compiled with types, and the pages.
const root = resolve(import.meta.dirname, "..");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
rmSync(join(root, "dist"), {recursive: true, force: true});
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], {stdio: "inherit"});
// Python that runs inside sandboxes is read as it is.
for (const path of readdirSync(join(root, "lib"), {recursive: true, encoding: "utf8"}))
  if (path.endsWith(".py")) cpSync(join(root, "lib", path), join(root, "dist", "lib", path));
// The links docs/lib and docs/data stay behind: npm drops symbolic links, and `ballast site` makes them anew.
cpSync(join(root, "docs"), join(root, "dist", "docs"), {
  recursive: true,
  filter: (path) => basename(path) !== ".observablehq" && !lstatSync(path).isSymbolicLink()
});
