import type {Command} from "./command.js";
import {Misuse} from "./command.js";

// Loaded on demand: `ballast laws` should not wait for DuckDB.
const commands: Record<string, () => Promise<{command: Command}>> = {
  demo: () => import("./demo.js"),
  run: () => import("./run.js"),
  estimate: () => import("./estimate.js"),
  verify: () => import("./verify.js"),
  dedup: () => import("./dedup.js"),
  contamination: () => import("./contamination.js"),
  privacy: () => import("./privacy.js"),
  answers: () => import("./answers.js"),
  audit: () => import("./audit.js"),
  check: () => import("./check.js"),
  proxy: () => import("./proxy.js"),
  laws: () => import("./laws.js"),
  fit: () => import("./fit.js"),
  optimize: () => import("./optimize.js"),
  export: () => import("./export.js"),
  site: () => import("./site.js")
};

// Dates are printed by local time in sandboxed programs: the same bytes on every machine need one time zone.
process.env.TZ = "UTC";

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    await help();
    return name === undefined ? 2 : 0;
  }
  if (!Object.hasOwn(commands, name)) {
    process.stderr.write(`ballast: expected one of ${Object.keys(commands).join(", ")}, got ${JSON.stringify(name)}\n`);
    return 2;
  }
  const {command} = await commands[name]();
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`ballast ${name} ${command.usage}\n\n${command.summary}\n`);
    return 0;
  }
  try {
    return await command.run(args);
  } catch (error) {
    if (error instanceof Misuse) {
      process.stderr.write(`ballast ${name}: ${error.message}\nusage: ballast ${name} ${command.usage}\n`);
      return 2;
    }
    const message = process.env.BALLAST_DEBUG ? (error as Error).stack : (error as Error).message;
    process.stderr.write(`ballast ${name}: ${message}\n`);
    return 1;
  }
}

async function help(): Promise<void> {
  const lines = ["ballast COMMAND …", ""];
  for (const [name, load] of Object.entries(commands)) {
    const {command} = await load();
    lines.push(`  ballast ${name} ${command.usage}`, `      ${command.summary}`);
  }
  process.stdout.write(lines.join("\n") + "\n");
}
