import {expect, test} from "vitest";
import {leastSquares} from "../../lib/stats/leastSquares.js";
import {ranks, spearman} from "../../lib/stats/spearman.js";
import {createRandom} from "../../lib/text/random.js";

test("coefficients that made the values come back", () => {
  const random = createRandom("ls");
  const rows = Array.from({length: 30}, () => [1, random(), random() * 1000, random() * 1e-3]);
  const truth = [2, -3, 0.5, 400];
  const y = rows.map((row) => row.reduce((sum, v, j) => sum + v * truth[j], 0));
  const design = leastSquares(rows);
  expect(design.rank).toBe(4);
  design.solve(y).forEach((v, j) => expect(v).toBeCloseTo(truth[j], 8));
  expect(design.residual(y)).toBeLessThan(1e-15);
  // The hat matrix projects on four dimensions: its trace is 4.
  expect(design.leverage.reduce((a, b) => a + b, 0)).toBeCloseTo(4, 10);
});

test("residuals are at right angles to every column", () => {
  const random = createRandom("ls2");
  const rows = Array.from({length: 12}, () => [1, random.normal(), random.normal()]);
  const y = rows.map(() => random.normal());
  const solved = leastSquares(rows).solve(y);
  const rest = y.map((v, i) => v - rows[i].reduce((sum, x, j) => sum + x * solved[j], 0));
  for (let j = 0; j < 3; j++) expect(rest.reduce((sum, r, i) => sum + r * rows[i][j], 0)).toBeCloseTo(0, 12);
  expect(leastSquares(rows).residual(y)).toBeCloseTo(
    rest.reduce((sum, r) => sum + r * r, 0),
    12
  );
});

test("columns that depend on each other are not estimable, the others are", () => {
  const random = createRandom("ls3");
  const rows = Array.from({length: 10}, () => {
    const [a, b] = [random(), random()];
    return [a, b, 2 * a, 0];
  });
  const design = leastSquares(rows);
  expect(design.rank).toBe(2);
  expect(design.estimable).toEqual([false, true, false, false]);
});

test("a value that is not finite is refused with its place", () => {
  expect(() => leastSquares([[1], [NaN]])).toThrow("got NaN in row 2, column 1");
});

test("ranks share ties, and Spearman is scipy's", () => {
  expect(ranks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
  // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) = 0.8207826816681233
  expect(spearman([1, 2, 3, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(0.8207826816681233, 12);
  expect(spearman([1, 2], [3, 3])).toBeNull();
});
