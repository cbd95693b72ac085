import {existsSync} from "node:fs";
import {readFile, writeFile} from "node:fs/promises";
import {asset} from "../lib/io/assets.js";
import {measureCanaries} from "./leakage/canaries.js";
import {measureContamination} from "./leakage/contamination.js";
import {measureMembership} from "./leakage/membership.js";
import {measurePersonalData} from "./leakage/personalData.js";

// BALLAST_DATA=… npx tsx scripts/leakage.ts [PART…]: makes data/leakage.json anew, what the searches for leaks find where
// the truth is known; with parts, only those, the others as they are. No text of others comes into it.
const parts: Record<string, () => Promise<unknown>> = {
  contamination: measureContamination,
  membership: measureMembership,
  canaries: measureCanaries,
  personalData: measurePersonalData
};
const asked = process.argv.slice(2);
for (const name of asked)
  if (!Object.hasOwn(parts, name))
    throw new RangeError(`expected some of ${Object.keys(parts).join(", ")}, got ${name}`);

const path = asset("leakage.json");
const measured = existsSync(path) ? (JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>) : {};
for (const [name, measure] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) measured[name] = await measure();
// A list of numbers on one line: curves have hundreds.
const json = JSON.stringify(rounded(measured), null, 1).replaceAll(/\[[-\d.e,\s]+\]/g, (list) =>
  list.replaceAll(/\s+/g, "")
);
await writeFile(path, `${json}\n`);

/** Six digits of every number: the rest is noise, and would change with the machine's arithmetic. */
function rounded(value: unknown): unknown {
  if (typeof value === "number") return Number.isInteger(value) ? value : Number(value.toPrecision(6));
  if (Array.isArray(value)) return value.map(rounded);
  if (value !== null && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rounded(one)]));
  return value;
}
