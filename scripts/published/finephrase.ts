import {readObservations} from "../../lib/run/observations.js";
import {fit} from "../../lib/scaling/fit.js";
import {bestShareQuantile, grid} from "../../lib/scaling/grid.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {sampleStandardDeviation} from "simple-statistics";
import type {Group} from "./figure.js";

export const finephraseFile = "synthetic_ratio_sweep_math_faq.csv";

/** The laws over a share alone that the published choice was made among. */
const shareLaws = ["constant", "linear", "quadratic", "share-kink", "share-log", "share-saturating"];

const group = (format: string, published: {best: number; law: string; range: [number, number]}): Group => ({
  group: `FinePhrase, ${format}: best synthetic share`,
  set: "scaling/finephrase",
  files: [finephraseFile],
  how: "macro score after 10,000 steps at ten shares (the ten seeds of the baseline averaged); the best share under noise of SD .002",
  async measure({file, run}) {
    const {columns} = await readObservations(file(finephraseFile), {
      target: "agg_score_macro",
      share: "synthetic_fraction",
      where: `step = 10000 AND format IN ('${format}', '(none)')`
    });
    const sweep = averaged(columns);
    const measured = grid(sweep, {lowerIsBetter: false, sd: 0.002});
    const found = await fit(sweep, {target: "agg_score_macro", lowerIsBetter: false, bootstrap: 100, run});
    const byAicc = found.candidates
      .filter((c) => c.aicc !== null && shareLaws.includes(c.law))
      .reduce((a, b) => (b.aicc! < a.aicc! ? b : a));
    // Shares lie .1 apart: exact, or off by a whole step.
    return [
      {figure: "best share that was run", published: published.best, ours: measured.best.x[0], tolerance: 1e-9},
      {
        figure: "5 % quantile of the best share",
        published: published.range[0],
        ours: bestShareQuantile(measured, 0.05),
        tolerance: 1e-9
      },
      {
        figure: "95 % quantile",
        published: published.range[1],
        ours: bestShareQuantile(measured, 0.95),
        tolerance: 1e-9
      },
      {figure: "share law by AICc", published: published.law, ours: byAicc.law, tolerance: 0}
    ];
  }
});

/** FinePhrase, a sweep of ten shares; the HF blog "The Synthetic Data Playbook" (2026), arXiv:2604.13977. */
export const finephrase: readonly Group[] = [
  group("math", {best: 0.8, law: "share-log", range: [0.7, 0.9]}),
  group("faq", {best: 0.6, law: "quadratic", range: [0.6, 0.8]}),
  {
    group: "FinePhrase: noise between runs",
    set: "scaling/finephrase",
    files: [finephraseFile],
    how: "standard deviation of the macro score between the ten seeds of the baseline after 10,000 steps",
    async measure({file}) {
      const {columns} = await readObservations(file(finephraseFile), {
        target: "agg_score_macro",
        share: "synthetic_fraction",
        where: "step = 10000 AND format = '(none)'"
      });
      return [
        {
          figure: "SD",
          published: ".0016 to .0020",
          ours: null,
          tolerance: 0,
          note: `published of a grid of seeds that is not among these files; between the ten seeds here it is ${sampleStandardDeviation([...columns.target]).toPrecision(3)}`
        }
      ];
    }
  }
];

/** One value a share: the mean of its runs. */
function averaged({inputs, target}: Observations): Observations {
  const [name] = Object.keys(inputs);
  const shares = [...new Set(inputs[name])].sort((a, b) => a - b);
  const means = shares.map((share) => {
    const values = target.filter((_, i) => inputs[name][i] === share);
    return values.reduce((a, b) => a + b, 0) / values.length;
  });
  return {inputs: {[name]: shares}, target: means};
}
