import {expect, test} from "vitest";
import {createRandom} from "../../lib/text/random.js";

test("the same seed gives the same numbers, another seed others", () => {
  const draw = (...seed: (string | number)[]) => Array.from({length: 5}, createRandom(...seed));
  expect(draw("a", 1)).toEqual(draw("a", 1));
  expect(draw("a", 1)).not.toEqual(draw("a", 2));
});

test("random() is uniform: a chi-square over 64 cells", () => {
  const random = createRandom("uniform");
  const cells = new Uint32Array(64);
  for (let i = 0; i < 64_000; i++) cells[Math.floor(random() * 64)]++;
  const chi2 = cells.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
  // 63 degrees of freedom: mean 63, SD sqrt(126) = 11.2; five SDs on either side.
  expect(chi2).toBeGreaterThan(63 - 5 * 11.23);
  expect(chi2).toBeLessThan(63 + 5 * 11.23);
});

test("normal() has mean 0 and variance 1", () => {
  const random = createRandom("normal");
  const draws = Array.from({length: 40_000}, () => random.normal());
  const mean = draws.reduce((a, b) => a + b) / draws.length;
  const variance = draws.reduce((sum, x) => sum + x * x, 0) / draws.length;
  // SD of the mean 1/200, of the variance sqrt(2)/200; five of each.
  expect(Math.abs(mean)).toBeLessThan(5 / 200);
  expect(Math.abs(variance - 1)).toBeLessThan((5 * Math.SQRT2) / 200);
});

test("shuffle(items) keeps every item and leaves its argument alone", () => {
  const items = Array.from({length: 50}, (_, i) => i);
  const shuffled = createRandom("shuffle").shuffle(items);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
});

test("pick([]) is an error", () => {
  expect(() => createRandom(1).pick([])).toThrow("expected at least one item to pick from, got none");
});
