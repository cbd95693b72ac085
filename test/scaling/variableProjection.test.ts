import {describe, expect, test} from "vitest";
import {lawOf} from "../../lib/scaling/laws.js";
import {objectives} from "../../lib/scaling/objective.js";
import {createProblem} from "../../lib/scaling/problem.js";
import {rateShapes} from "../../lib/scaling/shapeGrid.js";
import {search} from "../../lib/scaling/solve.js";
import {projectVariables} from "../../lib/scaling/variableProjection.js";
import {nnls} from "../../lib/stats/nnls.js";
import {createRandom} from "../../lib/text/random.js";
import {hasPublicData} from "../publicData.js";
import {chinchillaContext as context, chinchillaPoints} from "./chinchillaPoints.js";

const law = lawOf("chinchilla");

function simulated(theta: readonly number[], {n = 80, sd = 0.01, seed = "projection"} = {}) {
  const random = createRandom(seed);
  const rows = Array.from({length: n}, () => Float64Array.of(10 ** (7 + 3 * random()), 10 ** (9 + 3 * random())));
  const y = Float64Array.from(rows, (row) => law.predict(theta, row) * (1 + sd * random.normal()));
  return {rows, y, weight: y.map((v) => 1 / (v * v))};
}

test("runs without noise give back what made them", () => {
  const truth = [1.8, 480, 2000, 0.35, 0.37];
  const [{theta, objective}] = projectVariables(law, context, simulated(truth, {sd: 0}));
  expect(objective).toBeLessThan(1e-20);
  for (const [i, v] of truth.entries()) expect(theta[i] / v).toBeCloseTo(1, 6);
});

test("it ends where least squares ends that searches every coefficient", () => {
  for (const seed of ["a", "b", "c"]) {
    const data = simulated([1.8, 480, 2000, 0.35, 0.37], {seed});
    const [projected] = projectVariables(law, context, data);
    const problem = createProblem(law, context, data, objectives.squares);
    const {best} = search(problem, [[1.5, 300, 1000, 0.3, 0.3], [1, 1000, 100, 0.5, 0.2]]); // prettier-ignore
    expect(projected.converged).toBe(true);
    // Both stop where the model promises less than 1e-15 of the objective.
    expect(projected.objective / best!.objective).toBeCloseTo(1, 10);
  }
});

test("a term that the runs do not have gets 0, not less", () => {
  const [{theta}] = projectVariables(law, context, simulated([2, 480, 0, 0.35, 0.37], {seed: "none"}));
  expect(Math.min(...theta)).toBeGreaterThanOrEqual(0);
});

test("weights count", () => {
  const data = simulated([1.8, 480, 2000, 0.35, 0.37]);
  const weight = data.weight.map((w, i) => (i < 40 ? 2 * w : w));
  const twice = [...data.y.keys()].flatMap((i) => (i < 40 ? [i, i] : [i]));
  const [a] = projectVariables(law, context, {...data, weight});
  const [b] = projectVariables(law, context, {
    rows: twice.map((i) => data.rows[i]),
    y: twice.map((i) => data.y[i]),
    weight: twice.map((i) => data.weight[i])
  });
  expect(a.objective / b.objective).toBeCloseTo(1, 10);
});

test("a shape that is held stays", () => {
  const parameters = law.parameters(context).map((p) => (p.name === "alpha" ? {...p, fixed: 0.31} : p));
  const [{theta}] = projectVariables(law, context, simulated([1.8, 480, 2000, 0.35, 0.37]), {parameters});
  expect(theta[3]).toBe(0.31);
  expect(theta[4]).toBeGreaterThan(0.2);
});

test("columns made once for a value of the shape rate the grid as a fit at each shape does", () => {
  const {rows, y} = simulated([1.8, 480, 2000, 0.35, 0.37], {n: 30});
  const shapes = law.linear!.shapes(context).filter((_, i) => i % 37 === 0);
  const roots = new Float64Array(30).fill(1);
  const rated = rateShapes(law.linear!, shapes, rows, y, roots);
  const all = y.reduce((sum, v) => sum + v * v, 0);
  expect(rated).toHaveLength(shapes.length);
  for (const {shape, residual} of rated) {
    const exact = nnls(rows.map((row) => law.linear!.basis(row, shape)), y).residual; // prettier-ignore
    // Inner products lose the square of the condition number: 1e-9 of the whole is enough to rank by.
    expect(Math.abs(residual - exact)).toBeLessThan(1e-9 * all);
  }
});

test("a law that is not linear in part is refused", () => {
  expect(() => projectVariables(lawOf("repeats"), context, {rows: [], y: []})).toThrow(
    "repeats: expected a law that is linear in part, got none"
  );
});

describe.skipIf(!hasPublicData)("on the 240 Chinchilla points", () => {
  test("it finds the least squares of raw losses that a search from the grid of starts finds", () => {
    const data = chinchillaPoints();
    const [projected] = projectVariables(law, context, data);
    const problem = createProblem(law, context, data, objectives.squares);
    const starts = law.starts(context, data.rows, data.y).filter((_, i) => i % 300 === 0);
    expect(projected.objective / search(problem, starts).best!.objective).toBeCloseTo(1, 9);
  });
});
