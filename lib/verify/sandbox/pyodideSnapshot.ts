import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {copyFile, mkdir, readFile, rename, rm, writeFile} from "node:fs/promises";
import {createRequire} from "node:module";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {promisify} from "node:util";
import {cacheFolder} from "../../io/cacheFolder.js";
import {withLock} from "../../io/lock.js";
import {sha256, sha256File} from "../../io/sha256.js";
import type {Deno} from "./deno.js";
import type {PyodideJob} from "./pyodideChild.js";
import {trimming, trimPyodide} from "./pyodideTrim.js";

/** Nothing is asked, fetched, resolved or configured. */
const fixed = "--quiet --no-prompt --no-remote --cached-only --no-config --no-lock --no-npm --node-modules-dir=none";
/**
 * A brief program is over before optimised code pays: Python's interpreter is one function, which takes 0.7 s of
 * processor time to optimise and runs three times as fast then. V8's bound on that counts the bytes of a function, so
 * that the interpreter passes any of it at once.
 */
const brief = "--liftoff-only,--no-opt,--no-maglev,--single-threaded-gc";
const heap = "--max-old-space-size=256";

/** How deno runs Pyodide from a folder. */
export function denoRun({folder, lasting}: {folder: string; lasting: boolean}): {
  args: string[];
  env: NodeJS.ProcessEnv;
} {
  return {
    args: ["run", ...fixed.split(" "), `--v8-flags=${lasting ? heap : `${heap},${brief}`}`],
    // What V8 keeps of compiled JavaScript holds for the flags that it was compiled with.
    env: {DENO_DIR: join(folder, lasting ? "lasting" : "brief"), TZ: "UTC"}
  };
}

/** Standard modules that are imported once, when the snapshot is made. */
const modules =
  "math cmath re collections collections.abc itertools functools heapq bisect string random datetime decimal fractions " +
  "json copy typing dataclasses enum operator statistics ast abc array base64 binascii calendar cmath contextlib " +
  "difflib hashlib inspect io numbers os sys textwrap time traceback types unicodedata uuid warnings builtins";

const files = ["pyodide.mjs", "python_stdlib.zip"];
const trimmed = {glue: "pyodide.asm.mjs", wasm: "pyodide.asm.wasm"};

const rehearsal: PyodideJob = {main: "import channel\nchannel.receive()\n", files: {}, seed: 1, memory: 2 ** 28};

/** Where Pyodide and its snapshot lie, and what they are. */
export interface Snapshot {
  /** folder with all that the child reads, and nothing else */
  folder: string;
  /** of the npm package pyodide */
  version: string;
}

/**
 * The folder with Pyodide, our child program and a memory snapshot of a Python that has imported the usual modules. It
 * is made once for each version of pyodide, of deno and of our own code, under node_modules/.cache/ballast where that
 * can be written, else in a folder of this user's under the temporary one. Processes that ask at once wait for the one
 * that makes it. Every file is checked against the hash that was kept when it was made, and all is made anew where one
 * differs: that finds what was damaged, not who could write there on purpose.
 *
 * @param trusted Python modules of ours, by file name, that have been imported too
 */
export async function findSnapshot(
  {binary, version: deno}: Deno,
  trusted: Readonly<Record<string, string>> = {}
): Promise<Snapshot> {
  const ours = createRequire(import.meta.url);
  const manifest = ours.resolve("pyodide/package.json");
  const {version} = ours(manifest) as {version: string};
  const lock = JSON.parse(await readFile(join(dirname(manifest), "pyodide-lock.json"), "utf8")) as {info: object};
  const own = new Map([
    ["child.mjs", await childSource()],
    ["modules.json", JSON.stringify(trusted)],
    ["warm.py", warm(Object.keys(trusted))],
    ["lock.json", JSON.stringify({info: lock.info, packages: {}})]
  ]);
  const how = [fixed, brief, heap, trimming];
  const key = sha256(JSON.stringify([version, deno, process.platform, process.arch, ...how, ...own])).slice(0, 16);
  const cache = await cacheFolder();
  const folder = join(cache, `pyodide-${key}`);
  if (await whole(folder)) return {folder, version};
  await withLock(
    `${folder}.lock`,
    async () => {
      if (await whole(folder)) return;
      // In its own place, for V8 keeps compiled code by path; the hashes, which come last, say that it is whole.
      await rm(folder, {recursive: true, force: true});
      await mkdir(folder);
      for (const name of files) await copyFile(join(dirname(manifest), name), join(folder, name));
      for (const [name, text] of own) await writeFile(join(folder, name), text);
      await trim(dirname(manifest), folder);
      const child = (step: string): Promise<unknown> => {
        const {args, env} = denoRun({folder, lasting: false});
        const argv = [...args, `--allow-read=${folder}`, `--allow-write=${folder}`, join(folder, "child.mjs"), step];
        const run = promisify(execFile)(binary, argv, {env, cwd: folder, timeout: 300_000});
        run.child.stdin?.end(`${JSON.stringify(rehearsal)}\n`);
        return run;
      };
      await child("make");
      // The first writes down what it found, and V8 keeps what the second has compiled.
      for (let i = 0; i < 2; i++) await child("rehearse");
      const hashes: Record<string, string> = {};
      for (const name of [...files, ...Object.values(trimmed), ...own.keys(), "snapshot.bin", "snapshot.json"])
        hashes[name] = await sha256File(join(folder, name));
      await writeFile(join(folder, "hashes.partial"), JSON.stringify(hashes));
      await rename(join(folder, "hashes.partial"), join(folder, "hashes.json"));
    },
    {wait: true}
  );
  return {folder, version};
}

async function trim(from: string, to: string): Promise<void> {
  const {glue, wasm} = trimPyodide({
    glue: await readFile(join(from, trimmed.glue), "utf8"),
    loader: await readFile(join(from, "pyodide.mjs"), "utf8"),
    wasm: new Uint8Array(await readFile(join(from, trimmed.wasm)))
  });
  await writeFile(join(to, trimmed.glue), glue);
  await writeFile(join(to, trimmed.wasm), wasm);
}

async function whole(folder: string): Promise<boolean> {
  try {
    const hashes = JSON.parse(await readFile(join(folder, "hashes.json"), "utf8")) as Record<string, string>;
    for (const [name, hash] of Object.entries(hashes))
      if ((await sha256File(join(folder, name))) !== hash) return false;
    return true;
  } catch {
    return false;
  }
}

function warm(trusted: readonly string[]): string {
  const ours = trusted.map((name) => name.replace(/\.py$/, ""));
  return [
    "import sys",
    'sys.path.insert(0, "/job")',
    ...[...modules.split(" "), ...ours].map((name) => `import ${name}`),
    'sys.path.remove("/job")',
    "sys.path_importer_cache.clear()",
    'for name in [name for name in globals() if not name.startswith("__")]: del globals()[name]',
    ""
  ].join("\n");
}

async function childSource(): Promise<string> {
  const compiled = fileURLToPath(new URL("./pyodideChild.js", import.meta.url));
  if (existsSync(compiled)) return readFile(compiled, "utf8");
  const source = await readFile(compiled.replace(/\.js$/, ".ts"), "utf8");
  const {transform} = await import("sucrase");
  return transform(source, {transforms: ["typescript"], disableESTransforms: true}).code;
}
