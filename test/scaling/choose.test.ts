import {expect, test} from "vitest";
import {fit} from "../../lib/scaling/fit.js";
import {lawOf} from "../../lib/scaling/laws.js";
import {foldSplits, rolloutSplits} from "../../lib/scaling/splits.js";
import {createRandom} from "../../lib/text/random.js";
import {scaleRuns} from "./scaleRuns.js";
import {mixes, simulate, tierNames} from "./simulate.js";

test("folds test every mix once, and what they train on is the rest", () => {
  const folds = foldSplits(23, {folds: 5, seed: 3});
  expect(folds).toHaveLength(5);
  expect(folds.flatMap(({test}) => test).sort((a, b) => a - b)).toEqual(Array.from({length: 23}, (_, i) => i));
  for (const {train, test} of folds) expect(new Set([...train, ...test]).size).toBe(23);
});

test("a rollout goes by compute where size and tokens vary, and tests what lies above its cut", () => {
  const inputs = [
    {name: "n", role: "n"},
    {name: "d", role: "d"}
  ] as const;
  const points = [1, 2, 4, 8].flatMap((n) => [1, 3, 9].map((d) => ({x: [n * 1e8, d * 1e9]})));
  const {over, splits, scale} = rolloutSplits({inputs}, points)!;
  expect(over).toBe("n · d");
  expect(splits.length).toBeGreaterThan(1);
  for (const {train, test} of splits) {
    expect(train.length + test.length).toBe(points.length);
    expect(Math.max(...train.map((g) => scale[g]))).toBeLessThan(Math.min(...test.map((g) => scale[g])));
  }
});

test("where the largest runs alone are of another size the rollout goes by tokens, and without a scale there is none", () => {
  const inputs = [
    {name: "n", role: "n"},
    {name: "d", role: "d"}
  ] as const;
  const small = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((d) => ({x: [1e6, d * 1e9]}));
  const points = [...small, {x: [1e10, 1e9]}];
  expect(rolloutSplits({inputs}, points)!.over).toBe("d");
  const share = [0, 0.2, 0.4, 0.6].map((x) => ({x: [x]}));
  expect(rolloutSplits({inputs: [{name: "share", role: "share"}]}, share)).toBeNull();
});

test("auto takes the law that made runs over scale, by their rollout, and says so", async () => {
  const found = await fit(scaleRuns(createRandom("auto")), {target: "loss", bootstrap: 20});
  expect(found.law).toBe("chinchilla");
  expect(found.chosenBy).toContain("rollout over n · d");
  const {rollout} = found.candidates[0];
  expect(rollout!.n).toBeGreaterThan(0);
  // Noise of half a percent, and an extrapolation by a tenth of the runs.
  expect(rollout!.meanRelativeError).toBeLessThan(0.02);
});

test("a law that fits all and extrapolates badly loses to the one that holds", async () => {
  // Tokens grow, and a saturating benchmark with them: a straight line in tokens' place would fit the small runs as well.
  const random = createRandom("extrapolates");
  const d = Array.from({length: 16}, (_, i) => 1e6 * 2 ** i);
  const target = d.map((v) => lawOf("power-d").predict([2, 30, 0.2, 1], [v]) + 0.005 * random.normal());
  const holdout = d.map((_, i) => i >= 12);
  const found = await fit({inputs: {}, scalars: {d}, target, holdout}, {target: "loss", bootstrap: 20});
  // The last of 12 runs is followed by ones of 16 times its tokens; what noise does to three coefficients there is
  // under 2 %, a constant is off by more than 10 %.
  expect(found.heldOut.n).toBe(4);
  expect(found.heldOut.meanRelativeError).toBeLessThan(0.02);
});

test("every law that the runs can carry is a candidate, scored or with the reason why not", async () => {
  const columns = simulate("mix-log", [1.5, 1.6, 1.7, 2, -0.01, -0.01, -0.02, 0], mixes, {
    sd: 0.003,
    seeds: 2,
    random: createRandom("all"),
    names: tierNames
  });
  const {candidates, law, chosenBy} = await fit(columns, {target: "loss", bootstrap: 20});
  expect(candidates[0].law).toBe(law);
  expect(chosenBy).toContain("cross-validation in 14 folds");
  for (const {objective, cvRmse, rollout, note} of candidates) {
    expect(rollout).toBeNull();
    expect(objective === null || cvRmse === null).toBe(note !== "" || cvRmse === null);
  }
});
