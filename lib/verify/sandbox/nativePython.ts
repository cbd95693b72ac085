import {existsSync} from "node:fs";
import {join} from "node:path";
import {createBubblewrap, type Bubblewrap} from "./bubblewrap.js";
import {nativeFolder} from "./nativeFolder.js";

/** A Python of this machine inside bubblewrap. */
export interface NativePython {
  /** as verdicts name it, e.g. "bubblewrap/cpython-3.11" */
  id: string;
  /** shared by all who ask; whoever closes it can go on using it */
  bubblewrap: Bubblewrap;
  /** path inside the sandbox, the first word of argv */
  python: string;
  /** that the program needs beside its own */
  folders: Readonly<Record<string, string>>;
  /** versions of the packages that are there, e.g. {pytest: "9.2.0"} */
  packages: Readonly<Record<string, string>>;
}

const inside = "/venv";
const ask = `
import json, os, sys
from importlib import metadata
def version(name):
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
found = {name: version(name) for name in ("pytest", "sympy")}
os.write(3, json.dumps({"python": "%d.%d" % sys.version_info[:2], "packages": found}).encode())
`;

let asked: Promise<NativePython | string> | undefined;

/**
 * The machine's Python in bubblewrap: the virtual environment of `npm run setup:native` where it was made, else
 * /usr/bin/python3. Tried once for a process, by a program in the sandbox itself.
 *
 * @returns why there is none, in one line, where there is none
 */
export function nativePython(): Promise<NativePython | string> {
  asked ??= probe();
  return asked;
}

async function probe(): Promise<NativePython | string> {
  if (process.platform !== "linux") return `bubblewrap needs Linux, this is ${process.platform}`;
  try {
    const bubblewrap = createBubblewrap();
    const venv = existsSync(join(nativeFolder, "bin", "python"));
    const folders: Record<string, string> = venv ? {[inside]: nativeFolder} : {};
    const python = venv ? join(inside, "bin", "python") : "/usr/bin/python3";
    const run = await bubblewrap.run({argv: [python, "-I", "-c", ask], folders});
    if (run.channel === "") return `no Python in bubblewrap: ${run.stderr.trim().split("\n").at(-1) || run.outcome}`;
    const said = JSON.parse(run.channel) as {python: string; packages: Record<string, string | null>};
    const packages = Object.entries(said.packages).filter((entry): entry is [string, string] => entry[1] !== null);
    return {
      id: `bubblewrap/cpython-${said.python}`,
      bubblewrap,
      python,
      folders,
      packages: Object.fromEntries(packages)
    };
  } catch (error) {
    return (error as Error).message.split("\n")[0];
  }
}
