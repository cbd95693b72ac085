import {execFile, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";

const run = promisify(execFile);

/** A Python with scipy, in a virtual environment that is made once and kept; or why there is none. */
export async function findScipy(): Promise<{python: string} | {missing: string}> {
  const folder = new URL("../../node_modules/.cache/ballast-scipy", import.meta.url).pathname;
  const python = join(folder, "bin", "python");
  if (existsSync(python)) return {python};
  const made = `${folder}.partial-${process.pid}`;
  try {
    await mkdir(join(folder, ".."), {recursive: true});
    await run("python3", ["-m", "venv", made]);
    await run(join(made, "bin", "python"), ["-m", "pip", "install", "--quiet", "numpy", "scipy"]);
    await rename(made, folder);
    await run(python, ["-c", "import scipy"]);
    return {python};
  } catch (error) {
    await rm(made, {recursive: true, force: true});
    return {missing: (error as Error).message.split("\n")[0]};
  }
}

/** What a Python script writes to stdout as JSON, given JSON on stdin. */
export async function runPython(python: string, script: string, input: unknown): Promise<unknown> {
  const child = spawn(python, [script], {stdio: ["pipe", "pipe", "inherit"]});
  child.stdin.end(JSON.stringify(input));
  let text = "";
  for await (const chunk of child.stdout) text += String(chunk);
  if (text === "") throw new Error(`expected an answer of ${script}, got none`);
  return JSON.parse(text);
}
