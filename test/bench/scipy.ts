import {execFile, spawn} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {createInterface} from "node:readline";
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

/** A Python script that answers a line of JSON with a line of JSON. */
export interface Peer {
  /** Sends a document; what it answers comes with `next`. */
  send(document: unknown): void;
  next(): Promise<unknown>;
  close(): void;
}

/** Starts a script as a peer. */
export function startPeer(python: string, script: string): Peer {
  const child = spawn(python, [script], {stdio: ["pipe", "pipe", "inherit"]});
  const lines = createInterface({input: child.stdout})[Symbol.asyncIterator]();
  return {
    send: (document) => child.stdin.write(`${JSON.stringify(document)}\n`),
    async next() {
      const line = await lines.next();
      if (line.done) throw new Error(`expected an answer of ${script}, got none`);
      return JSON.parse(line.value);
    },
    close: () => child.stdin.end()
  };
}
