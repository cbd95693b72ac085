import {readdir, readFile} from "node:fs/promises";
import {cpus} from "node:os";
import {writeAtomic} from "../../lib/io/atomic.js";
import type {BenchRow} from "./row.js";

// npm run bench [NAME…] [-- --readme]: every bench, or those named, as one Markdown table on stdout, and in the README.
const folder = new URL("./", import.meta.url);
const names = (await readdir(folder))
  .filter((name) => name.endsWith(".bench.ts"))
  .map((name) => name.slice(0, -".bench.ts".length))
  .sort();
const wanted = process.argv.slice(2).filter((name) => name !== "--readme");
for (const name of wanted) {
  if (!names.includes(name)) throw new RangeError(`expected a bench among ${names.join(", ")}, got ${name}`);
}
let table = "";
write(`${cpus().length} cores, ${cpus()[0].model.trim()}, Node ${process.version}\n\n`);
write("| figure | measured | limit | |\n|---|---:|---:|---|\n");
for (const name of wanted.length === 0 ? names : wanted) {
  process.stderr.write(`${name} …\n`);
  const {bench} = (await import(new URL(`${name}.bench.ts`, folder).href)) as {bench(): Promise<BenchRow[]>};
  const measured = await bench();
  if (measured.length === 0) process.stderr.write(`${name}: nothing measured: what it needs is not here\n`);
  for (const {name: figure, value, unit, limit, note = ""} of measured) {
    const met = limit === undefined || (limit.sense === ">=" ? value >= limit.value : value <= limit.value);
    if (!met) process.exitCode = 1;
    const bound = limit === undefined ? "" : `${limit.sense === ">=" ? "≥" : "≤"} ${format(limit.value)} ${unit}`;
    write(`| ${figure} | ${format(value)} ${unit} | ${bound} | ${met ? note : `missed. ${note}`} |\n`);
  }
}
if (process.argv.includes("--readme")) {
  const readme = new URL("../../README.md", import.meta.url).pathname;
  const text = await readFile(readme, "utf8");
  await writeAtomic(
    readme,
    text.replace(/<!-- bench -->[^]*<!-- \/bench -->/, () => `<!-- bench -->\n${table}<!-- /bench -->`)
  );
}

function write(text: string): void {
  table += text;
  process.stdout.write(text);
}

function format(value: number): string {
  return value >= 1000 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3)).toString();
}
