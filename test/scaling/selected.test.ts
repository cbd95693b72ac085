import {expect, test} from "vitest";
import {selectedRoots} from "../../lib/scaling/selected.js";
import {normalProbability, probit} from "../../lib/stats/probit.js";

const calibration = {
  df: Infinity,
  variance: 1,
  root: Math.sqrt,
  quantile: probit,
  probability: (t: number) => (t === Infinity ? 1 : t === -Infinity ? 0 : normalProbability(t))
};
const level = 0.95;
const cut = probit(0.9995);

/** Of the samples in which an estimate lies clear of its bounds: how many have an interval that holds the truth. */
function cover(toLower: number, toUpper: number): {selected: number; held: number; plain: number} {
  let [selected, held, plain] = [0, 0, 0];
  const step = 0.002;
  for (let z = -7; z < 7; z += step) {
    const margin: [number, number] = [toLower + z, toUpper - z];
    if (margin[0] <= cut || margin[1] <= cut) continue;
    const mass = step * Math.exp((-z * z) / 2);
    const [low, high] = selectedRoots(margin, {cut, level, calibration});
    selected += mass;
    if (low <= -z && -z <= high) held += mass;
    if (Math.abs(z) <= probit(0.975)) plain += mass;
  }
  const all = Math.sqrt(2 * Math.PI);
  return {selected: selected / all, held: held / selected, plain: plain / selected};
}

test.for([1.2, 2, 2.5, 3, 3.5, 4, 5, 6, 8, 20])(
  "cover is nominal among estimates that were found clear of a bound, the truth %d standard errors from it",
  (distance) => {
    const {selected, held} = cover(distance, Infinity);
    expect(selected).toBeGreaterThan(0.01);
    // The sum over z has steps of 0.002, of which two at most fall on the wrong side of an end: 0.004 · φ(z) / selected,
    // at most 0.004 · 0.4 where all are selected and less than 0.004 / 0.3 of the hazard 2.7 far out.
    expect(Math.abs(held - level)).toBeLessThan(0.012);
  }
);

test("cover is nominal between two bounds that are both near", () => {
  for (const [low, high] of [
    [4, 4],
    [5, 4],
    [3.5, 6]
  ])
    expect(Math.abs(cover(low, high).held - level)).toBeLessThan(0.012);
});

test("the plain interval would not be: one truth in six among the rarely identified is missed", () => {
  const {selected, plain} = cover(2.3, Infinity);
  // P(z ≤ 1.96 | z > c) = 1 − 0.025 / P(z > c), with P(z > 0.99) = 0.16.
  expect(plain).toBeCloseTo(1 - 0.025 / selected, 2);
  expect(plain).toBeLessThan(0.86);
});

test("far from all bounds the interval is the plain one", () => {
  const [low, high] = selectedRoots([Infinity, Infinity], {cut, level, calibration});
  expect(low).toBeCloseTo(-1.959964, 5);
  expect(high).toBeCloseTo(1.959964, 5);
});

test("an end is never the bound itself", () => {
  for (const near of [cut + 1e-9, cut + 0.1, cut + 1]) {
    const [low, high] = selectedRoots([near, Infinity], {cut, level, calibration});
    expect(-low).toBeLessThan(near - 0.9);
    expect(high).toBeCloseTo(1.959964, 5);
  }
});
