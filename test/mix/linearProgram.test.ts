import {expect, test} from "vitest";
import {linearProgram} from "../../lib/mix/linearProgram.js";
import {nearest} from "../../lib/mix/closest.js";
import {referenceShares} from "../../lib/mix/divergence.js";
import {polytope} from "../../lib/mix/polytope.js";
import {createSolver} from "../../lib/mix/solver.js";
import {loadHighs} from "../../lib/run/loadHighs.js";
import {createRandom} from "../../lib/text/random.js";

test("a program of a textbook has its known corner", () => {
  // Maximise 3x + 5y, x ≤ 4, 2y ≤ 12, 3x + 2y ≤ 18: (2, 6). Hillier & Lieberman, Wyndor Glass.
  const rows = [
    {a: [1, 0], bound: 4},
    {a: [0, 2], bound: 12},
    {a: [3, 2], bound: 18}
  ];
  expect(linearProgram([-3, -5], rows)).toEqual([2, 6]);
});

test("rows that no point meets give null, an open side an error", () => {
  expect(
    linearProgram(
      [1],
      [
        {a: [1], bound: 1},
        {a: [-1], bound: -2}
      ]
    )
  ).toBeNull();
  expect(() => linearProgram([-1, 0], [{a: [0, 1], bound: 1}])).toThrow("without end");
});

test("random programs are not beaten by random points", () => {
  const random = createRandom("lp");
  for (let trial = 0; trial < 50; trial++) {
    const n = 3 + random.int(4);
    const rows = [
      {a: new Array<number>(n).fill(1), bound: 1, equal: true},
      ...Array.from({length: 4}, () => ({a: Array.from({length: n}, () => random.normal()), bound: 0.3 * random()}))
    ];
    const c = Array.from({length: n}, () => random.normal());
    const corner = linearProgram(c, rows);
    for (let i = 0; i < 300; i++) {
      const draws = c.map(() => -Math.log(1 - random()));
      const sum = draws.reduce((a, b) => a + b, 0);
      const x = draws.map((v) => v / sum);
      if (rows.slice(1).some(({a, bound}) => a.reduce((s, v, j) => s + v * x[j], 0) > bound)) continue;
      expect(corner).not.toBeNull();
      const value = (w: readonly number[]) => w.reduce((s, v, j) => s + v * c[j], 0);
      expect(value(corner!)).toBeLessThanOrEqual(value(x) + 1e-9);
    }
  }
});

test("the nearest mix is the reference where the rows allow it, else the scaled one", async () => {
  const solver = createSolver(await loadHighs());
  const at = (rows: {a: number[]; bound: number}[], reference: number[]) =>
    Array.from(nearest(polytope(rows, 3, solver)!, referenceShares(reference), solver));
  at([], [2, 1, 1]).forEach((v, i) => expect(v).toBeCloseTo([0.5, 0.25, 0.25][i], 9));
  // With the first capped the others keep their ratio: the projection in relative entropy scales.
  const capped = at([{a: [1, 0, 0], bound: 0.2}], [2, 3, 1]);
  capped.forEach((v, i) => expect(v).toBeCloseTo([0.2, 0.6, 0.2][i], 8));
  // A row that leaves only zeros for two of them.
  at([{a: [0, 1, 1], bound: 0}], [1, 1, 1]).forEach((v, i) => expect(v).toBeCloseTo([1, 0, 0][i], 9));
});
