import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {join, resolve} from "node:path";
import {promisify} from "node:util";

const exec = promisify(execFile);
const home = resolve(import.meta.dirname, "..", "node_modules", ".cache", "ballast", "python");

/**
 * A Python in a virtual environment of our own, with packages from PyPI: the peers that figures are held against. Made
 * once; null where there is no Python or no PyPI.
 *
 * @param log says why there is none
 */
export async function pythonWith(packages: readonly string[], log: (line: string) => void): Promise<string | null> {
  const python = join(home, "bin", "python");
  try {
    if (!existsSync(python)) await exec("python3", ["-m", "venv", home]);
    const imports = packages.map((name) => `import ${name}`).join("; ");
    const there = await exec(python, ["-c", imports]).then(
      () => true,
      () => false
    );
    if (!there) await exec(python, ["-m", "pip", "install", "--quiet", ...packages]);
    return python;
  } catch (error) {
    log(`no Python with ${packages.join(", ")}: ${(error as Error).message.split("\n")[0]}`);
    return null;
  }
}
