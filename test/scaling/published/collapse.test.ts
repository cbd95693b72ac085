import {describe, expect, test} from "vitest";
import {accumulatedError, replaceSlope} from "../../../lib/scaling/collapse.js";
import {trigamma} from "../../../lib/scaling/digamma.js";
import type {Context} from "../../../lib/scaling/law.js";
import {lawOf} from "../../../lib/scaling/laws.js";
import {objectives} from "../../../lib/scaling/objective.js";
import {createProblem} from "../../../lib/scaling/problem.js";
import {solve} from "../../../lib/scaling/solve.js";
import {leastSquares} from "../../../lib/stats/leastSquares.js";
import {publicCsv} from "../../publicCsv.js";
import {hasPublicData} from "../../publicData.js";

const runs = (setting: string) =>
  publicCsv("scaling/collapse-or-thrive", "gaussian_replace_vs_accumulate.csv").filter(
    (row) => row.setting === setting
  );

test("the theory of replacing: known values of ψ((n − 1) / 2) + log(2 / n)", () => {
  // ψ(4.5) = 2 (1 + 1/3 + 1/5 + 1/7) − γ − log 4, DLMF 5.4.15.
  const psi = 2 * (1 + 1 / 3 + 1 / 5 + 1 / 7) - 0.5772156649015329 - Math.log(4);
  expect(Math.abs(replaceSlope(10) - (psi + Math.log(2 / 10)))).toBeLessThan(1e-14);
  expect(Math.abs(replaceSlope(10) - -0.2206)).toBeLessThan(5e-5);
});

test("the theory of accumulating, n = 100, 100 generations: .01635, below the bound", () => {
  expect(Math.abs(accumulatedError(100) / 100 - 0.01635)).toBeLessThan(5e-6);
  expect(accumulatedError(100)).toBeLessThan(Math.PI ** 2 / 6);
});

// Kazdan et al. (2024), Collapse or Thrive, arXiv:2410.16713: Gaussians fitted again and again, about 100 runs each.
describe.skipIf(!hasPublicData)("Gaussians over 100 generations", () => {
  const context: Context = {tiers: [], varies: new Set(["generation", "samples"]), lowerIsBetter: true};
  const rowsOf = (rows: Record<string, string>[]) =>
    rows.map((row) => Float64Array.from([row.iteration, row.n_per_iter], Number));

  test("accumulating, n = 100: .01596 measured", () => {
    const last = runs("Accumulate").find((row) => row.n_per_iter === "100" && row.iteration === "100")!;
    expect(Math.abs(Number(last.mean_sqerr_mean) - 0.01596)).toBeLessThan(5e-6);
  });

  test("accumulating: the law's V is the variance of the data, and its error stays bounded", () => {
    const law = lawOf("collapse-accumulate");
    const table = runs("Accumulate");
    const rows = rowsOf(table);
    const y = table.map((row) => Number(row.mean_sqerr_mean));
    // Each mean is of `runs` squares, which are about χ²(1): its variance is 2 / runs of its own square.
    const weight = table.map((row) => Number(row.runs) / 2 / Number(row.mean_sqerr_mean) ** 2);
    const {theta} = solve(
      createProblem(law, context, {rows, y, weight}, objectives.squares),
      law.starts(context, rows, y)
    );
    // Generations of one chain go together: about one free mean of 100 squares for each of the four n, which is
    // sqrt(2 / 100 / 4) = .07 on V = 1; three of those.
    expect(Math.abs(theta[1] - 1)).toBeLessThan(0.21);
    expect(theta[0]).toBeLessThan(0.01);
  });

  test.for([
    [10, -0.2206],
    [32, -0.0632],
    [100, -0.0185]
  ])(
    "replacing, n = %i: log median variance falls by %f a generation, the theory's slope within its error",
    ([n, slope]) => {
      const rows = runs("Replace").filter((row) => row.n_per_iter === String(n));
      const g = rows.map((row) => Number(row.iteration));
      const y = rows.map((row) => Math.log(Number(row.trace_median)));
      const [, measured] = leastSquares(g.map((v) => [1, v])).solve(y);
      expect(Math.abs(measured - slope)).toBeLessThan(5e-5);
      // log χ²(n − 1) has the variance ψ′((n − 1) / 2) a generation, the log median of 100 runs 1.57 ψ′ g / 100: a random
      // walk, whose least squares slope over m steps has the variance 6 / 5 / m of a step's. Three standard errors.
      const error = Math.sqrt(((6 / 5 / 100) * 1.57 * trigamma((n - 1) / 2)) / 100);
      expect(Math.abs(measured - replaceSlope(n))).toBeLessThan(3 * error);
    }
  );

  test("replacing: one rate fits all n, and it is the theory's 1", () => {
    const law = lawOf("collapse-replace");
    const table = runs("Replace");
    const rows = rowsOf(table);
    const y = table.map((row) => Number(row.trace_median));
    // The variance of a log median grows with the generations: 1.57 ψ′ g / runs.
    const weight = table.map(
      (row) => Number(row.runs) / (1.57 * trigamma((Number(row.n_per_iter) - 1) / 2) * Number(row.iteration))
    );
    const {theta} = solve(
      createProblem(law, context, {rows, y, weight}, objectives["squares-log"]),
      law.starts(context, rows, y)
    );
    // Relative errors of the slopes by themselves: .0283, .051, .097 and, n = 316 of 44 runs, .26; together .024.
    expect(Math.abs(theta[1] - 1)).toBeLessThan(3 * 0.024);
  });
});
