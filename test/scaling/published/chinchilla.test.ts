import {describe, expect, test} from "vitest";
import type {Context} from "../../../lib/scaling/law.js";
import {lawOf} from "../../../lib/scaling/laws.js";
import {linearStarts} from "../../../lib/scaling/linearStarts.js";
import {objectives} from "../../../lib/scaling/objective.js";
import {createProblem} from "../../../lib/scaling/problem.js";
import {solve} from "../../../lib/scaling/solve.js";
import {drawTasks, runHere, solutionsOf} from "../../../lib/scaling/task.js";
import {quantileInterval} from "../../../lib/stats/quantile.js";
import {publicCsv} from "../../publicCsv.js";
import {hasPublicData} from "../../publicData.js";

// Points read off Hoffmann et al. (2022), figure 4, by Besiroglu et al. (2024), arXiv:2404.10102; without the five
// highest losses, as there.
describe.skipIf(!hasPublicData)("Chinchilla's runs", () => {
  const law = lawOf("chinchilla");
  const context: Context = {tiers: [], varies: new Set(["n", "d"]), lowerIsBetter: true};
  const read = () =>
    publicCsv("scaling/epoch-chinchilla", "svg_extracted_data.csv")
      .map((row) => ({n: Number(row["Model Size"]), c: Number(row["Training FLOP"]), y: Number(row.loss)}))
      .sort((a, b) => a.y - b.y)
      .slice(0, -5);
  const problemOf = (runs: ReturnType<typeof read>) =>
    createProblem(
      law,
      context,
      {rows: runs.map(({n, c}) => Float64Array.from([n, c / (6 * n)])), y: runs.map(({y}) => y)},
      objectives["huber-log"]
    );
  // The optimum is proved by its value, so that the starts of variable projection are enough; the 4,500 published ones
  // are for the bench.
  const fitted = (problem: ReturnType<typeof problemOf>) =>
    solve(
      problem,
      linearStarts(law.linear!, problem.parameters, law.linear!.shapes(context), problem.rows, problem.y, {most: 4})
    );

  test("240 points give the published optimum", () => {
    const problem = problemOf(read());
    expect(problem.y).toHaveLength(240);
    const {theta, objective} = fitted(problem);
    // Half of the last digit that was printed, each.
    expect(Math.abs(objective - 0.001018274)).toBeLessThan(5e-11);
    const [e, a, b, alpha, beta] = theta;
    expect(Math.abs(a - 477.83)).toBeLessThan(0.005);
    expect(Math.abs(b - 2143.42)).toBeLessThan(0.005);
    expect(Math.abs(e - 1.8172)).toBeLessThan(5e-5);
    expect(Math.abs(alpha - 0.3473)).toBeLessThan(5e-5);
    expect(Math.abs(beta - 0.3672)).toBeLessThan(5e-5);
    // What the published coefficients score, before they were rounded for print.
    expect(objective).toBeLessThan(0.0010186447);
  });

  test("fitted below 1e21 FLOP it predicts the 23 larger runs to 1.05 %", () => {
    const runs = read();
    const large = problemOf(runs.filter(({c}) => c >= 1e21));
    expect(large.y).toHaveLength(23);
    const {theta} = fitted(problemOf(runs.filter(({c}) => c < 1e21)));
    const errors = large.rows.map((x, i) => Math.abs(law.predict(theta, x) / large.y[i] - 1));
    expect(Math.abs(errors.reduce((sum, e) => sum + e, 0) / 23 - 0.0105)).toBeLessThan(5e-5);
  });

  test("bootstrap intervals are the published ones", async () => {
    const problem = problemOf(read());
    const {theta} = fitted(problem);
    const draws = 240;
    const found = solutionsOf(await runHere(drawTasks(problem, [theta], {draws, seed: ["published"]})));
    expect(found).not.toContain(null);
    const published = {
      E: [1.769, 1.871],
      A: [285, 744],
      B: [1042, 5810],
      alpha: [0.317, 0.373],
      beta: [0.331, 0.415]
    };
    for (const [j, {name, scale}] of problem.parameters.entries()) {
      const as = (v: number): number => (scale === "log" ? Math.log(v) : v);
      const [low, high] = quantileInterval(found.map((one) => as(one!.theta[j])));
      const [from, to] = published[name as keyof typeof published].map(as);
      // The 2.5 % quantile of 240 draws has a standard error of sqrt(.025 · .975 / 240) / φ(1.96) = .172 SD, an
      // interval is 3.92 SD wide: .044 of it. Three of those, and 1 % of it for the print's rounding.
      const margin = (3 * 0.044 + 0.01) * (to - from);
      expect(Math.abs(low - from)).toBeLessThan(margin);
      expect(Math.abs(high - to)).toBeLessThan(margin);
    }
  });
});
