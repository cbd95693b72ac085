import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join, resolve} from "node:path";
import * as Plot from "@observablehq/plot";
import {JSDOM} from "jsdom";
import {asset} from "../lib/io/assets.js";
import {literal, withDuckDB} from "../lib/io/duckdb.js";
import {curves} from "../lib/run/curves.js";
import {runFactory} from "../lib/run/factory.js";
import {runProxy} from "../lib/run/proxy.js";
import {readProxyRecipe} from "../lib/run/proxyRecipe.js";
import {readRecipe} from "../lib/run/recipe.js";
import {readRunsTable} from "../lib/run/runsTable.js";

// npm run measure: makes data/runs/full.csv anew, and the README's chart from it. Some ten minutes on two cores.
const root = resolve(import.meta.dirname, "..");
const csv = join(root, "data", "runs", "full.csv");
const log = (line: string) => void process.stderr.write(`${line}\n`);

if (!process.argv.includes("--chart-only")) await measure();
await writeFile(join(root, "data", "runs", "generations.svg"), await chart());

async function measure(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "ballast-measure-"));
  try {
    const {recipe, folder} = await readRecipe(asset("recipes/demo.yaml"));
    await runFactory({recipe, folder, out: dir, log});
    const out = join(dir, "runs.parquet");
    await runProxy({dir, out, recipe: await readProxyRecipe(asset("proxy-full.yaml")), log});
    await withDuckDB((c) => c.run(`COPY (FROM ${literal(out)}) TO ${literal(csv)} (HEADER)`));
  } finally {
    await rm(dir, {recursive: true, force: true});
  }
}

async function chart(): Promise<string> {
  const found = (await curves(await readRunsTable(csv))).find(
    (e) => e.experiment === "generations" && e.benchmark === "bpb_test"
  );
  if (found === undefined) throw new Error(`${csv}: expected the experiment generations with bpb_test, found none`);
  const points = found.arms.flatMap(({arm, points}) =>
    points.map(({x, mean, interval}) => ({arm, x, mean, low: interval?.[0] ?? mean, high: interval?.[1] ?? mean}))
  );
  const last = Math.max(...points.map(({x}) => x));
  // Names at the right, moved apart where their lines end close together.
  const ends = points.filter(({x}) => x === last).sort((a, b) => a.mean - b.mean);
  const labels: {arm: string; y: number}[] = [];
  for (const {arm, mean} of ends) labels.push({arm, y: Math.max(mean, (labels.at(-1)?.y ?? -Infinity) + 0.045)});
  const svg = Plot.plot({
    document: new JSDOM("").window.document,
    width: 800,
    height: 420,
    marginRight: 150,
    marginTop: 30,
    style: "font: 13px system-ui, sans-serif; background: white; color: #333",
    x: {label: "generation of self-training →", ticks: last},
    y: {label: "↑ bits per byte of held-out human text (lower is better)", grid: true},
    color: {
      domain: ["replace", "replace+anchor", "anchor-only", "accumulate", "accumulate+anchor"],
      scheme: "Observable10"
    },
    marks: [
      Plot.areaY(points, {x: "x", y1: "low", y2: "high", fill: "arm", fillOpacity: 0.2}),
      Plot.line(points, {x: "x", y: "mean", stroke: "arm", strokeWidth: 2}),
      Plot.dot(points, {x: "x", y: "mean", fill: "arm", r: 2.5}),
      Plot.text(labels, {x: last, y: "y", text: "arm", fill: "arm", textAnchor: "start", dx: 8})
    ]
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return svg.outerHTML + "\n";
}
