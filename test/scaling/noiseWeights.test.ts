import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {mixesOf} from "../../lib/scaling/mixes.js";
import {noiseWeights} from "../../lib/scaling/noiseWeights.js";
import {observe} from "../../lib/scaling/observations.js";
import {createRandom} from "../../lib/text/random.js";

const shares = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

function runs(noise: (x: number) => number, seeds: number, seed: number) {
  const random = createRandom("noise", seed);
  const rows = shares.flatMap((x) => Array.from({length: seeds}, () => x));
  return {inputs: {share: rows}, target: rows.map((x) => 2 + x + noise(x) * random.normal())};
}

test("equal noise is left alone in all but one of a hundred sets", () => {
  const found = Array.from({length: 300}, (_, s) => noiseWeights(mixesOf(observe(runs(() => 0.01, 4, s)))));
  const uneven = found.filter((f) => f !== null).length;
  // Binomial(300, .01): mean 3, deviation 1.7; four deviations up. Bartlett's test is good to that for normal noise.
  expect(uneven).toBeLessThan(10);
});

test("noise that differs tenfold is found, and its weights are shrunk towards the pooled", () => {
  const mixes = mixesOf(observe(runs((x) => (x < 0.45 ? 0.002 : 0.02), 6, 1)));
  const found = noiseWeights(mixes)!;
  const quiet = found.factors.slice(0, 5);
  const loud = found.factors.slice(5);
  expect(Math.min(...quiet)).toBeGreaterThan(2 * Math.max(...loud));
  // Unshrunk, the pooled variance is half the loud one's, and a quiet mix would weigh 50 or more.
  const variance = (g: number) => mixes[g].within / (mixes[g].runs.length - 1);
  const pooled = mixes.reduce((sum, mix) => sum + mix.within, 0) / (6 * 10 - 10);
  quiet.forEach((factor, g) => expect(factor).toBeLessThan(pooled / variance(g)));
});

test("a fit that uses such weights says so, and its slope is steadier than without", async () => {
  const slopes = {weighted: [] as number[], equal: [] as number[]};
  for (let s = 0; s < 25; s++) {
    const columns = runs((x) => (x < 0.45 ? 0.002 : 0.05), 5, 100 + s);
    const found = await fit(columns, {law: "linear", target: "loss", bootstrap: 100});
    if (s === 0) {
      expect(found.weighting).toBe("replicates");
      expect(found.notes.join()).toContain("weighted");
    }
    slopes.weighted.push(found.coefficients.a.value - 1);
    // Known noise of one size is a plain fit.
    const sd = columns.target.map(() => 1);
    slopes.equal.push(
      (await fit({...columns, sd}, {law: "linear", target: "loss", bootstrap: 100})).coefficients.a.value - 1
    );
  }
  const size = (list: number[]) => Math.sqrt(list.reduce((sum, v) => sum + v * v, 0) / list.length);
  // Weighted by the truth the slope's deviation would be a fifth; 25 pairs leave a factor 1.4 of doubt either way.
  expect(size(slopes.weighted)).toBeLessThan(0.7 * size(slopes.equal));
});
