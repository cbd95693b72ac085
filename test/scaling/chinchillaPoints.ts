import {readFileSync} from "node:fs";
import type {Context} from "../../lib/scaling/law.js";
import {publicFile} from "../publicData.js";

/** What the Chinchilla form is told of its runs. */
export const chinchillaContext: Context = {tiers: [], varies: new Set(["n", "d"]), lowerIsBetter: true};

/** The 240 runs that Besiroglu et al. (2024), arXiv:2404.10102, fit: all that were read off, less the 5 worst losses. */
export function chinchillaPoints(): {rows: Float64Array[]; y: Float64Array} {
  const [header, ...lines] = readFileSync(publicFile("scaling/epoch-chinchilla", "svg_extracted_data.csv"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  const [n, flop, loss] = ["Model Size", "Training FLOP", "loss"].map((name) => header.indexOf(name));
  const runs = lines
    .map((cells) => ({n: Number(cells[n]), d: Number(cells[flop]) / (6 * Number(cells[n])), y: Number(cells[loss])}))
    .sort((a, b) => a.y - b.y)
    .slice(0, -5);
  return {rows: runs.map((run) => Float64Array.of(run.n, run.d)), y: Float64Array.from(runs, (run) => run.y)};
}
