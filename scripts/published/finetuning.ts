import {queryRuns} from "../../lib/run/queryRuns.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {identifier} from "../../lib/text/identifier.js";
import {estimate} from "./estimate.js";
import type {Group} from "./figure.js";

export const curveFiles = ["flan.csv", "gigaword.csv", "wmt19.csv"] as const;

/** Fine-tuning loss by tokens, one curve a model, from 200 to 1,638,400; the loss before fine-tuning is left out. */
export function curvesOf(path: string): Promise<{model: string; columns: Observations}[]> {
  return queryRuns(path, async ({columns, select}) => {
    const sizes = columns.filter((name) => /^\d+$/.test(name) && name !== "0");
    const wanted = ["config name", ...sizes];
    const table = await select(Object.fromEntries(wanted.map((name) => [name, identifier(name)])));
    return table["config name"].map((model, i) => ({
      model: String(model),
      columns: {inputs: {}, scalars: {d: sizes.map(Number)}, target: sizes.map((size) => Number(table[size][i]))}
    }));
  });
}

/** The columns of a curve without, or with only, its last points. */
export function cut({scalars, target}: Observations, from: number, to?: number): Observations {
  return {inputs: {}, scalars: {d: scalars!.d!.slice(from, to)}, target: target.slice(from, to)};
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** Lin et al. (2024), arXiv:2402.02314: 30 models on three tasks. */
export const finetuning: readonly Group[] = [
  {
    group: "Rectified law on 90 fine-tuning curves",
    set: "scaling/finetuning-rectified",
    files: curveFiles,
    how: "each curve fitted by least squares on log loss; root mean squared error of the log loss, mean over the curves",
    slow: true,
    async measure({file}) {
      const curves = (await Promise.all(curveFiles.map((name) => curvesOf(file(name))))).flat();
      const rmsd = (law: string) =>
        mean(
          curves.map(({columns}) =>
            Math.sqrt((2 * estimate(law, columns, "squares-log").objective) / columns.target.length)
          )
        );
      return [
        {figure: "curves", published: 90, ours: curves.length, tolerance: 0},
        {figure: "mean log-RMSD, rectified", published: 0.0077, ours: rmsd("rectified"), tolerance: 5e-5},
        {figure: "mean log-RMSD, power law", published: 0.0345, ours: rmsd("power-d"), tolerance: 5e-5}
      ];
    }
  },
  {
    group: "Rectified law on 90 fine-tuning curves, extrapolation",
    set: "scaling/finetuning-rectified",
    files: curveFiles,
    how: "each curve fitted without its last three points (409,600 tokens and more), which are then predicted; mean relative error",
    slow: true,
    async measure({file}) {
      const curves = (await Promise.all(curveFiles.map((name) => curvesOf(file(name))))).flat();
      const error = (law: string) =>
        mean(
          curves.map(({columns}) => {
            const rest = cut(columns, -3);
            const predicted = estimate(law, cut(columns, 0, -3), "squares-log").predict(rest);
            return mean(predicted.map((p, i) => Math.abs(p / rest.target[i] - 1)));
          })
        );
      return [
        {figure: "rectified", published: 0.033, ours: error("rectified"), tolerance: 5e-4},
        {figure: "power law", published: 0.089, ours: error("power-d"), tolerance: 5e-4}
      ];
    }
  }
];
