import {existsSync} from "node:fs";
import {availableParallelism} from "node:os";
import {fileURLToPath} from "node:url";
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
    execArgv: typescript ? ["--import", import.meta.resolve("tsx")] : [],
    minThreads: workers,
    maxThreads: workers,
    idleTimeout: 60_000,
    workerData: data
  });
}
