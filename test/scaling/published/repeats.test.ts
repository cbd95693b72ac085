import {describe, expect, test} from "vitest";
import type {Context} from "../../../lib/scaling/law.js";
import {lawOf} from "../../../lib/scaling/laws.js";
import {objectives} from "../../../lib/scaling/objective.js";
import {createProblem} from "../../../lib/scaling/problem.js";
import {solve} from "../../../lib/scaling/solve.js";
import {publicCsv} from "../../publicCsv.js";
import {hasPublicData} from "../../publicData.js";

// The 182 runs of Muennighoff et al. (2023), arXiv:2305.16264, and the constants of its code: A, B, E from their
// logarithms, alpha and beta one number.
describe.skipIf(!hasPublicData)("Muennighoff's runs", () => {
  const law = lawOf("repeats");
  const context: Context = {tiers: [], varies: new Set(["n", "d", "u"]), lowerIsBetter: true};
  const scale = [Math.exp(0.6254804), Math.exp(6.255414), Math.exp(7.3049974), 0.3526596, 0.3526596];
  const published = [...scale, 15.387756, 5.309743];
  const problemWith = (fixed: (j: number) => number | undefined) => {
    const runs = publicCsv("scaling/datablations", "fit_set_182.csv");
    return createProblem(
      law,
      context,
      {
        rows: runs.map((r) => Float64Array.from([r.params_N, r.tokens_D, r.unique_tokens_U], Number)),
        y: runs.map((r) => Number(r.c4_val_loss))
      },
      objectives["huber-log"],
      law.parameters(context).map((p, j) => {
        const value = fixed(j);
        return value === undefined ? p : {...p, fixed: value};
      })
    );
  };
  /** The published way: only the two constants of repeats are fitted. */
  const held = (j: number): number | undefined => (j < 5 ? scale[j] : undefined);

  test("the published constants score .0158259", () => {
    const problem = problemWith(() => undefined);
    expect(problem.y).toHaveLength(182);
    expect(Math.abs(problem.evaluate(problem.phi(published), new Float64Array(7)) - 0.0158259)).toBeLessThan(5e-8);
  });

  test("a better minimum has R_D* far higher", () => {
    const problem = problemWith(held);
    const gradient = new Float64Array(2);
    const reported = problem.evaluate(problem.phi([...scale, 47, 2.33]), gradient);
    expect(reported).toBeLessThan(0.0158259);
    const found = solve(
      problem,
      [5, 15, 47, 150].flatMap((rd) => [2, 6].map((rn) => [...scale, rd, rn]))
    );
    // It is no worse than the one that was reported, and as flat a way on: R_D* is anywhere from 47 up to it.
    expect(found.objective).toBeLessThanOrEqual(reported);
    expect(found.theta[5]).toBeGreaterThan(47);
    const there = solve(
      problemWith((j) => (j === 5 ? 47 : held(j))),
      [[...scale, 47, 3]]
    );
    expect(Math.abs(there.theta[6] - 2.33)).toBeLessThan(0.005);
    expect(there.objective / found.objective - 1).toBeLessThan(0.0005);
  });

  test("the profile of R_D* is flat from 12 to 500, and falls off below", () => {
    const at = (rd: number): number =>
      solve(
        problemWith((j) => (j === 5 ? rd : held(j))),
        [1.2, 3, 8, 20].map((rn) => [...scale, rd, rn])
      ).objective;
    const best = at(95);
    // Within .3 %, to the digit that was printed.
    for (const rd of [12, 20, 47, 150, 500]) expect(at(rd) / best - 1).toBeLessThan(0.0035);
    expect(at(5) / best - 1).toBeGreaterThan(0.02);
  });

  test("with the scale coefficients free too the objective more than halves, and R_N* is not told at all", () => {
    const problem = problemWith(() => undefined);
    const found = solve(problem, [published, [...scale, 30, 30]]);
    expect(found.objective).toBeLessThan(0.0158259 / 2);
    // Model size is then never in excess of U_N enough to be worth less: any R_N* from 1e9 up does as well.
    expect(found.theta[6]).toBeGreaterThan(1e6);
    const gradient = new Float64Array(7);
    const [far, farther] = [1e9, 1e12].map((rn) =>
      problem.evaluate(problem.phi([...found.theta.slice(0, 6), rn]), gradient)
    );
    expect(Math.abs(far / farther - 1)).toBeLessThan(1e-5);
  });
});
