import {expect, test} from "vitest";
import {coverage} from "./prevalenceCoverage.js";

const judges = [
  [0.65, 0.65],
  [0.9, 0.4],
  [0.4, 0.9],
  [0.7, 0.6],
  [0.85, 0.95],
  [0.95, 0.99]
] as const;
const sizes = [
  {gold: [200, 200], trials: 500},
  {gold: [100, 300], trials: 1000}
] as const;

for (const [sensitivity, specificity] of judges)
  for (const {gold, trials} of sizes)
    for (const prevalence of [0.01, 0.02, 0.05, 0.2, 0.5, 0.8, 0.95, 0.98, 0.99])
      test(`a share of ${prevalence} is covered in 93 to 97 %, sensitivity ${sensitivity}, specificity ${specificity}, ${gold.join(" + ")} known, ${trials} judged`, () => {
        const {covered} = coverage({sensitivity, specificity, prevalence, gold, trials, seeds: 10_000});
        expect(covered).toBeGreaterThanOrEqual(0.93);
        expect(covered).toBeLessThanOrEqual(0.97);
      });

test("with 30 known cases of either truth it covers 93 % at least, and more near the ends, where counts are few", () => {
  for (const [sensitivity, specificity] of judges)
    for (const prevalence of [0.01, 0.05, 0.5, 0.95, 0.99])
      expect(
        coverage({sensitivity, specificity, prevalence, gold: [30, 30], trials: 100, seeds: 10_000}).covered
      ).toBeGreaterThanOrEqual(0.93);
});
