import {expect, test} from "vitest";
import {symmetricEigen} from "../../lib/stats/symmetricEigen.js";
import {createRandom} from "../../lib/text/random.js";

test("a matrix is its eigenvalues along its vectors, which are orthonormal", () => {
  const random = createRandom("eigen");
  const n = 35;
  const factor = Array.from({length: n}, () => Array.from({length: 20}, () => random.normal()));
  const matrix = factor.map((a) => factor.map((b) => a.reduce((sum, v, i) => sum + v * b[i], 0)));
  const {values, vectors} = symmetricEigen(matrix);
  const largest = Math.max(...values);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const product = values.reduce((sum, v, k) => sum + v * vectors[k][i] * vectors[k][j], 0);
      // Rounding of n² rotations, each 1e-16 of the largest.
      expect(Math.abs(product - matrix[i][j])).toBeLessThan(1e-12 * largest);
      const dot = vectors[i].reduce((sum, v, k) => sum + v * vectors[j][k], 0);
      expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-12);
    }
  // Rank 20: fifteen values are none.
  expect(values.filter((v) => Math.abs(v) < 1e-11 * largest)).toHaveLength(15);
});

test("known values: the second difference of five points has 2 − 2 cos(k π / 6)", () => {
  const matrix = Array.from({length: 5}, (_, i) =>
    Array.from({length: 5}, (_, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0))
  );
  const values = symmetricEigen(matrix).values.sort((a, b) => a - b);
  for (const [k, v] of values.entries()) expect(v).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / 6), 13);
});
