import {readFileSync} from "node:fs";
import type {Context} from "../../lib/scaling/law.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData, publicFile} from "../publicData.js";

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

/** Points for a bench: the 240 runs where the public data are at hand, else as many made up around the same law. */
export function benchPoints(): {rows: Float64Array[]; y: Float64Array; of: string} {
  if (hasPublicData) return {...chinchillaPoints(), of: "240 runs of epoch-chinchilla"};
  const random = createRandom("chinchilla-points");
  const rows = Array.from({length: 240}, () => {
    const n = 10 ** (7.6 + 2.6 * random());
    return Float64Array.of(n, n * 10 ** (0.2 + 2 * random()));
  });
  const y = Float64Array.from(
    rows,
    ([n, d]) => (1.82 + 478 / n ** 0.347 + 2143 / d ** 0.367) * Math.exp(0.006 * random.normal())
  );
  return {rows, y, of: "240 made-up runs: BALLAST_DATA is not set"};
}
