import {readObservations} from "../../lib/run/observations.js";
import type {Group} from "./figure.js";
import {estimate} from "./estimate.js";
import {leastSquares} from "../../lib/stats/leastSquares.js";
import {lawOf} from "../../lib/scaling/laws.js";

const set = "scaling/collapse-or-thrive";
const file = "gaussian_replace_vs_accumulate.csv";

/** Kazdan et al. (2024), arXiv:2410.16713: a Gaussian fitted to its own samples, 100 generations. */
export const collapse: readonly Group[] = [
  {
    group: "Gaussian, accumulate, n = 100",
    set,
    files: [file],
    how: "squared error of the mean after 100 generations, mean of 100 chains, beside the law of accumulation at V = 1 and E0 = 0",
    async measure(tools) {
      const {columns} = await readObservations(tools.file(file), {
        target: "mean_sqerr_mean",
        scalars: {generation: "iteration", samples: "n_per_iter"},
        where: "setting = 'Accumulate' AND n_per_iter = 100 AND iteration = 100"
      });
      const law = lawOf("collapse-accumulate");
      return [
        {figure: "measured", published: 0.01596, ours: columns.target[0], tolerance: 5e-6},
        {figure: "theory", published: 0.01635, ours: law.predict([0, 1], [100, 100]), tolerance: 5e-6}
      ];
    }
  },
  {
    group: "Gaussian, replace",
    set,
    files: [file],
    how: "slope of the log median variance per generation, beside psi((n − 1) / 2) + log(2 / n); the law's rate is 1 where they are the same",
    async measure(tools) {
      const lines = [];
      for (const [n, published] of [
        [10, -0.2206],
        [32, -0.0632],
        [100, -0.0185]
      ]) {
        const {columns} = await readObservations(tools.file(file), {
          target: "trace_median",
          scalars: {generation: "iteration", samples: "n_per_iter"},
          where: `setting = 'Replace' AND n_per_iter = ${n}`
        });
        const generations = columns.scalars!.generation!;
        const design = leastSquares(generations.map((g) => [1, g]));
        const [, slope] = design.solve(columns.target.map((v) => Math.log(v)));
        const {theta} = estimate("collapse-replace", columns, "squares-log");
        lines.push(
          {figure: `measured slope, n = ${n}`, published, ours: slope, tolerance: 5e-5},
          {
            figure: `rate of the law, n = ${n}`,
            published: 1,
            ours: theta.rate,
            // A chain's log variance wanders by sqrt(2 g / (n − 1)) in g steps, the median of 100 by 1.25 / 10 of that.
            tolerance: (2 * 0.125 * Math.sqrt(200 / (n - 1))) / (100 * Math.abs(published)),
            note: "two standard errors of the median of 100 chains after 100 steps"
          }
        );
      }
      return lines;
    }
  }
];
