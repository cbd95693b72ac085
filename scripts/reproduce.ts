import {writeFile} from "node:fs/promises";
import {resolve} from "node:path";
import {createScalingPool} from "../lib/run/scalingPool.js";
import {groups, measure} from "./published/groups.js";
import type {Reproduced} from "./published/figure.js";
import {pythonWith} from "./python.js";

// BALLAST_DATA=… npx tsx scripts/reproduce.ts: makes data/reproduced.json anew, published figures beside ours.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
const log = (line: string) => void process.stderr.write(`${line}\n`);
const pool = createScalingPool();
try {
  const figures: Reproduced[] = [];
  for (const group of groups) {
    const started = performance.now();
    const lines = await measure(group, data, {run: pool.run, python: (packages) => pythonWith(packages, log)});
    figures.push(...lines);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    log(`${group.group} (${seconds} s)`);
    for (const {figure, published, ours, agrees} of lines)
      log(`  ${agrees === null ? "?" : agrees ? "=" : "≠"} ${figure}: ${published} published, ${ours} ours`);
  }
  const path = resolve(import.meta.dirname, "..", "data", "reproduced.json");
  await writeFile(path, JSON.stringify({version: 1, figures}, null, 2) + "\n");
} finally {
  await pool.close();
}
