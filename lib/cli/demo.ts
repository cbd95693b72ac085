import {availableParallelism} from "node:os";
import {join, resolve} from "node:path";
import {makeDemo} from "../run/demo.js";
import {serve} from "../run/serve.js";
import {buildSite} from "../run/site.js";
import {integer, parse, type Command} from "./command.js";

/** `ballast demo`: the whole way on the built-in recipe, then the site on this machine. */
export const command: Command = {
  usage: "[--no-serve] [--out DIR] [--port N] [--workers N] [--time-limit SECONDS]",
  summary:
    "The whole way on the built-in recipe: data set, measured runs, fit, plan, configurations, site; then serves it.",
  async run(args) {
    const {values} = parse(args, {
      out: {type: "string", default: join(".ballast", "demo")},
      "no-serve": {type: "boolean", default: false},
      port: {type: "string", default: "3000"},
      workers: {type: "string"},
      "time-limit": {type: "string"},
      json: {type: "boolean", default: false}
    });
    const started = performance.now();
    const out = resolve(values.out);
    const log = (line: string) => void process.stderr.write(`${line}\n`);
    const port = integer("--port", values.port, {max: 65_535});
    const plan = await makeDemo({
      out,
      workers:
        values.workers === undefined
          ? availableParallelism()
          : integer("--workers", values.workers, {min: 1, max: 1024}),
      timeLimit:
        values["time-limit"] === undefined ? undefined : integer("--time-limit", values["time-limit"], {min: 1}),
      log
    });
    const site = join(out, "site");
    await buildSite({data: out, out: site, log});
    const seconds = Math.round((performance.now() - started) / 1000);
    if (values.json) process.stdout.write(`${JSON.stringify({out, site, seconds, weights: plan.weights})}\n`);
    else
      process.stdout.write(
        `${values.out}: data set, runs.parquet, fit.json, plan.json, config/, site/ in ${seconds} s\n`
      );
    if (values["no-serve"]) return 0;
    const {url} = await serve(site, {port});
    process.stdout.write(`${url}  (Ctrl-C stops)\n`);
    await new Promise((stop) => process.once("SIGINT", stop).once("SIGTERM", stop));
    process.exit(0);
  }
};
