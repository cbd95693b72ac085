import {expect, test} from "vitest";
import {lawSlopes, lawValue} from "../../lib/mix/lawSlopes.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {createRandom} from "../../lib/text/random.js";

const shares = [0.1, 0.25, 0.4, 0.25];
const cases: Readonly<Record<string, {row: number[]; places: number[]; k: number}>> = {
  constant: {row: [], places: [], k: 1},
  "mix-linear": {row: shares, places: [0, 1, 2, 3], k: 4},
  "mix-log": {row: shares, places: [0, 1, 2, 3], k: 8},
  "mix-ridge": {row: shares, places: [0, 1, 2, 3], k: 9},
  "mix-quadratic": {row: shares, places: [0, 2, 3], k: 10},
  "mixing-exponential": {row: shares, places: [0, 1, 3], k: 6},
  "shukor-additive": {row: [1e9, 2e10, ...shares], places: [2, 3, 4, 5], k: 13},
  "shukor-joint": {row: [1e9, 2e10, ...shares], places: [2, 3, 4, 5], k: 21},
  linear: {row: [0.3], places: [0], k: 2},
  quadratic: {row: [0.3], places: [0], k: 3},
  "share-log": {row: [0.3], places: [0], k: 5},
  "share-saturating": {row: [0.3], places: [0], k: 5}
};

test.for(Object.keys(cases))("slopes and bends of %s are those of its predictions", (id) => {
  const law = lawOf(id);
  const {row: list, places, k} = cases[id];
  const random = createRandom("slopes", id);
  const theta = Float64Array.from({length: k}, () => 0.3 + 0.5 * random());
  const row = Float64Array.from(list);
  const m = places.length;
  const [g, h] = [new Float64Array(m), new Float64Array(m * m)];
  const slopes = lawSlopes(law, places);
  const value = law.predict(theta, row);
  expect(slopes(theta, row, g, h)).toBeCloseTo(value, 12);
  expect(lawValue(law)(theta, row)).toBeCloseTo(value, 12);
  const moved = (i: number, step: number) => row.map((v, r) => (r === places[i] ? v + step : v));
  const size = 1 + Math.abs(value);
  for (let i = 0; i < m; i++) {
    const step = 1e-5;
    const slope = (law.predict(theta, moved(i, step)) - law.predict(theta, moved(i, -step))) / (2 * step);
    // Central differences: rounding of 1e-16 / 1e-5, and a third derivative times 1e-10 / 6.
    expect(Math.abs(g[i] - slope), `slope ${i}`).toBeLessThan(1e-6 * size);
    const [above, below] = [new Float64Array(m), new Float64Array(m)];
    slopes(theta, moved(i, step), above, null);
    slopes(theta, moved(i, -step), below, null);
    for (let j = i; j < m; j++)
      // Where slopes are differences themselves, 1e-9 over 1e-5.
      expect(Math.abs(h[i * m + j] - (above[j] - below[j]) / (2 * step)), `bend ${i} ${j}`).toBeLessThan(1e-3 * size);
  }
});
