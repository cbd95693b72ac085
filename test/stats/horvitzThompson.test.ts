import {expect, test} from "vitest";
import {horvitzThompson} from "../../lib/stats/horvitzThompson.js";
import {clopperPearson, wilson} from "../../lib/stats/proportion.js";
import {createRandom} from "../../lib/text/random.js";

test("one stratum of a very large frame has the plain share and its intervals", () => {
  const found = horvitzThompson([{size: 1e9, sampled: 200, defects: 3}])!;
  expect(found.share).toBe(0.015);
  for (const side of [0, 1]) {
    expect(found.exact[side]).toBeCloseTo(clopperPearson(3, 200)[side], 6);
    expect(found.wilson[side]).toBeCloseTo(wilson(3, 200)[side], 6);
  }
});

test("each item counts for as many as it stands for, and a stratum looked at whole for itself", () => {
  const found = horvitzThompson([
    {size: 900, sampled: 90, defects: 9},
    {size: 100, sampled: 100, defects: 50}
  ])!;
  expect(found.share).toBeCloseTo(0.9 * 0.1 + 0.1 * 0.5, 12);
  expect(found.effective).toBeGreaterThan(90);
});

test("a frame looked at whole has no error, one with a stratum nobody looked at has no estimate", () => {
  expect(horvitzThompson([{size: 10, sampled: 10, defects: 3}])).toMatchObject({share: 0.3, exact: [0.3, 0.3]});
  expect(horvitzThompson([{size: 10, sampled: 10, defects: 3}, {size: 5, sampled: 0, defects: 0}])).toBeNull(); // prettier-ignore
  expect(horvitzThompson([])).toBeNull();
  expect(() => horvitzThompson([{size: 5, sampled: 6, defects: 0}])).toThrow("expected defects ≤ sampled ≤ size");
});

test("the exact interval covers the share at least as often as it says, over uneven strata and small shares", () => {
  const random = createRandom("strata");
  // Items of a stratum are drawn without replacement; the last is looked at whole.
  const frame = [
    {size: 2000, rate: 0.01, sampled: 200},
    {size: 500, rate: 0.05, sampled: 50},
    {size: 100, rate: 0.2, sampled: 10},
    {size: 60, rate: 0.5, sampled: 60}
  ].map((s) => ({...s, bad: Math.round(s.size * s.rate)}));
  const total = frame.reduce((sum, {size}) => sum + size, 0);
  const truth = frame.reduce((sum, {bad}) => sum + bad, 0) / total;
  const simulations = 1000;
  let covered = 0;
  for (let s = 0; s < simulations; s++) {
    const strata = frame.map(({size, bad, sampled}) => {
      let [left, defects] = [bad, 0];
      for (let i = 0; i < sampled; i++)
        if (random() < left / (size - i)) {
          left--;
          defects++;
        }
      return {size, sampled, defects};
    });
    const [low, high] = horvitzThompson(strata)!.exact;
    if (low <= truth && truth <= high) covered++;
  }
  // Three binomial standard errors of 1,000 at 95 % are 2.1 %.
  expect(covered / simulations).toBeGreaterThan(0.929);
});
