import {expect, test} from "vitest";
import {nnls} from "../../lib/stats/nnls.js";
import {createRandom} from "../../lib/text/random.js";

test("a solution that is positive anyway is that of least squares", () => {
  // y = 1 + 2 t at t = 0, 1, 2, exactly.
  const {x, residual} = nnls([[1, 0], [1, 1], [1, 2]], [1, 3, 5]); // prettier-ignore
  expect(x[0]).toBeCloseTo(1, 13);
  expect(x[1]).toBeCloseTo(2, 13);
  expect(residual).toBeLessThan(1e-28);
});

test("a negative coefficient of least squares becomes 0, and the others are fitted anew", () => {
  // Least squares gives (4/3, −1/3); with x2 = 0, x1 is the mean of b over the first column's rows: (1 + 1) / 2.
  const {x, dual} = nnls([[1, 0], [1, 1], [0, 1]], [1, 1, -1]); // prettier-ignore
  expect(x[0]).toBeCloseTo(1, 14);
  expect(x[1]).toBe(0);
  expect(dual[1]).toBeCloseTo(-1, 14);
});

test("every solution meets the conditions of Karush, Kuhn and Tucker", () => {
  const random = createRandom("nnls");
  for (let round = 0; round < 400; round++) {
    const m = 1 + random.int(30);
    const n = 1 + random.int(30);
    const scales = Array.from({length: n}, () => 10 ** (6 * random() - 3));
    const rows = Array.from({length: m}, () => scales.map((s) => s * (round % 2 ? random.normal() : random())));
    const b = Array.from({length: m}, () => random.normal());
    const {x, dual, residual} = nnls(rows, b);
    const rest = b.map((v, i) => v - rows[i].reduce((sum, a, j) => sum + a * x[j], 0));
    const length = Math.hypot(...b);
    // Sums of at most 30 products are exact to 30 ε of their size; a square matrix of 30 may cost three digits more.
    expect(rest.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(residual, 9);
    for (let j = 0; j < n; j++) {
      const slope = rows.reduce((sum, row, i) => sum + row[j] * rest[i], 0);
      const bound = 1e-9 * length * Math.hypot(...rows.map((row) => row[j]));
      expect(x[j]).toBeGreaterThanOrEqual(0);
      expect(Math.abs(slope - dual[j])).toBeLessThanOrEqual(bound);
      if (x[j] > 0) expect(Math.abs(slope)).toBeLessThanOrEqual(bound);
      else expect(slope).toBeLessThanOrEqual(bound);
    }
  }
});

test("repeated and empty columns end in a solution", () => {
  const rows = [[1, 1, 0, 2], [1, 1, 0, 2], [2, 2, 0, 4]]; // prettier-ignore
  const {x, residual} = nnls(rows, [1, 1, 2]);
  expect(x[0] + x[1] + 2 * x[3]).toBeCloseTo(1, 13);
  expect(x[2]).toBe(0);
  expect(residual).toBeLessThan(1e-28);
});

test("a point is within the hull of others where weights of theirs make it up", () => {
  const random = createRandom("hull");
  const points = Array.from({length: 500}, () => [random(), random(), random()]);
  const distance = (p: number[]) => {
    const rows = [...[0, 1, 2].map((j) => points.map((q) => q[j])), points.map(() => 1)];
    return Math.sqrt(nnls(rows, [...p, 1]).residual);
  };
  const weights = points.slice(0, 10).map(() => random());
  const total = weights.reduce((sum, w) => sum + w, 0);
  const inside = [0, 1, 2].map((j) => weights.reduce((sum, w, i) => sum + (w / total) * points[i][j], 0));
  expect(distance(inside)).toBeLessThan(1e-12);
  expect(distance([1.5, 0.5, 0.5])).toBeGreaterThan(0.1);
});

test("a tall problem with many columns ends", () => {
  const random = createRandom("tall");
  const truth = Array.from({length: 60}, (_, j) => (j % 3 === 0 ? 1 + random() : 0));
  const rows = Array.from({length: 800}, () => truth.map(() => random.normal()));
  const {x} = nnls(rows, rows.map((row) => row.reduce((sum, v, j) => sum + v * truth[j], 0))); // prettier-ignore
  // Exact data: the solution is the truth, to the condition number (below 3) times rounding.
  for (const [j, v] of truth.entries()) expect(x[j]).toBeCloseTo(v, 11);
});

test("what cannot be solved is refused with its place", () => {
  expect(() => nnls([], [])).toThrow("expected at least one row, got none");
  expect(() => nnls([[1, NaN]], [1])).toThrow("got NaN in row 1, column 2");
  expect(() => nnls([[1]], [1, 2])).toThrow("expected 1 right-hand values, one a row, got 2");
});
