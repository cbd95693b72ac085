import {readFile, writeFile} from "node:fs/promises";
import {asset} from "../lib/io/assets.js";
import {createScalingPool} from "../lib/run/scalingPool.js";
import {groups, measure} from "./published/groups.js";
import type {Reproduced} from "./published/figure.js";
import {pythonWith} from "./python.js";

// BALLAST_DATA=… npx tsx scripts/reproduce.ts [WORDS]: makes data/reproduced.json anew, published figures beside ours;
// with words, only the groups whose names hold them, the others as they are.
const data = process.env.BALLAST_DATA;
if (data === undefined)
  throw new Error("expected BALLAST_DATA to name the folder of the public data sets, got nothing");
const path = asset("reproduced.json");
const words = process.argv.slice(2).join(" ");
const before = words === "" ? [] : (JSON.parse(await readFile(path, "utf8")) as {figures: Reproduced[]}).figures;
const log = (line: string) => void process.stderr.write(`${line}\n`);
const pool = createScalingPool();
try {
  const figures: Reproduced[] = [];
  for (const group of groups) {
    if (!group.group.includes(words)) {
      figures.push(...before.filter((line) => line.group === group.group));
      continue;
    }
    const started = performance.now();
    const lines = await measure(group, data, {run: pool.run, python: (packages) => pythonWith(packages, log)});
    figures.push(...lines);
    log(`${group.group} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
    for (const {figure, published, ours, agrees} of lines)
      log(`  ${agrees === null ? "?" : agrees ? "=" : "≠"} ${figure}: ${published} published, ${ours} ours`);
  }
  await writeFile(path, JSON.stringify({version: 1, figures}, null, 2) + "\n");
} finally {
  await pool.close();
}
