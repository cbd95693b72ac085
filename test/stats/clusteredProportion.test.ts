import {expect, test} from "vitest";
import {createClusteredProportion} from "../../lib/stats/clusteredProportion.js";
import {wilson} from "../../lib/stats/proportion.js";
import {createRandom} from "../../lib/text/random.js";

function over(clusters: readonly (readonly [number, number])[]) {
  const sum = createClusteredProportion();
  for (const [successes, trials] of clusters) sum.add(successes, trials);
  return sum.result();
}

test("clusters of one trial each give about Wilson's interval", () => {
  const found = over(Array.from({length: 200}, (_, i) => [i < 150 ? 1 : 0, 1] as const));
  const [low, high] = wilson(150, 200);
  // n / (n - 1) in the variance: the widths differ by half of that.
  expect(found.interval![0]).toBeCloseTo(low, 3);
  expect(found.interval![1]).toBeCloseTo(high, 3);
  expect(found.proportion).toBe(0.75);
});

test("trials that go together count as one", () => {
  const found = over(Array.from({length: 100}, (_, i) => [i < 50 ? 10 : 0, 10] as const));
  const [low, high] = wilson(50, 100);
  expect(found.interval![0]).toBeCloseTo(low, 2);
  expect(found.interval![1]).toBeCloseTo(high, 2);
});

test("the interval covers the truth in about 95 % of draws of clusters of unlike size and unlike chance", () => {
  const random = createRandom("clustered proportion");
  let covered = 0;
  const draws = 1000;
  for (let draw = 0; draw < draws; draw++) {
    const clusters = Array.from({length: 60}, () => {
      const trials = 1 + Math.floor(random() * 12);
      // Chances 0.5 or 0.9 whatever the size: the mean is 0.7.
      const chance = random() < 0.5 ? 0.5 : 0.9;
      return [
        Array.from({length: trials}, () => (random() < chance ? 1 : 0)).reduce<number>((a, b) => a + b, 0),
        trials
      ] as const;
    });
    const [low, high] = over(clusters).interval!;
    if (low <= 0.7 && 0.7 <= high) covered++;
  }
  // 0.95 within four standard errors, sqrt(.95 * .05 / 1000) = .007.
  expect(covered / draws).toBeGreaterThan(0.92);
  expect(covered / draws).toBeLessThan(0.98);
});

test("without a trial there is no proportion, and all successes are judged by the clusters", () => {
  expect(over([]).proportion).toBeNull();
  expect(over([[0, 0]]).interval).toBeNull();
  expect(over(Array.from({length: 20}, () => [5, 5] as const)).interval).toEqual(wilson(20, 20));
});
