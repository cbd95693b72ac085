import {existsSync} from "node:fs";
import {createRequire} from "node:module";
import {availableParallelism} from "node:os";
import {fileURLToPath, pathToFileURL} from "node:url";
import {Piscina} from "piscina";

/**
 * A pool of worker threads over a module's default export, whether it runs as TypeScript or compiled.
 *
 * @param base import.meta.url of the caller
 * @param module relative name with its .js ending, e.g. "./worker.js"
 * @param options.data what every worker gets as `workerData`
 */
export function createWorkers(
  base: string,
  module: string,
  {workers = availableParallelism(), data}: {workers?: number; data?: unknown} = {}
): Piscina {
  const compiled = fileURLToPath(new URL(module, base));
  const source = compiled.replace(/\.js$/, ".ts");
  const typescript = !existsSync(compiled) && existsSync(source);
  return new Piscina({
    filename: typescript ? source : compiled,
    // Not import.meta.resolve: it is missing where tsx loads this file through require, as in a worker's own workers.
    execArgv: typescript ? ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href] : [],
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: 60_000,
    workerData: data
  });
}
