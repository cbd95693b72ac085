import {expect, test} from "vitest";
import {createHull, hullOf} from "../../lib/scaling/hull.js";
import {createRandom} from "../../lib/text/random.js";

test("a square's middle is inside, its missing corner is not, though both are within the ranges", () => {
  const inside = createHull(
    [
      [1e6, 1e9],
      [1e8, 1e9],
      [1e6, 1e11]
    ],
    ["n", "d"]
  );
  expect(inside([1e6, 1e9])).toBe(true);
  // By logarithms the hypotenuse runs through (1e7, 1e10): halfway along both.
  expect(inside([1e7 * 0.99, 1e10 * 0.99])).toBe(true);
  expect(inside([1e7 * 1.01, 1e10 * 1.01])).toBe(false);
  expect(inside([1e8, 1e11])).toBe(false);
  expect(inside([1e5, 1e9])).toBe(false);
});

test("mixtures of measured mixes are inside, others in the simplex are not", () => {
  const random = createRandom("hull");
  const points = Array.from({length: 40}, () => {
    const draws = Array.from({length: 5}, () => 0.2 - Math.log(1 - random()));
    const sum = draws.reduce((a, b) => a + b, 0);
    return draws.map((v) => v / sum);
  });
  const inside = createHull(points, ["shares", "shares", "shares", "shares", "shares"]);
  for (let i = 0; i < 50; i++) {
    const weights = points.map(() => random() ** 4);
    const sum = weights.reduce((a, b) => a + b, 0);
    expect(inside(points[0].map((_, j) => points.reduce((at, x, p) => at + (weights[p] * x[j]) / sum, 0)))).toBe(true);
  }
  // Every point has at least .2 / (1 + 5 · largest draw) of each; a corner has none of four.
  expect(inside([1, 0, 0, 0, 0])).toBe(false);
});

test("an input that never changed is outside as soon as it moves", () => {
  const inside = createHull(
    [
      [0.2, 1e9],
      [0.8, 1e9]
    ],
    ["share", "d"]
  );
  expect(inside([0.5, 1e9])).toBe(true);
  expect(inside([0.5, 2e9])).toBe(false);
});

test("of many points those that lie farthest out are kept", () => {
  const random = createRandom("many");
  const points = Array.from({length: 5000}, () => [random(), random()]);
  const corners = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1]
  ];
  const kept = hullOf([...points, ...corners], ["share", "share"], {most: 500});
  expect(kept.length).toBeLessThanOrEqual(500);
  for (const corner of corners) expect(kept).toContainEqual(corner);
});
