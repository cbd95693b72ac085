import {describe, expect, test} from "vitest";
import type {Context, Law} from "../../../lib/scaling/law.js";
import {lawOf} from "../../../lib/scaling/laws.js";
import {linearStarts} from "../../../lib/scaling/linearStarts.js";
import {objectives} from "../../../lib/scaling/objective.js";
import {createProblem} from "../../../lib/scaling/problem.js";
import {solve} from "../../../lib/scaling/solve.js";
import {publicCsv} from "../../publicCsv.js";
import {hasPublicData} from "../../publicData.js";

// Lin et al. (2024), arXiv:2402.02314: 30 models on three tasks, 200 to 1,638,400 examples. The runs without any
// example are left out, as in the published fits: a model's loss before it ever saw the format is off every curve.
describe.skipIf(!hasPublicData)("90 fine-tuning curves", () => {
  const context: Context = {tiers: [], varies: new Set(["d"]), lowerIsBetter: true};
  const curves = () =>
    ["flan", "wmt19", "gigaword"].flatMap((task) =>
      publicCsv("scaling/finetuning-rectified", `${task}.csv`).map((row) => {
        const sizes = Object.keys(row)
          .filter((name) => /^[1-9]\d*$/.test(name))
          .sort((a, b) => Number(a) - Number(b));
        return {rows: sizes.map((size) => Float64Array.of(Number(size))), y: sizes.map((size) => Number(row[size]))};
      })
    );
  const fitted = (law: Law, {rows, y}: {rows: Float64Array[]; y: number[]}) => {
    const problem = createProblem(law, context, {rows, y}, objectives["squares-log"]);
    const {linear} = law;
    return solve(problem, linearStarts(linear!, problem.parameters, linear!.shapes(context), rows, y, {most: 3}));
  };
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

  test.for([
    {id: "rectified", rmsd: 0.0077},
    {id: "power-d", rmsd: 0.0345}
  ])("$id: mean root mean square of log residuals $rmsd", ({id, rmsd}) => {
    const all = curves().map((curve) => Math.sqrt((2 * fitted(lawOf(id), curve).objective) / curve.y.length));
    expect(all).toHaveLength(90);
    // Half of the last digit that was printed.
    expect(Math.abs(mean(all) - rmsd)).toBeLessThan(5e-5);
  });

  test.for([
    {id: "rectified", error: 0.033},
    {id: "power-d", error: 0.089}
  ])(
    "$id: without its three largest sizes a curve is extrapolated to them with $error relative error",
    ({id, error}) => {
      const law = lawOf(id);
      const all = curves().map(({rows, y}) => {
        const {theta} = fitted(law, {rows: rows.slice(0, -3), y: y.slice(0, -3)});
        return mean([-3, -2, -1].map((i) => Math.abs(law.predict(theta, rows.at(i)!) / y.at(i)! - 1)));
      });
      expect(Math.abs(mean(all) - error)).toBeLessThan(5e-4);
    }
  );
});
