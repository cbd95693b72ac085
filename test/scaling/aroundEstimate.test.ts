import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {createPrediction} from "../../lib/scaling/prediction.js";
import {createRandom} from "../../lib/text/random.js";

test.for(["residual", "case"] as const)("the band of a shrunk law holds its curve, by %s draws", async (resample) => {
  const random = createRandom("shrunk");
  const tiers = ["a", "b", "c", "d"];
  const mixes = Array.from({length: 9}, () => {
    const sizes = tiers.map(() => -Math.log(1 - random()));
    return sizes.map((v) => v / sizes.reduce((a, b) => a + b));
  });
  // Nearly all is noise, which nine coefficients on nine mixes would follow without the penalty.
  for (const effect of [0.01, 0.1, 1]) {
    const target = mixes.map(([a, b]) => 2 + effect * (a - Math.log(b + 0.1)) + 0.05 * random.normal());
    const inputs = Object.fromEntries(tiers.map((t, j) => [t, mixes.map((x) => x[j])]));
    const made = await fit({inputs, target}, {law: "mix-ridge", target: "loss", bootstrap: 200, resample});
    const {value, interval} = createPrediction(made);
    for (const x of [...mixes, [1, 0, 0, 0], [0.25, 0.25, 0.25, 0.25]]) {
      const [low, high] = interval(x);
      expect(low).toBeLessThan(value(x));
      expect(high).toBeGreaterThan(value(x));
      expect(high).toBeLessThan(1e3);
    }
  }
});
