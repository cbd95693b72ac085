import {expect, test} from "vitest";
import {coverage} from "./tierCoverage.js";
import {studies} from "./tierStudies.js";

// A coefficient that is covered nominally is held in m of n samples with m binomial(n, 0.95). Four standard deviations
// on either side, or all of them: a chance of 6e-5 for each of the bounds here. The full study, 1,000 seeds of every
// design within 93 to 97 %, is `npm run bench coverage`.
const half = (n: number) => 4 * Math.sqrt((0.95 * 0.05) / n);

test.for([studies[0], studies[3]])("95 % intervals hold the truth: $name", (study) => {
  const seeds = 40;
  for (const {identified, covered} of coverage(study, seeds)) {
    expect(identified).toBe(seeds);
    expect(covered / seeds).toBeGreaterThan(0.95 - half(seeds));
  }
});

test("what no run repeats is never called identified", () => {
  const study = studies.find(({name}) => name === "supplies beyond reach")!;
  const [{identified}] = coverage(study, 20, {names: ["R"]});
  expect(identified).toBe(0);
});
