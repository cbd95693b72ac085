import {readdir, readFile} from "node:fs/promises";
import {cpus} from "node:os";
import {writeAtomic} from "../../lib/io/atomic.js";
import type {BenchRow} from "./row.js";

// npm run bench [NAME…] [-- --readme]: every bench, or those named, as one Markdown table on stdout. With --readme the
// figures go into data/bench.json, and the README's table is made anew of all that are there.
const folder = new URL("./", import.meta.url);
const names = (await readdir(folder))
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.slice(0, -".bench.ts".length))
  .sort();
const wanted = process.argv.slice(2).filter((name) => name !== "--readme");
for (const name of wanted) {
  if (!names.includes(name)) throw new RangeError(`expected a bench among ${names.join(", ")}, got ${name}`);
}
const machine = `${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.version}`;
const head = "| figure | measured | limit | |\n|---|---:|---:|---|\n";
process.stdout.write(`${machine}\n\n${head}`);
for (const name of wanted.length === 0 ? names : wanted) {
  process.stderr.write(`${name} …\n`);
  const {bench} = (await import(new URL(`${name}.bench.ts`, folder).href)) as {bench(): Promise<BenchRow[]>};
  const measured = await bench();
  if (measured.length === 0) process.stderr.write(`${name}: nothing measured: what it needs is not here\n`);
  process.stdout.write(linesOf(measured));
  if (!measured.every(met)) process.exitCode = 1;
  if (process.argv.includes("--readme") && measured.length > 0) await publish(name, measured);
}

function linesOf(measured: readonly BenchRow[]): string {
  return measured
    .map((row) => {
      const {name, value, unit, limit, note = ""} = row;
      const bound = limit === undefined ? "" : `${limit.sense === ">=" ? "≥" : "≤"} ${format(limit.value)} ${unit}`;
      return `| ${name} | ${format(value)} ${unit} | ${bound} | ${met(row) ? note : `missed. ${note}`} |\n`;
    })
    .join("");
}

function met({value, limit}: BenchRow): boolean {
  return limit === undefined || (limit.sense === ">=" ? value >= limit.value : value <= limit.value);
}

async function publish(name: string, measured: readonly BenchRow[]): Promise<void> {
  const path = new URL("../../data/bench.json", import.meta.url).pathname;
  const all = JSON.parse(await readFile(path, "utf8")) as Record<string, {machine: string; rows: BenchRow[]}>;
  all[name] = {machine, rows: [...measured]};
  const kept = Object.keys(all)
    .filter((one) => names.includes(one))
    .sort();
  await writeAtomic(path, `${JSON.stringify(Object.fromEntries(kept.map((one) => [one, all[one]])), null, 1)}\n`);
  const machines = new Set(kept.map((one) => all[one].machine));
  const table = `${[...machines].join("; ")}\n\n${head}${kept.map((one) => linesOf(all[one].rows)).join("")}`;
  const readme = new URL("../../README.md", import.meta.url).pathname;
  const text = await readFile(readme, "utf8");
  await writeAtomic(
    readme,
    text.replace(/<!-- bench -->[^]*<!-- \/bench -->/, () => `<!-- bench -->\n${table}<!-- /bench -->`)
  );
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3)).toString();
}
