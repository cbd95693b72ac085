import {describe, expect, test} from "vitest";
import {band} from "../../lib/scaling/band.js";
import {fit} from "../../lib/scaling/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {createRandom} from "../../lib/text/random.js";
import {mixes, shares, simulate, tierNames} from "./simulate.js";

const laws = [
  {law: "linear", truth: [1.5, 0.3], xs: shares, simulations: 200},
  {law: "quadratic", truth: [1.5, -0.5, 0.4], xs: shares, simulations: 200},
  {law: "share-kink", truth: [1.5, -0.3, 0.4, 0.7], xs: shares, simulations: 200},
  {law: "share-log", truth: [1.5, -0.05, -0.03, 0.05, 0.02], xs: shares, simulations: 60},
  {law: "mix-linear", truth: [1.5, 1.6, 1.7, 2], xs: mixes, simulations: 200},
  {law: "mix-log", truth: [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0], xs: mixes, simulations: 200},
  {law: "mix-quadratic", truth: [1.5, 1.6, 1.7, 2, -0.2, -0.3, -0.1, 0, 0.1, 0.2], xs: mixes, simulations: 200}
];

describe("95 % bands cover the true curve", () => {
  test.for(laws)("of $law", async ({law, truth, xs, simulations}) => {
    const random = createRandom("coverage", law);
    const points = [0, Math.floor(xs.length / 2), xs.length - 1];
    const covered = points.map(() => 0);
    for (let i = 0; i < simulations; i++) {
      const names = xs[0].length === 1 ? ["share"] : tierNames;
      const columns = simulate(law, truth, xs, {sd: 0.01, seeds: 3, random, names});
      const found = await fit(columns, {law, target: "loss", bootstrap: 200, seed: i, knot: 0.7});
      const line = band(found, points, {along: (p) => xs[p]});
      line.forEach(({lo, hi}, j) => {
        const value = lawOf(law).predict(truth, xs[points[j]]);
        if (lo <= value && value <= hi) covered[j]++;
      });
    }
    // One point over n simulations is binomial(n, p). An interval's ends come from 200 draws, which costs about one
    // percent of cover; 94 % ± 4 standard deviations of that binomial. For share-log, whose shape is searched on a
    // grid, only the lower side is asked: shapes at the grid's ends widen the band.
    const half = 4 * Math.sqrt((0.94 * 0.06) / simulations);
    for (const count of covered) {
      expect(count / simulations).toBeGreaterThanOrEqual(0.94 - half);
      if (law !== "share-log") expect(count / simulations).toBeLessThanOrEqual(Math.min(1, 0.94 + half));
    }
  });
});

test("what runs of one seed share widens the band", async () => {
  const random = createRandom("seed effect");
  const truth = [1.5, 0.3];
  let covered = 0;
  const simulations = 200;
  for (let i = 0; i < simulations; i++) {
    const columns = simulate("linear", truth, shares, {sd: 0.002, seeds: 8, random, names: ["share"]});
    const effects = Array.from({length: 8}, () => 0.02 * random.normal());
    const target = columns.target.map((y, row) => y + effects[row % 8]);
    const [{lo, hi}] = band(
      await fit({...columns, target}, {law: "linear", target: "loss", bootstrap: 200, seed: i}),
      [0.5]
    );
    if (lo <= 1.65 && 1.65 <= hi) covered++;
  }
  // Eight seeds under a normal draw cover 1.96 of t with 7 degrees of freedom: 91 %; four binomial deviations below.
  // Without the shift the band would be ten times too narrow and cover under 20 %.
  expect(covered / simulations).toBeGreaterThan(0.91 - 4 * Math.sqrt((0.91 * 0.09) / simulations));
});
