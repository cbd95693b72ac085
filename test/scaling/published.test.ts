import {describe, expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {bestShareQuantile, grid} from "../../lib/scaling/grid.js";
import type {Observations} from "../../lib/scaling/observations.js";
import {createPrediction} from "../../lib/scaling/prediction.js";
import {quantileInterval} from "../../lib/stats/quantile.js";
import {publicCsv} from "../publicCsv.js";
import {hasPublicData} from "../publicData.js";

/** The laws that were compared when these choices were published. */
const compared = ["constant", "linear", "quadratic", "share-log"];

/** The law of least AICc among those. */
async function least(columns: Observations, target: string): Promise<string> {
  const scores = await Promise.all(
    compared.map(async (law) => {
      const {candidates} = await fit(columns, {law, target, lowerIsBetter: false, bootstrap: 2});
      return {law, aicc: candidates[0].aicc!};
    })
  );
  return scores.reduce((best, one) => (one.aicc < best.aicc ? one : best)).law;
}

describe.skipIf(!hasPublicData)("published numbers, from BALLAST_DATA", () => {
  // Table 2 of the HF blog "The Synthetic Data Playbook" (2026): optimum 80 % and 60 %; run-to-run SD .0016 to .0020.
  describe.for([
    {format: "math", best: 0.8, law: "share-log", range: [0.7, 0.9]},
    {format: "faq", best: 0.6, law: "quadratic", range: [0.6, 0.8]}
  ])("FinePhrase $format", ({format, best, law, range}) => {
    const columns = () => {
      const rows = publicCsv("scaling/finephrase", "synthetic_ratio_sweep_math_faq.csv").filter(
        (row) => row.step === "10000" && [format, "(none)"].includes(row.format)
      );
      // Mean of the ten baseline seeds, as one point among the single runs: the sweep is of ten shares.
      const at = [...new Set(rows.map((row) => row.synthetic_fraction))];
      const mean = (share: string) => {
        const values = rows.filter((row) => row.synthetic_fraction === share).map((row) => Number(row.agg_score_macro));
        return values.reduce((a, b) => a + b, 0) / values.length;
      };
      return {inputs: {share: at.map(Number)}, target: at.map(mean)};
    };

    test(`AICc picks ${law}`, async () => {
      expect(columns().target).toHaveLength(10);
      expect(await least(columns(), "macro")).toBe(law);
    });

    test(`the best share that was run is ${best}, and a plateau under the noise`, () => {
      const found = grid(columns(), {lowerIsBetter: false, sd: 0.002});
      expect(found.best.x).toEqual([best]);
      expect(found.best.probability).toBeLessThan(0.9);
      // Shares lie .1 apart, so that the 5 to 95 % range is exact or off by a whole step.
      expect([bestShareQuantile(found, 0.05), bestShareQuantile(found, 0.95)]).toEqual(range);
    });
  });

  test("datablations: the best share of code is 32 % [13, 40], a quadratic by AICc", async () => {
    const rows = publicCsv("scaling/datablations", "code_fraction_vs_benchmarks.csv").filter(
      (row) => row.model === "4.2B" && row.task === "Average"
    );
    const columns = {
      inputs: {share: rows.map((row) => Number(row.python_pct) / 100)},
      target: rows.map((row) => Number(row.rescaled_score_pct)),
      sd: rows.map((row) => Number(row.std_over_5_seeds))
    };
    expect(await least(columns, "average")).toBe("quadratic");
    const found = await fit(columns, {law: "quadratic", target: "average", lowerIsBetter: false, bootstrap: 4000});
    const {a, b} = found.coefficients;
    expect(-a.value / 2 / b.value).toBeCloseTo(0.32, 2);
    const [low, high] = quantileInterval(found.draws.map(([, a, b]) => Math.max(0, -a / 2 / b)));
    // Both ends published to whole percents; a 2.5 % quantile of 4,000 draws has a standard error of about
    // sqrt(.025 · .975 / 4000) / density, density .025 / .1 per unit there: .01. Twice that for the lower end.
    expect(Math.abs(low - 0.13)).toBeLessThan(0.025);
    expect(Math.abs(high - 0.4)).toBeLessThan(0.015);
  });

  describe("RegMix, 1M runs, Pile-CC", () => {
    const read = (split: string) => {
      const mixture = publicCsv("scaling/regmix", `${split}_mixture_1m.csv`);
      const loss = new Map(publicCsv("scaling/regmix", `${split}_pile_loss_1m.csv`).map((row) => [row.index, row]));
      const names = Object.keys(mixture[0]).filter((name) => name !== "index");
      return {
        names,
        xs: mixture.map((row) => {
          const x = names.map((name) => Number(row[name]));
          const sum = x.reduce((a, b) => a + b, 0);
          return x.map((v) => v / sum);
        }),
        y: mixture.map((row) => Number(loss.get(row.index)!["metric/the_pile_pile_cc_val_loss"]))
      };
    };

    test.for([
      {law: "mix-linear", r2: 0.772},
      {law: "mix-log", r2: 0.942}
    ])("$law explains $r2 of the test mixtures", async ({law, r2}) => {
      const train = read("train");
      const seen = read("test");
      const inputs = Object.fromEntries(train.names.map((name, j) => [name, train.xs.map((x) => x[j])]));
      const prediction = createPrediction(await fit({inputs, target: train.y}, {law, target: "loss", bootstrap: 100}));
      const mean = seen.y.reduce((a, b) => a + b, 0) / seen.y.length;
      const left = seen.xs.reduce((sum, x, i) => sum + (prediction.value(x) - seen.y[i]) ** 2, 0);
      const all = seen.y.reduce((sum, y) => sum + (y - mean) ** 2, 0);
      // Published to three decimals, by ridge on weights as rounded; ours is without a penalty on weights scaled to
      // sum to 1, and rounding moves a weight by up to .0005 of .06: R² by about its own third decimal.
      expect(Math.abs(1 - left / all - r2)).toBeLessThan(0.0015);
    });
  });
});

test.skipIf(hasPublicData)("published numbers are not checked: BALLAST_DATA is not set", () => {
  expect(process.env.BALLAST_DATA ?? "").toBe("");
});
