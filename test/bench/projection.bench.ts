import {build} from "esbuild";
import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {findChromium, launch} from "../pages/chromium.js";
import {benchPoints} from "../scaling/chinchillaPoints.js";
import type {BenchRow} from "./row.js";

const entry = `
import {lawOf} from "./law/laws.js";
import {projectVariables} from "./law/variableProjection.js";
const context = {tiers: [], varies: new Set(["n", "d"]), lowerIsBetter: true};
window.project = (rows, y) => {
  const data = {rows: rows.map((row) => Float64Array.from(row)), y};
  const times = [];
  let found;
  for (let i = 0; i < 21; i++) {
    const started = performance.now();
    found = projectVariables(lawOf("chinchilla"), context, data)[0];
    times.push(performance.now() - started);
  }
  return {times, theta: [...found.theta], objective: found.objective};
};`;

/** Variable projection of the Chinchilla form on its 240 points, in a page in Chromium: the first call, and later ones. */
export async function bench(): Promise<BenchRow[]> {
  const chromium = findChromium();
  if (chromium === null) throw new Error("expected a Chromium to measure in, found none");
  const folder = await mkdtemp(join(tmpdir(), "ballast-projection-"));
  const source = join(folder, "entry.js");
  const scaling = new URL("../../lib/scaling", import.meta.url).pathname;
  await writeFile(source, entry.replaceAll("./law/", `${scaling}/`));
  const {outputFiles} = await build({entryPoints: [source], bundle: true, format: "esm", write: false});
  const server = createServer((request, response) => {
    const script = request.url === "/entry.js";
    response.setHeader("content-type", script ? "text/javascript" : "text/html");
    response.end(script ? outputFiles[0].contents : `<script type="module" src="/entry.js"></script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch(chromium);
  try {
    const {rows, y, of} = benchPoints();
    const firsts: number[] = [];
    const laters: number[] = [];
    let objective = 0;
    for (let i = 0; i < 5; i++) {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction("window.project !== undefined");
      const found = await page.evaluate(
        ([rows, y]) =>
          (
            window as unknown as {
              project(rows: readonly (readonly number[])[], y: readonly number[]): {times: number[]; objective: number};
            }
          ).project(rows, y),
        [rows.map((row) => [...row]), [...y]] as const
      );
      firsts.push(found.times[0]);
      laters.push(...found.times.slice(1));
      objective = found.objective;
      await page.close();
    }
    const note = `half sum of squares ${objective.toPrecision(9)}`;
    const limit = {value: 100, sense: "<="} as const;
    return [
      {
        name: "variable projection, 240 points, in Chromium: first call of a page",
        value: median(firsts),
        unit: "ms",
        limit,
        note: `${of}; median of 5 pages; ${note}`
      },
      {
        name: "variable projection, 240 points, in Chromium: later calls",
        value: median(laters),
        unit: "ms",
        limit,
        note: `median of 100`
      }
    ];
  } finally {
    await browser.close();
    server.close();
    await rm(folder, {recursive: true, force: true});
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
