import {expect, test} from "vitest";
import {leastSquares} from "../../lib/stats/leastSquares.js";
import {ridge} from "../../lib/stats/ridge.js";
import {createRandom} from "../../lib/text/random.js";

const random = createRandom("ridge");
const rows = Array.from({length: 40}, () => [1, random.normal(), 3 * random.normal() + 2, random.normal() / 10]);
const y = rows.map(([, a, b, c]) => 2 + a - 0.5 * b + 4 * c + 0.3 * random.normal());

test("without a penalty it is least squares", () => {
  const {coefficients, residual, degrees} = ridge(rows).solve(y, 0);
  const plain = leastSquares(rows);
  // The Gram matrix squares a condition number of 2 or so: 1e-15 of rounding stays 1e-14.
  for (const [j, v] of plain.solve(y).entries()) expect(Math.abs(coefficients[j] - v)).toBeLessThan(1e-12);
  expect(Math.abs(residual - plain.residual(y))).toBeLessThan(1e-12);
  expect(degrees).toBeCloseTo(4, 12);
});

test("with one it solves the penalised normal equations", () => {
  const lambda = 0.2;
  const {coefficients, degrees} = ridge(rows).solve(y, lambda);
  // Slope of Σ r² / n + λ Σ (s_j b_j)² by each coefficient, s_j the standard deviation of a column: 0 at the minimum.
  const n = rows.length;
  const left = rows.map((row, i) => y[i] - row.reduce((sum, v, j) => sum + v * coefficients[j], 0));
  for (let j = 0; j < 4; j++) {
    const mean = rows.reduce((sum, row) => sum + row[j], 0) / n;
    const variance = rows.reduce((sum, row) => sum + (row[j] - mean) ** 2, 0) / n;
    const pull = rows.reduce((sum, row, i) => sum + row[j] * left[i], 0) / n;
    expect(Math.abs(pull - lambda * variance * coefficients[j])).toBeLessThan(1e-12);
  }
  expect(degrees).toBeGreaterThan(1);
  expect(degrees).toBeLessThan(4);
});

test("the penalty is the one of least generalised cross-validation", () => {
  const design = ridge(rows);
  const score = (lambda?: number): number => {
    const {residual, degrees} = design.solve(y, lambda);
    return residual / (1 - degrees / rows.length) ** 2;
  };
  const chosen = design.solve(y).lambda;
  for (const factor of [0.1, 0.8, 0.99, 1.01, 1.25, 10]) expect(score()).toBeLessThanOrEqual(score(chosen * factor));
  // Golden section ends 1e-9 apart in log λ, where the score is flat to the last bit: no derivative finer than that.
  expect(Math.abs(score(chosen * 1.001) - score(chosen / 1.001)) / score()).toBeLessThan(1e-6);
});

test("noise alone is shrunk to the mean; a signal without noise is left as it is", () => {
  const still = Array.from({length: 40}, () => random.normal());
  const nothing = ridge(rows).solve(still);
  const plain = leastSquares(rows).solve(still);
  const size = (b: ArrayLike<number>): number => Math.hypot(b[1], 3 * b[2], b[3] / 10);
  expect(size(nothing.coefficients)).toBeLessThan(size(plain));
  const exact = rows.map(([, a, b, c]) => 2 + a - 0.5 * b + 4 * c);
  const {coefficients} = ridge(rows).solve(exact);
  // The grid ends at 1e-12 of the largest eigenvalue, and so does the bias.
  for (const [j, v] of [2, 1, -0.5, 4].entries()) expect(Math.abs(coefficients[j] - v)).toBeLessThan(1e-9);
});

test("columns that depend on each other are no obstacle", () => {
  const shares = rows.map(([, a, b]) => {
    const w = [Math.exp(a), Math.exp(b / 3), 1];
    const sum = w.reduce((p, q) => p + q, 0);
    return [1, ...w.map((v) => v / sum)];
  });
  const target = shares.map(([, a, b, c]) => 1 + a - b + 2 * c);
  const {coefficients, degrees} = ridge(shares).solve(target);
  for (const [i, row] of shares.entries())
    expect(Math.abs(row.reduce((sum, v, j) => sum + v * coefficients[j], 0) - target[i])).toBeLessThan(1e-9);
  expect(degrees).toBeCloseTo(3, 6);
});

test("a weight of 2 is a row twice, and one of 0 a row left out", () => {
  const weight = rows.map((_, i) => (i === 0 ? 0 : i === 1 ? 2 : 1));
  const weighted = ridge(rows, weight).solve(y, 0.1);
  const twice = ridge([...rows.slice(1), rows[1]]).solve([...y.slice(1), y[1]], 0.1);
  for (const [j, v] of twice.coefficients.entries()) expect(Math.abs(weighted.coefficients[j] - v)).toBeLessThan(1e-12);
  expect(weighted.degrees).toBeCloseTo(twice.degrees, 12);
});

test("targets that never change leave a constant", () => {
  const {coefficients} = ridge(rows).solve(rows.map(() => 3));
  expect(coefficients[0]).toBeCloseTo(3, 12);
  for (const v of coefficients.slice(1)) expect(Math.abs(v)).toBeLessThan(1e-12);
});

test("bad designs are refused", () => {
  expect(() => ridge([])).toThrow("expected at least one row, got none");
  expect(() => ridge([[2, 1]])).toThrow("expected a first column of 1, got 2 in row 1");
  expect(() => ridge([[1, NaN]])).toThrow("expected finite values, got NaN in row 1, column 2");
  expect(() => ridge([[1, 2]], [0])).toThrow("expected a positive weight, got none");
  expect(() => ridge(rows).solve([...y.slice(1), Infinity])).toThrow("expected finite values, got Infinity in row 40");
});
