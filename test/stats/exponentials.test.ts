import {expect, test} from "vitest";
import {exponentials} from "../../lib/stats/exponentials.js";
import {createRandom} from "../../lib/text/random.js";

const of = (values: readonly number[], by = 1) => {
  const out = new Float64Array(values.length);
  exponentials(Float64Array.from(values), by, out);
  return out;
};

test("exponentials are those of Math.exp to two units in the last place", () => {
  const random = createRandom("exponentials");
  const near = Array.from({length: 20_000}, () => 2 * random() - 1);
  const far = Array.from({length: 20_000}, () => 1416 * random() - 707.5);
  const small = Array.from({length: 2000}, () => (random() - 0.5) * 2 ** -Math.floor(60 * random()));
  // Each is within one unit of the truth, and a unit is at most 2^-52 of the value.
  const all = [...near, ...far, ...small];
  const worst = of(all).reduce((most, v, i) => Math.max(most, Math.abs(v / Math.exp(all[i]) - 1)), 0);
  expect(worst).toBeLessThanOrEqual(2 ** -51);
});

test("powers of two and their roots are as exact as a double", () => {
  // exp(n ln 2 + j ln 2 / 128): the argument itself is rounded, which moves the value by its own units.
  for (let n = -1020; n < 1020; n += 17) {
    const v = of([n * Math.LN2])[0] / 2 ** n - 1;
    expect(Math.abs(v)).toBeLessThanOrEqual((Math.abs(n) + 1) * 2 ** -52);
  }
  expect([...of([0, -0, 1e-300])]).toEqual([1, 1, 1]);
});

test("what is no normal number is what Math.exp says", () => {
  const values = [Infinity, -Infinity, NaN, 709, 709.78, 710, 1e308, -708, -740, -745.13, -746, -1e308];
  expect([...of(values)]).toEqual(values.map(Math.exp));
  expect([...of([2, 3], -0.5)]).toEqual([...of([-1, -1.5])]);
});
