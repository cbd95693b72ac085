import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {createPrediction} from "../../lib/scaling/prediction.js";
import {createRandom} from "../../lib/text/random.js";

test("95 % bands of a law that is searched cover the true curve, at its ends and beyond, and so do its coefficients", async () => {
  const truth = [1.8, 40, 0.25, 1];
  const law = lawOf("power-d");
  const d = Array.from({length: 14}, (_, i) => 1e5 * 10 ** (i / 4));
  // The last is three times the largest run: an extrapolation, of a law that holds.
  const points = [d[0], d[7], d[13], 3 * d[13]];
  const random = createRandom("curve coverage");
  const simulations = 80;
  const covered = new Map<string, number>();
  const count = (name: string, [low, high]: readonly number[], value: number) =>
    covered.set(name, (covered.get(name) ?? 0) + (low <= value && value <= high ? 1 : 0));
  for (let s = 0; s < simulations; s++) {
    const target = d.map((v) => law.predict(truth, [v]) + 0.02 * random.normal());
    const found = await fit(
      {inputs: {}, scalars: {d}, target},
      {law: "power-d", target: "loss", objective: "squares", bootstrap: 120, seed: s}
    );
    expect(found.bootstrap.kind).toBe("residual");
    const prediction = createPrediction(found);
    for (const at of points) count(`band ${at.toPrecision(2)}`, prediction.interval([at]), law.predict(truth, [at]));
    for (const [i, name] of ["E", "A", "alpha"].entries()) {
      const {interval, identified} = found.coefficients[name];
      expect(identified).toBe(true);
      count(name, interval, truth[i]);
    }
  }
  // 120 draws cost one percent of cover; 94 % less four deviations of a binomial of 80, and no more than all of them.
  const least = 0.94 - 4 * Math.sqrt((0.94 * 0.06) / simulations);
  for (const times of covered.values()) expect(times / simulations).toBeGreaterThan(least);
  // All seven together are known better: their mean, correlated as they are, to two deviations of one of them.
  const mean = [...covered.values()].reduce((a, b) => a + b, 0) / covered.size / simulations;
  expect(mean).toBeGreaterThan(0.94 - 2 * Math.sqrt((0.94 * 0.06) / simulations));
  expect(mean).toBeLessThan(0.99);
});
