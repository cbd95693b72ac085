import {execFile} from "node:child_process";
import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {mkdir, readFile, rename, rm} from "node:fs/promises";
import {join} from "node:path";
import {promisify} from "node:util";

const run = promisify(execFile);

/**
 * A Python with the peers at the versions of requirements.txt, in a virtual environment that is made once for each list
 * of versions and kept; or why there is none. `missing` names the peers that could not be installed, each with the reason.
 */
export async function peersPython(): Promise<{python: string; missing: ReadonlyMap<string, string>}> {
  const list = new URL("./requirements.txt", import.meta.url).pathname;
  const hash = createHash("sha256")
    .update(await readFile(list))
    .digest("hex")
    .slice(0, 12);
  const folder = new URL(`../../../node_modules/.cache/ballast/dedup-peers-${hash}`, import.meta.url).pathname;
  const python = join(folder, "bin", "python");
  if (!existsSync(python)) {
    const made = `${folder}.partial-${process.pid}`;
    try {
      await mkdir(join(folder, ".."), {recursive: true});
      await run("python3", ["-m", "venv", made]);
      const pip = [join(made, "bin", "python"), "-m", "pip", "install", "--quiet"] as const;
      await run(pip[0], [...pip.slice(1), "--requirement", list]);
      // Its list asks for Spark and more, which its MinHash never loads; what it does load is in requirements.txt.
      await run(pip[0], [...pip.slice(1), "--no-deps", "text-dedup==0.4.0"]);
      await rename(made, folder);
    } finally {
      await rm(made, {recursive: true, force: true});
    }
  }
  const modules = {datasketch: "datasketch", rensa: "rensa", "text-dedup": "text_dedup.minhash", datatrove: "datatrove.pipeline.dedup"}; // prettier-ignore
  const missing = new Map<string, string>();
  for (const [peer, module] of Object.entries(modules)) {
    try {
      await run(python, ["-c", `import ${module}`]);
    } catch (error) {
      missing.set(peer, (error as Error).message.trim().split("\n").at(-1)!);
    }
  }
  return {python, missing};
}
