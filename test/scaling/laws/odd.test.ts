import {expect, test} from "vitest";
import {objectives} from "../../../lib/scaling/objective.js";
import {createProblem} from "../../../lib/scaling/problem.js";
import {solve} from "../../../lib/scaling/solve.js";
import {examples} from "./examples.js";

const odd: Record<string, (i: number, n: number) => number> = {
  "all alike": () => 2,
  "all 0": () => 0,
  tiny: (i) => 1e-300 * (i + 1),
  huge: (i) => 1e12 * (1 + (i % 3)),
  "against the law": (i, n) => 1 + (n - i) / n,
  jumping: (i) => (i % 2 === 0 ? 1 : 5)
};

test.for(examples.flatMap((example) => Object.keys(odd).map((kind) => ({...example, id: example.law.id, kind}))))(
  "$id: targets that are $kind are searched from finite starts to a finite end",
  ({law, context, rows, kind}) => {
    const y = rows.map((_, i) => odd[kind](i, rows.length));
    const parameters = law.parameters(context);
    const starts = law.starts(context, rows, y);
    expect(starts.length).toBeGreaterThan(0);
    const fits = (v: number, j: number): boolean => {
      const {scale, fixed} = parameters[j];
      return Number.isFinite(v) && (fixed === undefined ? scale !== "log" || v > 0 : v === fixed);
    };
    expect(starts.filter((start) => start.length !== parameters.length || !start.every(fits))).toEqual([]);
    const found = solve(createProblem(law, context, {rows, y}, objectives.squares), starts.slice(0, 1));
    expect(Number.isFinite(found.objective)).toBe(true);
    for (const x of rows) expect(Number.isNaN(law.predict(found.theta, x))).toBe(false);
  }
);

test.for(examples)("$law.id: a single run is no reason to fail", ({law, context, theta, rows}) => {
  const one = rows.slice(0, 1);
  const starts = law.starts(context, one, [law.predict(theta, one[0])]);
  expect(starts.filter((start) => !start.every(Number.isFinite))).toEqual([]);
});
