import {loadHighs} from "../../lib/run/loadHighs.js";
import {readObservations} from "../../lib/run/observations.js";
import {objectives, type Objective} from "../../lib/scaling/objective.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {Constraints} from "../../lib/mix/constraints.js";
import {optimize} from "../../lib/mix/optimize.js";
import {fit} from "../../lib/scaling/fit.js";
import {spearman} from "../../lib/stats/spearman.js";
import {estimate} from "./estimate.js";
import type {Group, Line, Tools} from "./figure.js";
import {lightgbm} from "./lightgbm.js";
import {regmixPrior} from "./regmixPrior.js";

const set = "scaling/regmix";
const pair = (split: string, size: string) =>
  [`${split}_mixture_${size}.csv`, `${split}_pile_loss_${size}.csv`] as const;
const pileCc = "metric/the_pile_pile_cc_val_loss";

/** The 13 validation sets. */
export const domains =
  "arxiv freelaw pubmed_central wikipedia_en dm_mathematics github stackexchange gutenberg_pg_19 pile_cc ubuntu_irc hackernews pubmed_abstracts uspto_backgrounds".split(
    " "
  );

/** Runs of RegMix: 17 weights, rounded to .001, and one validation loss. */
export async function regmixRuns(
  file: (name: string) => string,
  split: "train" | "test",
  size: "1m" | "60m",
  target = pileCc
): Promise<Observations> {
  const [mixture, loss] = pair(split, size);
  const {columns} = await readObservations(file(mixture), {
    target,
    shares: "train_the_pile_*",
    joins: [{path: file(loss), on: ["index"]}]
  });
  return columns;
}

/** The coefficient of determination of predictions. */
function r2(predicted: readonly number[], measured: readonly number[]): number {
  const mean = measured.reduce((a, b) => a + b, 0) / measured.length;
  const left = measured.reduce((sum, y, i) => sum + (y - predicted[i]) ** 2, 0);
  return 1 - left / measured.reduce((sum, y) => sum + (y - mean) ** 2, 0);
}

const fitted = (law: string, title: string, published: number, objective: Objective, note?: string): Group => ({
  group: `RegMix 1M, Pile-CC: ${title}`,
  set,
  files: [...pair("train", "1m"), ...pair("test", "1m")],
  how: `${law} on 512 mixtures (weights scaled to sum to 1), ${objective.loss === "huber" ? `Huber ${objective.delta}` : "least squares"}; R² on the 256 test mixtures`,
  async measure({file}: Tools) {
    const train = await regmixRuns(file, "train", "1m");
    const test = await regmixRuns(file, "test", "1m");
    const found = estimate(law, train, objective);
    return [
      {
        figure: "R²",
        published,
        ours: r2(found.predict(test), test.target),
        tolerance: 0.0015,
        note: note ?? "rounding moves a weight by up to .0005 of .06 and R² by about its third decimal"
      }
    ];
  }
});

/** Liu et al. (2024), arXiv:2407.01492. */
export const regmix: readonly Group[] = [
  fitted("mix-linear", "linear", 0.772, objectives.squares),
  fitted("mix-ridge", "ridge on (w, log(w + 0.001))", 0.942, objectives.squares),
  fitted("mixing-exponential", "exponential law", 0.91, {...objectives.huber, delta: 0.02}),
  fitted(
    "shukor-additive",
    "additive law",
    0.945,
    objectives.squares,
    "where a search stopped early was published: the same law has a better minimum, and predicts the unseen better"
  ),
  {
    group: "RegMix, 1M against 60M, the same mixtures",
    set,
    files: [...pair("test", "1m"), ...pair("test", "60m")],
    how: "Spearman's rank correlation of the losses of 256 mixtures at 1M and at 60M, mean over 13 validation sets",
    async measure({file}) {
      const all = await Promise.all(
        domains.map(async (domain) => {
          const target = `metric/the_pile_${domain}_val_loss`;
          const [small, large] = [
            await regmixRuns(file, "test", "1m", target),
            await regmixRuns(file, "test", "60m", target)
          ];
          return spearman(small.target, large.target)!;
        })
      );
      const mean = all.reduce((a, b) => a + b, 0) / all.length;
      return [{figure: "mean Spearman", published: 0.9937, ours: mean, tolerance: 5e-5}];
    }
  },
  {
    group: "RegMix, Pile-CC, fitted at 1M, tested at 60M",
    set,
    files: [...pair("train", "1m"), ...pair("test", "60m")],
    how: "fitted on 512 mixtures at 1M, Spearman's rank correlation with the losses of 256 other mixtures at 60M",
    async measure({file}) {
      const train = await regmixRuns(file, "train", "1m");
      const large = await regmixRuns(file, "test", "60m");
      const found = estimate("mix-linear", train, "squares");
      return [
        {
          figure: "linear",
          published: 0.893,
          ours: spearman(found.predict(large), large.target),
          tolerance: 0.0015,
          note: "on weights scaled to sum to 1, which moves a weight by up to .0005 of .06"
        }
      ];
    }
  },
  {
    group: "RegMix 1M, Pile-CC: optimum of the exponential law",
    set,
    files: [...pair("train", "1m")],
    how: "the weights with the least predicted loss, without any rule, and with KL divergence from the domains' natural token shares in the Pile at lambda .05, the law fitted by Huber's loss",
    slow: true,
    async measure({file, run}) {
      const train = await regmixRuns(file, "train", "1m");
      const options = {target: "loss", law: "mixing-exponential", objective: "huber", bootstrap: 2, run} as const;
      const found = await fit(train, options);
      const pileCcIn = async (lambda: number) => {
        const constraints = Constraints.parse({
          anchor: 0,
          measured: false,
          reference: regmixPrior,
          divergence: {lambda}
        });
        return (await optimize(found, {highs: loadHighs, constraints})).weights.train_the_pile_pile_cc;
      };
      return [
        {figure: "Pile-CC without a penalty", published: 1, ours: await pileCcIn(0), tolerance: 0.005},
        {
          figure: "Pile-CC with KL at lambda .05",
          published: 0.59,
          ours: await pileCcIn(0.05),
          tolerance: 0.005,
          note: "Huber's threshold is .001 here; the published one is not given, and .01 leaves 58.5 %"
        }
      ];
    }
  },
  {
    group: "RegMix, Pile-CC, fitted at 1M, tested at 60M, by LightGBM",
    set,
    files: [...pair("train", "1m"), ...pair("test", "60m")],
    how: "the peer: 1,000 trees, learning rate .01; lightgbm from PyPI",
    slow: true,
    async measure(tools): Promise<Line[]> {
      const found = await lightgbm(tools);
      return [
        {
          figure: "LightGBM",
          published: 0.986,
          ours: found,
          tolerance: 5e-5,
          ...(found === null && {note: "not computed: no Python with lightgbm on this machine"})
        }
      ];
    }
  }
];
