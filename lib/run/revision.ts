import {execFileSync} from "node:child_process";
import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {packageFolder} from "../io/assets.js";

/** The version of this package and, in a checkout, the commit: "0.1.0 (2a79c03)", with a + when files were changed. */
export function revision(): string {
  const {version} = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {version: string};
  if (!existsSync(join(packageFolder, ".git"))) return version;
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, {cwd: packageFolder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"]}).trim();
    const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+";
    return `${version} (${git("rev-parse", "--short", "HEAD")}${changed})`;
  } catch {
    return version;
  }
}
